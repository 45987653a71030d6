"""Minutes on paper: the public extract, and the whole for members."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.bodies.deliberation_queries import DeliberationLine, deliberations_of
from app.bodies.labels import OUTCOMES
from app.bodies.meeting_queries import Presence, meeting_decisions, presence
from app.bodies.minutes_queries import addenda, approval
from app.bodies.models import AgendaItem, Meeting
from app.centre.settings import rule
from app.core.clock import civil_day
from app.core.i18n import _, _n
from app.core.markdown_blocks import blocks_of
from app.core.pdf import make_pdf
from app.core.typography import date_fr, datetime_fr, time_fr, typo


def minutes_pdf(meeting: Meeting, items: Sequence[AgendaItem], *, is_whole: bool) -> bytes:
    """Published minutes, in PDF/UA.

    Args:
        is_whole: with the points that are for members.
    """
    voted, there = deliberations_of(meeting.id), presence(meeting)
    return make_pdf(
        "minutes",
        centre=rule("centre_name"),
        title=_("Compte rendu n° %(number)s", number=meeting.minutes_number),
        meeting=typo(meeting.title),
        body=meeting.body.name,
        is_extract=not is_whole and any(item.is_private for item in items),
        facts=facts_of(meeting, there),
        present=present_names(there),
        items=[_item(item, voted, is_whole=is_whole) for item in items],
        rest=blocks_of(typo(meeting.minutes)),
        decisions=[
            {
                "number": line.number,
                "title": typo(line.title),
                "outcome": str(OUTCOMES[line.outcome]),
                "owner": typo(line.owner),
                "due": _("avant le %(day)s", day=date_fr(line.due_on)) if line.due_on else "",
            }
            for line in meeting_decisions(meeting.id)
        ],
        addenda=[
            {
                "title": _("Rectificatif n° %(rank)s", rank=one.rank),
                "day": date_fr(civil_day(one.written_at)),
                "blocks": blocks_of(typo(one.text)),
            }
            for one in addenda(meeting.id)
        ],
        approved=_approved(meeting),
        seal=meeting.minutes_sha256,
        words=_words(),
    )


def facts_of(meeting: Meeting, there: Presence) -> list[tuple[str, str]]:
    """Day, place, presences and quorum, each with its name."""
    # With its year, whichever it is: paper is read for long.
    hours = datetime_fr(meeting.starts_at, date.min)
    if meeting.ends_at is not None:
        hours = _("%(start)s à %(end)s", start=hours, end=time_fr(meeting.ends_at))
    came = _n("%(num)d personne présente", "%(num)d personnes présentes", there.present)
    if there.excused:
        came += ", " + _n("%(num)d excusée", "%(num)d excusées", there.excused)
    facts = [(_("Réunion"), hours), (_("Lieu"), typo(meeting.place)), (_("Présences"), came)]
    if meeting.has_quorum is not None:
        facts.append(_quorum(meeting))
    return facts


def _quorum(meeting: Meeting) -> tuple[str, str]:
    present = meeting.quorum_present or 0
    said = _n("%(num)d membre votant présent", "%(num)d membres votants présents", present)
    # A second convocation decides however few come.
    asked = _("il en fallait %(needed)s", needed=meeting.quorum_needed)
    asked = asked if meeting.quorum_needed else _("aucun nombre n’était demandé")
    state = _("Quorum atteint") if meeting.has_quorum else _("Sans quorum")
    return state, f"{said}, {asked}"


def present_names(there: Presence) -> str:
    """« Étaient présents : Zohra K. et 2 jeunes »: those under 18 are not named; else nothing."""
    names = list(there.names)
    if not names:
        return ""
    said = ", ".join(names)
    if there.young:
        young = _n("%(num)d jeune", "%(num)d jeunes", there.young)
        said = _("%(names)s, et %(young)s", names=said, young=young)
    return _("Étaient présents : %(names)s", names=said)


def _item(item: AgendaItem, voted: Sequence[DeliberationLine], *, is_whole: bool) -> dict[str, Any]:
    hidden = item.is_private and not is_whole
    mine = [] if hidden else [one for one in voted if one.item_id == item.id and one.result]
    return {
        "title": typo(item.title),
        "is_private": item.is_private,
        "is_hidden": hidden,
        "blocks": [] if hidden else blocks_of(typo(item.notes)),
        "voted": [
            {
                "question": typo(one.question),
                "text": _("Le texte : %(text)s", text=typo(one.text)) if one.text else "",
                "result": one.result,
                "there": one.there,
            }
            for one in mine
        ],
    }


def _approved(meeting: Meeting) -> str:
    there = approval(meeting)
    if there is not None:
        day = date_fr(civil_day(there.starts_at))
        return _("Approuvé par les membres à la réunion du %(day)s.", day=day)
    return typo(meeting.approval_note or "")


def _words() -> dict[str, str]:
    return {
        "agenda": _("Ordre du jour"),
        "rest": _("En plus de l’ordre du jour"),
        "decisions": _("Relevé de décisions"),
        "addenda": _("Rectificatifs"),
        "extract": _("Extrait public"),
        "private": _("Point réservé aux membres"),
        "nothing": _("Rien n’est noté pour ce point."),
        "seal": _("Sceau (SHA-256)"),
        "approved": _("Approbation"),
        "number": _("N°"),
        "decision": _("Décision"),
        "outcome": _("Suite"),
        "owner": _("Qui, et quand"),
    }
