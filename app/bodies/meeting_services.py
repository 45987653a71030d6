"""Convening a meeting, changing its ordre du jour, cancelling it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.convoking import send, when
from app.bodies.deliberation_services import has_deliberations
from app.bodies.models import AgendaItem, Body, Meeting
from app.bodies.policies import can_change_agenda, can_convene
from app.bodies.sitting_models import Reconvening
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
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
    online_url: str | None = None,
    makes_up_for: Meeting | None = None,
) -> Meeting:
    """Call a meeting and send its convocation to the members.

    Args:
        starts_at: an aware moment still to come.
        online_url: where members join from afar.
        agenda: one title an item, 200 characters and 50 items at most.
        makes_up_for: the meeting that lacked its quorum, where this one is its second call.

    Raises:
        Forbidden: only who manages the instance may, while it is open.
        Invalid: a moment that has passed, an end before the start, an agenda that is too long.
        Conflict: this very meeting is called already.
    """
    lock(body)
    if not can_convene(by, body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction convoquent."))
    check_to_come(starts_at)
    check_end(starts_at, ends_at)
    check_agenda(agenda)
    meeting = Meeting(
        body_id=body.id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        is_open=is_open,
        online_url=online_url,
        convened_by_id=by.id,
        items=[AgendaItem(position=number, title=item) for number, item in enumerate(agenda, 1)],
    )
    with unique_or(_called_already()):
        db.session.add(meeting)
    if makes_up_for is not None:
        any_number = bool(rule("reconvened_any_number"))
        second = Reconvening(meeting_id=meeting.id, from_id=makes_up_for.id, any_number=any_number)
        with unique_or(Conflict(_("Cette réunion a déjà été convoquée une deuxième fois."))):
            db.session.add(second)
    record(Act.MEETING_CONVENED, actor=by, subject=meeting, **body_facts(body))
    text = _("Réunion « %(body)s » : %(when)s", body=body.name, when=when(meeting))
    send(meeting, "convened", agenda, text)
    return meeting


@atomic
def change_agenda(by: Resident, meeting: Meeting, agenda: Sequence[str]) -> None:
    """Write the ordre du jour anew; an item whose title stays keeps the proposal it brings.

    Raises:
        Forbidden: the meeting was held or cancelled, or the person does not manage it.
        Invalid: an agenda that is too long.
        Conflict: an item dropped was already spoken of, or put to the vote.
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
        if dropped.notes or has_deliberations(dropped.id):
            said = _("On a déjà parlé de « %(title)s » : ce point reste.", title=dropped.title)
            raise Conflict(said)
        db.session.delete(dropped)
    db.session.flush()
    db.session.expire(meeting, ["items"])
    send(meeting, "agenda", agenda, _("L’ordre du jour a changé : %(title)s", title=meeting.title))


@atomic
def move_meeting(
    by: Resident,
    meeting: Meeting,
    *,
    title: str,
    starts_at: datetime,
    place: str,
    ends_at: datetime | None = None,
    is_open: bool = True,
    online_url: str | None = None,
) -> None:
    """Change its day, hour, place, title or link, and send it again: calendars follow.

    The notice counts anew from the sending when the day or the hour changes.

    Raises:
        Forbidden: the meeting was held or cancelled, or the person does not manage it.
        Conflict: someone signed in already, it has begun, or another is called for that moment.
        Invalid: a moment that has passed, an end before the start, nothing that changes.
    """
    lock(meeting)
    if not can_change_agenda(by, meeting):
        raise Forbidden(_("Cette réunion ne peut plus changer."))
    if meeting.starts_at <= now():
        raise Conflict(_("Cette réunion a déjà commencé."))
    if starts_at <= now():
        raise Invalid(_("Choisissez une date à venir."), field="starts_at")
    check_end(starts_at, ends_at)
    wanted = {
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "is_open": is_open,
        "online_url": online_url,
    }
    if all(getattr(meeting, name) == value for name, value in wanted.items()):
        raise Invalid(_("Rien n’a changé."))
    if starts_at != meeting.starts_at:
        meeting.convened_at = now()
    with unique_or(_called_already()):
        for name, value in wanted.items():
            setattr(meeting, name, value)
    text = _("Réunion changée : %(title)s, %(when)s", title=title, when=when(meeting))
    send(meeting, "moved", titles_of(meeting), text)


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
    text = _("Réunion annulée : %(title)s, %(when)s", title=meeting.title, when=when(meeting))
    send(meeting, "cancelled", titles_of(meeting), text, meeting.cancel_reason)


def _called_already() -> Conflict:
    return Conflict(_("Cette réunion est déjà convoquée, à cette heure et sous ce titre."))


def check_to_come(starts_at: datetime) -> None:
    """Refuse a meeting that would have begun already."""
    if starts_at <= now():
        raise Invalid(_("Choisissez une date à venir."), field="starts_at")


def check_end(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse an end that is not after the start, or more than a day later."""
    if ends_at is not None and not starts_at < ends_at <= starts_at + LONGEST_MEETING:
        raise Invalid(_("La fin doit venir après le début, le même jour."), field="ends_at")


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


def titles_of(meeting: Meeting) -> list[str]:
    """Its ordre du jour, in order."""
    mine = AgendaItem.meeting_id == meeting.id
    return list(
        db.session.scalars(select(AgendaItem.title).where(mine).order_by(AgendaItem.position))
    )
