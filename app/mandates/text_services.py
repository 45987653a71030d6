"""Proposing a version of an instance's text, amending it, adopting it."""

from datetime import date

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import Body, Meeting
from app.bodies.policies import can_manage_body
from app.bodies.queries import is_member
from app.bodies.telling import path, tell_members
from app.core.clock import today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.mandates.text_labels import KINDS
from app.mandates.text_models import TextAmendment, TextVersion

LONGEST = 30_000
LONGEST_WORDS = 2000


@atomic
def propose_version(
    by: Resident, body: Body, kind: str, content: str, why: str = ""
) -> TextVersion:
    """Put a new version before the members, who are told.

    Raises:
        Forbidden: only who manages the instance may.
        Invalid: an unknown text, nothing written, too much, or nothing changed.
    """
    if not can_manage_body(by, body) or body.closed_on is not None:
        raise Forbidden(_("Seuls les référents de cette instance et la direction le peuvent."))
    if kind not in KINDS:
        raise Invalid(_("Choisissez dans la liste."))
    written = content.strip()
    if not written or len(written) > LONGEST:
        raise Invalid(_("Écrivez le texte, en 30 000 signes au plus."), field="content")
    # Two versions written at once get two numbers.
    lock(body)
    last = latest(body.id, kind)
    if last is not None and last.content == written:
        raise Invalid(_("Rien n’a changé depuis la dernière version."), field="content")
    version = TextVersion(
        body_id=body.id,
        kind=kind,
        number=last.number + 1 if last else 1,
        content=written,
        why=why.strip(),
        proposed_by_id=by.id,
    )
    db.session.add(version)
    db.session.flush()
    words = _("Une nouvelle version est proposée : %(text)s.", text=KINDS[kind])
    tell_members(body, words, address(version))
    return version


@atomic
def amend(by: Resident, version: TextVersion, words: str, passage: str = "") -> TextAmendment:
    """Propose other words for a passage of a version that is not adopted.

    Raises:
        Forbidden: not a member, or kept from writing.
        Conflict: adopted already, or a newer version is there.
        Invalid: nothing written, or a passage that is not in the text.
    """
    lock(version)
    body = version.body
    if not (is_member(body.id, by.id) or can_manage_body(by, body)):
        raise Forbidden(_("Les membres de cette instance proposent des changements."))
    check_takes_part(by, body.theme)
    check_may_write(by)
    _check_open(version)
    if not words.strip():
        raise Invalid(_("Écrivez ce que vous proposez."), field="words")
    if passage.strip() and _flat(passage) not in _flat(version.content):
        raise Invalid(_("Ce passage n’est pas dans le texte : recopiez-le."), field="passage")
    said = TextAmendment(
        version_id=version.id, author_id=by.id, passage=passage.strip(), words=words.strip()
    )
    db.session.add(said)
    return said


@atomic
def answer_amendment(by: Resident, said: TextAmendment, *, taken: bool) -> None:
    """Say whether the next version takes it up.

    Raises:
        Forbidden: only who manages the instance may.
    """
    if not can_manage_body(by, said.version.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le peuvent."))
    lock(said)
    said.answer = "taken" if taken else "refused"


@atomic
def adopt(by: Resident, version: TextVersion, on: date, meeting: Meeting | None = None) -> None:
    """Write that the instance adopted this version; nothing of it changes any more.

    Raises:
        Forbidden: only who manages the instance may.
        Conflict: adopted already, or a newer version is there.
        Invalid: a day to come, or a meeting of another instance or not held.
    """
    if not can_manage_body(by, version.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le peuvent."))
    lock(version.body)
    lock(version)
    _check_open(version)
    if on > today():
        raise Invalid(_("Cette date est à venir."), field="on")
    if meeting is not None and (meeting.body_id != version.body_id or meeting.status != "held"):
        raise Invalid(_("Choisissez une réunion tenue de cette instance."), field="meeting")
    version.adopted_on, version.meeting_id = on, meeting.id if meeting else None
    db.session.flush()
    note(AuditAct.TEXT_ADOPTED, by, version, after={"kind": version.kind, "on": on.isoformat()})
    words = _("Le texte est adopté : %(text)s.", text=KINDS[version.kind])
    tell_members(version.body, words, address(version))


def latest(body_id: int, kind: str) -> TextVersion | None:
    """The last version written, adopted or not."""
    last = select(func.max(TextVersion.number)).where(
        TextVersion.body_id == body_id, TextVersion.kind == kind
    )
    return db.session.scalar(
        select(TextVersion).where(
            TextVersion.body_id == body_id,
            TextVersion.kind == kind,
            TextVersion.number == last.scalar_subquery(),
        )
    )


def address(version: TextVersion) -> str:
    """The path of a version's page."""
    return path(
        "mandates.text_version",
        slug=version.body.slug,
        text_kind=version.kind,
        version=version.number,
    )


def _check_open(version: TextVersion) -> None:
    if version.adopted_on is not None:
        raise Conflict(_("Cette version est adoptée : elle ne change plus."))
    last = latest(version.body_id, version.kind)
    if last is not None and last.number != version.number:
        raise Conflict(_("Une version plus récente est proposée."))


def _flat(text: str) -> str:
    return " ".join(text.split())
