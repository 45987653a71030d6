"""Convening a meeting, changing its ordre du jour, cancelling it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.models import AgendaItem, Body, Meeting
from app.bodies.policies import can_change_agenda, can_convene
from app.bodies.telling import path, tell_members
from app.centre.settings import rule
from app.core.clock import civil_day, now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _n
from app.core.typography import datetime_fr
from app.ledger.acts import Act
from app.ledger.services import record

MOST_ITEMS = 50
LONGEST_ITEM = 200
LONGEST_MEETING = timedelta(hours=24)


@atomic
def convene(
    by: Resident,
    body: Body,
    *,
    title: str,
    starts_at: datetime,
    place: str,
    agenda: Sequence[str],
    ends_at: datetime | None = None,
    is_open: bool = True,
) -> Meeting:
    """Call a meeting and tell the members, with its ordre du jour.

    Args:
        starts_at: an aware moment still to come.
        agenda: one title an item, 200 characters and 50 items at most.

    Raises:
        Forbidden: only who manages the instance may, while it is open.
        Invalid: a moment that has passed, an end before the start, an agenda that is too long.
    """
    lock(body)
    if not can_convene(by, body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction convoquent."))
    if starts_at <= now():
        raise Invalid(_("Choisissez une date à venir."), field="starts_at")
    check_end(starts_at, ends_at)
    check_agenda(agenda)
    meeting = Meeting(
        body_id=body.id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        is_open=is_open,
        convened_by_id=by.id,
        items=[AgendaItem(position=number, title=item) for number, item in enumerate(agenda, 1)],
    )
    db.session.add(meeting)
    db.session.flush()
    record(Act.MEETING_CONVENED, actor=by, subject=meeting, **body_facts(body))
    tell_members(
        body,
        _("Réunion « %(body)s » : %(when)s", body=body.name, when=_when(meeting)),
        path("bodies.meeting", meeting_id=meeting.id),
        details=_details(meeting, agenda),
    )
    return meeting


@atomic
def change_agenda(by: Resident, meeting: Meeting, agenda: Sequence[str]) -> None:
    """Write the ordre du jour anew; an item whose title stays keeps the proposal it brings.

    Raises:
        Forbidden: the meeting was held or cancelled, or the person does not manage it.
        Invalid: an agenda that is too long.
    """
    lock(meeting)
    if not can_change_agenda(by, meeting):
        raise Forbidden(_("Cet ordre du jour ne peut plus changer."))
    check_agenda(agenda)
    known = {
        item.title: item
        for item in db.session.scalars(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
        )
    }
    for position, title in enumerate(agenda, 1):
        item = known.pop(title, None) or AgendaItem(meeting_id=meeting.id, title=title)
        item.position = position
        db.session.add(item)
    for dropped in known.values():
        db.session.delete(dropped)
    db.session.flush()
    db.session.expire(meeting, ["items"])
    tell_members(
        meeting.body,
        _("L’ordre du jour a changé : %(title)s", title=meeting.title),
        path("bodies.meeting", meeting_id=meeting.id),
        details=_details(meeting, agenda),
    )


@atomic
def cancel_meeting(by: Resident, meeting: Meeting, reason: str) -> None:
    """Cancel a planned meeting and tell the members why.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: held or cancelled meanwhile.
        Invalid: no reason.
    """
    lock(meeting)
    if meeting.status != "planned":
        raise Conflict(_("Cette réunion est déjà tenue ou annulée."))
    if not can_change_agenda(by, meeting):
        raise Forbidden(_("Seuls les référents de cette instance et la direction annulent."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi la réunion est annulée."), field="reason")
    meeting.status = "cancelled"
    meeting.cancel_reason = reason.strip()
    record(Act.MEETING_CANCELLED, actor=by, subject=meeting, **body_facts(meeting.body))
    tell_members(
        meeting.body,
        _("Réunion annulée : %(title)s, %(when)s", title=meeting.title, when=_when(meeting)),
        path("bodies.meeting", meeting_id=meeting.id),
        details=meeting.cancel_reason,
    )


def check_end(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse an end that is not after the start, or more than a day later."""
    if ends_at is not None and not starts_at < ends_at <= starts_at + LONGEST_MEETING:
        raise Invalid(_("La fin vient après le début, le même jour."), field="ends_at")


def check_agenda(agenda: Sequence[str]) -> None:
    """Refuse an empty agenda, too many items, a title that is too long or given twice."""
    if not agenda:
        raise Invalid(_("Écrivez au moins un point à l’ordre du jour."), field="agenda")
    if len(agenda) > MOST_ITEMS:
        raise Invalid(_("%(count)d points au plus.", count=MOST_ITEMS), field="agenda")
    if any(len(title) > LONGEST_ITEM for title in agenda):
        raise Invalid(
            _("Un point est trop long : %(count)d signes au plus.", count=LONGEST_ITEM),
            field="agenda",
        )
    if len(set(agenda)) < len(agenda):
        raise Invalid(_("Le même point est écrit deux fois."), field="agenda")


def notice_days(meeting: Meeting) -> int:
    """Whole days between the convocation and the meeting."""
    return (civil_day(meeting.starts_at) - civil_day(meeting.convened_at)).days


def _when(meeting: Meeting) -> str:
    return datetime_fr(meeting.starts_at, today())


def _details(meeting: Meeting, agenda: Sequence[str]) -> str:
    lines = [
        _("%(when)s, %(place)s", when=_when(meeting), place=meeting.place),
        "",
        _("Ordre du jour :"),
        *(f"{position}. {title}" for position, title in enumerate(agenda, 1)),
    ]
    days = notice_days(meeting)
    if days < rule("notice_days"):
        wanted = rule("notice_days")
        short = _n(
            "Délai court : %(num)d jour avant la réunion, au lieu de %(wanted)d.",
            "Délai court : %(num)d jours avant la réunion, au lieu de %(wanted)d.",
            days,
            wanted=wanted,
        )
        lines += ["", short]
    return "\n".join(lines)
