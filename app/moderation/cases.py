"""What a moderator does of a case, and the way back from it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.charter import CHARTER
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.moderated import HIDDEN as NOT_SEEN
from app.core.moderated import SHOWN, WAITING
from app.core.typography import number_fr
from app.moderation.kinds import BY_TABLE, Content, Kind
from app.moderation.models import CONTEST, EDITED, HIDDEN, KEPT, Case, Ruling
from app.moderation.opening import reopen
from app.moderation.policies import MOST_UNDO_MINUTES, can_contest, can_decide, can_read_case
from app.moderation.telling import moderators, tell_author, tell_reporters, tell_undone

LONGEST_CONTEST = 2000
ACTS = {
    KEPT: AuditAct.CONTENT_SHOWN,
    HIDDEN: AuditAct.CONTENT_HIDDEN,
    EDITED: AuditAct.CONTENT_EDITED,
}


class AlreadyDecided(Conflict):
    """Another moderator was faster."""


@dataclass(frozen=True)
class Choice:
    """What a moderator wants: an outcome, its rule, a word to the author, and for an edit the
    new texts by field."""

    outcome: str
    rule: str | None = None
    words: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@atomic
def decide(case: Case, by: Resident, version: int, choice: Choice) -> Ruling:
    """Let a content show, hide it, or change its words; tell the author and who reported it.

    Silent in the ledger for what was said before; what now shows, or no longer does, is
    recorded or voided there (docs/decisions/0014-moderation.md).

    Args:
        version: of the case, as the moderator read it.

    Raises:
        Forbidden: not theirs to decide.
        AlreadyDecided: someone acted since the page was read.
        Invalid: no rule, no word on what was changed, nothing changed, a text too long.
        Conflict: the content cannot be hidden now; says why.
    """
    lock(case)
    kind, content = content_of(case)
    _check_decides(by, case)
    if case.version != version:
        raise AlreadyDecided(_whats_new(case))
    if content is None:
        raise Conflict(_("Ce contenu n’existe plus."))
    lock(content)
    _check(kind, content, choice)
    was, before = content.visibility, _state(kind, content, case)
    ruling = Ruling(
        case_id=case.id,
        cause=case.cause,
        waiting_since=case.opened_at,
        by_id=by.id,
        outcome=choice.outcome,
        rule=choice.rule,
        overturns=case.cause == CONTEST and choice.outcome == KEPT,
        before=before,
    )
    _apply(kind, content, by, case, choice)
    db.session.add(ruling)
    case.outcome, case.rule, case.note = choice.outcome, choice.rule, choice.words.strip() or None
    case.decided_at, case.decided_by_id = now(), by.id
    case.version += 1
    db.session.flush()
    _note(ACTS[choice.outcome], by, kind, content, before, choice.rule)
    hidden, waited = was == NOT_SEEN, was == WAITING
    tell_author(case, kind, content, waited=waited, was_hidden=hidden, words=case.note or "")
    tell_reporters(case)
    return ruling


@atomic
def undo(case: Case, by: Resident, version: int) -> None:
    """Take back one's own last ruling, within the hour: the case waits again.

    Raises:
        Forbidden: someone else's, or too late.
        AlreadyDecided: someone acted since the page was read.
        Conflict: there is nothing to take back.
    """
    lock(case)
    kind, content = content_of(case)
    ruling = last_ruling(case)
    if case.version != version:
        raise AlreadyDecided(_whats_new(case))
    if ruling is None or content is None or case.decided_at is None:
        raise Conflict(_("Il n’y a rien à annuler."))
    if not can_read_case(by, case) or not can_undo(by, ruling):
        raise Forbidden(_("Seule la personne qui vient de décider annule, pendant une heure."))
    lock(content)
    told = ruling.outcome != KEPT or content.visibility != ruling.before["visibility"]
    now_is = _state(kind, content, case)
    _restore(kind, content, by, case, ruling.before)
    ruling.undone_at = now()
    case.decided_at, case.opened_at = None, ruling.waiting_since
    earlier = last_ruling(case)
    case.outcome = earlier.outcome if earlier else None
    case.rule, case.note = earlier.rule if earlier else None, None
    case.decided_by_id = earlier.by_id if earlier else None
    case.version += 1
    _note(AuditAct.RULING_UNDONE, by, kind, content, now_is, ruling.rule)
    if told:
        tell_undone(case)


@atomic
def contest(case: Case, by: Resident, words: str) -> None:
    """The author asks someone else to look again, once.

    Raises:
        Forbidden: not the author, or nothing was held against their words.
        Conflict: contested before.
        Invalid: nothing written.
    """
    lock(case)
    if by.id == case.author_id and case.contested_at is not None:
        raise Conflict(_("Vous avez déjà répondu. L’équipe relit votre texte."))
    if not can_contest(by, case):
        raise Forbidden(_("Il n’y a pas de décision à contester."))
    if not words.strip():
        raise Invalid(_("Dites-nous pourquoi vous n’êtes pas d’accord."), field="words")
    case.contested_at, case.contest = now(), words.strip()[:LONGEST_CONTEST]
    reopen(case, CONTEST)


def content_of(case: Case) -> tuple[Kind, Content | None]:
    """What the case is about; None when its row is gone."""
    kind = BY_TABLE[case.subject_type]
    return kind, kind.get(case.subject_id)


def last_ruling(case: Case) -> Ruling | None:
    """The ruling in force, or the last one that was."""
    in_force = (Ruling.case_id == case.id, Ruling.undone_at.is_(None))
    return db.session.scalars(select(Ruling).where(*in_force).order_by(Ruling.id.desc())).first()


def can_undo(by: Resident, ruling: Ruling) -> bool:
    """Who ruled, within the hour."""
    return by.id == ruling.by_id and now() - ruling.at <= timedelta(minutes=MOST_UNDO_MINUTES)


def is_alone(case: Case, person: Resident) -> bool:
    """Whether nobody else could decide of it."""
    return all(one.id in (person.id, case.author_id) for one in moderators(case.body_id))


def _check_decides(by: Resident, case: Case) -> None:
    if can_decide(by, case) or can_decide(by, case, is_alone=is_alone(case, by)):
        return
    if can_read_case(by, case) and by.id == case.author_id:
        raise Forbidden(_("C’est votre propre texte : une autre personne en décide."))
    if can_read_case(by, case):
        raise Forbidden(_("Vous aviez décidé la première fois : une autre personne relit."))
    raise Forbidden(_("Ce contenu n’est pas dans votre file de modération."))


def _whats_new(case: Case) -> str:
    if case.decided_at is None or case.decided_by is None:
        return _("La situation a changé pendant votre lecture. Relisez avant d’agir.")
    return _(
        "%(who)s a déjà décidé pendant votre lecture. Relisez avant d’agir.",
        who=case.decided_by.display_name,
    )


def _check(kind: Kind, content: Content, choice: Choice) -> None:
    if choice.outcome == KEPT:
        return
    if choice.rule not in CHARTER:
        raise Invalid(_("Choisissez la règle de la maison qui s’applique."), field="rule")
    if choice.outcome == HIDDEN:
        if reason := kind.refuses(content):
            raise Conflict(reason)
        return
    if not choice.words.strip():
        raise Invalid(_("Dites ce que vous avez changé : tout le monde le lira."), field="words")
    for name, (_label, longest) in kind.texts.items():
        text = choice.texts.get(name, "")
        if not text.strip() and getattr(content, name):
            raise Invalid(_("Ce texte ne peut pas être vide. Masquez-le plutôt."), field=name)
        if len(text) > longest:
            raise Invalid(
                _("C’est trop long : %(max)s caractères au plus.", max=number_fr(longest)), name
            )
    if choice.texts == kind.words(content):
        raise Invalid(_("Vous n’avez rien changé au texte."))


def _apply(kind: Kind, content: Content, by: Resident, case: Case, choice: Choice) -> None:
    if choice.outcome == HIDDEN:
        kind.set_visibility(content, by, NOT_SEEN, choice.rule)
        return
    if choice.outcome == EDITED:
        case.original = case.original or kind.words(content)
        kind.reword(content, choice.texts, choice.words.strip())
    kind.set_visibility(content, by, SHOWN, None)


def _state(kind: Kind, content: Content, case: Case) -> dict[str, Any]:
    return {
        "visibility": content.visibility,
        "rule": content.hidden_rule,
        "note": content.moderation_note,
        "texts": kind.words(content),
        "original": case.original,
    }


def _restore(
    kind: Kind, content: Content, by: Resident, case: Case, before: dict[str, Any]
) -> None:
    if before["texts"] and before["texts"] != kind.words(content):
        kind.reword(content, before["texts"], before["note"])
    case.original = before["original"]
    if content.visibility != before["visibility"]:
        kind.set_visibility(content, by, before["visibility"], before["rule"])


def _note(
    act: AuditAct,
    by: Resident,
    kind: Kind,
    content: Content,
    before: dict[str, Any],
    rule: str | None,
) -> None:
    """What changed, in lengths: the words themselves would outlive their author's erasure."""

    def measured(visibility: str, texts: dict[str, str]) -> dict[str, object]:
        return {"visibility": visibility, "length": sum(map(len, texts.values()))}

    note(
        act,
        by,
        content,
        before=measured(before["visibility"], before["texts"]),
        after=measured(content.visibility, kind.words(content)),
        reason=rule,
    )
