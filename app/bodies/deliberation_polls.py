"""A question answered by a secret poll: the room of polls above ties the one to the other."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_services import freeze_room, hold
from app.bodies.models import Meeting
from app.bodies.policies import can_write_minutes
from app.bodies.sitting_queries import Seat, sitting
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _


@atomic
def prepare_poll(
    by: Resident, deliberation: Deliberation
) -> tuple[tuple[Seat, ...], tuple[Seat, ...]]:
    """Keep who is in the room as the poll opens: those there, and those spoken for there.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: another way of deciding, decided already, no quorum, or the minutes published.
    """
    meeting = hold(by, deliberation.meeting_id)
    lock(deliberation)
    if deliberation.way != "poll" or deliberation.outcome is not None:
        raise Conflict(_("Cette question ne se décide pas par un vote secret, ou a sa réponse."))
    seats = sitting(meeting)
    freeze_room(deliberation, seats)
    return seats.present, seats.represented


def deliberation_of(poll_id: int) -> Deliberation | None:
    """The question that a poll answers, None where its minutes are published: frozen."""
    return db.session.scalar(
        select(Deliberation)
        .join_from(Deliberation, Meeting, Meeting.id == Deliberation.meeting_id)
        .where(Deliberation.poll_id == poll_id, Meeting.minutes_status != "published")
    )


def answer(deliberation: Deliberation, *, is_adopted: bool, said: str) -> None:
    """Write a poll's result under its question, inside the act that counts it."""
    deliberation.outcome = "adopted" if is_adopted else "rejected"
    deliberation.said, deliberation.decided_at = said, now()


def check_may_poll(by: Resident, deliberation: Deliberation) -> None:
    """Spare someone a form that could not be sent.

    Raises:
        Forbidden: the person does not conduct the meeting.
    """
    if not can_write_minutes(by, deliberation.meeting, now()):
        raise Forbidden(_("Seul qui conduit la réunion ouvre ce vote, à partir de son début."))
