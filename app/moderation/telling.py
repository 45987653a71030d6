"""What moderation says to people: those who decide, the author, those who reported."""

from sqlalchemy import exists, select

from app.accounts.holders import holders
from app.accounts.models import Resident
from app.core.charter import CHARTER
from app.core.db import db
from app.core.i18n import _
from app.core.markdown import excerpt
from app.core.rights import Right
from app.moderation.kinds import Content, Kind
from app.moderation.models import CONTEST, EDITED, HIDDEN, KEPT, Case, Report
from app.notifications.services import notify

QUEUE = "/moderation"
LONGEST_QUOTE = 1500


def author_path(case: Case) -> str:
    """Where the author reads what was decided, and answers."""
    return f"/moderation/{case.id}/contester"


def moderators(body_id: int | None) -> list[Resident]:
    """Everyone who may decide there: the team, and the référents of the body."""
    may = Resident.id.in_(holders(Right.MODERATE, body_id=body_id))
    people = select(Resident).where(may).order_by(Resident.id)
    return list(db.session.scalars(people))


def tell_moderators(case: Case) -> None:
    """Say that something waits, when nothing waited yet: one message, not one a content.

    Call it before the case is open. A comité's own référents are told of what is theirs, the
    team of the rest.
    """
    people = moderators(case.body_id)
    theirs = [one for one in people if not one.may(Right.MODERATE)] if case.body_id else []
    waiting = exists().where(Case.decided_at.is_(None))
    if theirs:
        waiting = waiting.where(Case.body_id == case.body_id)
    if db.session.scalar(select(waiting)):
        return
    for person in theirs or people:
        if person.id != case.author_id:
            notify(person, _("Un contenu attend d’être lu par la modération."), QUEUE)


def tell_author(
    case: Case, kind: Kind, content: Content, *, waited: bool, was_hidden: bool, words: str
) -> None:
    """Tell the author what was decided of their words, by which rule, and how to answer."""
    if case.author is None or not case.author.is_active:
        return
    label = str(kind.label).lower()
    if case.cause == CONTEST:
        text = _(
            "L’équipe a relu votre %(kind)s après votre réponse. La décision reste.", kind=label
        )
        if case.outcome == KEPT:
            text = _(
                "L’équipe a relu votre %(kind)s après votre réponse : c’est de nouveau en ligne.",
                kind=label,
            )
        path = kind.url(content) if case.outcome == KEPT else author_path(case)
        words = words if case.outcome == KEPT else _explained(case, kind, content, words)
        notify(case.author, text, path, body=words)
        return
    if case.outcome == KEPT:
        if waited or was_hidden:
            text = _("Votre %(kind)s est publié : tout le monde peut le lire.", kind=label)
            if kind.is_private:
                text = _("Votre %(kind)s est de nouveau lisible.", kind=label)
            elif kind.key == "annonce":
                text = _("Votre %(kind)s est publiée : les habitants peuvent la lire.", kind=label)
            elif kind.key in ("proposition", "association"):
                text = _("Votre %(kind)s est publiée : tout le monde peut la lire.", kind=label)
            notify(case.author, text, kind.url(content), body=words)
        return
    if case.outcome == EDITED:
        text = _("L’équipe a modifié un passage : votre %(kind)s reste en ligne.", kind=label)
    elif waited:
        text = _("L’équipe a lu votre %(kind)s et ne peut pas le publier.", kind=label)
    else:
        text = _("L’équipe a masqué votre %(kind)s.", kind=label)
    notify(case.author, text, author_path(case), body=_explained(case, kind, content, words))


def tell_undone(case: Case) -> None:
    """Tell the author that what they read no longer holds."""
    if case.author is not None and case.author.is_active:
        text = _("La décision sur votre texte est annulée. L’équipe le relit.")
        notify(case.author, text, author_path(case))


def tell_reporters(case: Case) -> None:
    """Thank those who reported since the case was opened, without telling what is not theirs."""
    text = _("Vous aviez signalé un contenu. L’équipe l’a lu et a agi. Merci de votre attention.")
    if case.outcome == KEPT:
        text = _(
            "Vous aviez signalé un contenu. L’équipe l’a lu : il respecte les règles de la "
            "maison et reste en ligne. Merci de votre attention."
        )
    told = select(Report.reporter_id).where(
        Report.case_id == case.id, Report.reported_at >= case.opened_at
    )
    for person in db.session.scalars(select(Resident).where(Resident.id.in_(told))):
        if person.is_active:
            notify(person, text, "/charte")


def _explained(case: Case, kind: Kind, content: Content, words: str) -> str:
    parts = []
    if case.rule in CHARTER:
        rule = CHARTER[case.rule]
        parts.append(_("La règle : %(label)s.", label=rule.label) + f" {rule.sentence}")
    if words:
        parts.append(_("Le mot de l’équipe : %(words)s", words=words))
    written = (case.original if case.outcome == EDITED else None) or kind.words(content)
    quote = excerpt(" ".join(written.values()), LONGEST_QUOTE)
    parts.append(_("Votre texte : « %(text)s »", text=quote))
    if case.outcome in (HIDDEN, EDITED) and case.contested_at is None:
        parts.append(
            _(
                "Vous n’êtes pas d’accord ? Suivez le lien pour nous répondre : une autre "
                "personne de l’équipe relira. Vous pouvez aussi passer à l’accueil du centre."
            )
        )
    return "\n\n".join(parts)
