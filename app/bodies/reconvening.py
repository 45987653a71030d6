"""A meeting without its quorum is called again, with the same ordre du jour."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.bodies.attendance_services import close_meeting
from app.bodies.meeting_services import convene
from app.bodies.models import AgendaItem, Meeting
from app.bodies.policies import can_close_meeting, can_convene
from app.bodies.sitting_models import Reconvening
from app.bodies.sitting_queries import sitting
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, DomainError, Forbidden
from app.core.i18n import _

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Kin:
    """A meeting tied to another: the one it makes up for, or the one that makes up for it.

    `any_number`: the second one decides however few come.
    """

    id: int
    title: str
    starts_at: datetime
    is_second: bool
    any_number: bool


@atomic
def reconvene(
    by: Resident, meeting: Meeting, starts_at: datetime, ends_at: datetime | None = None
) -> Meeting:
    """Call the members again because too few came; the first meeting is closed if it was not.

    Raises:
        Forbidden: the person does not conduct this instance, or the first has not started.
        Conflict: there was a quorum, or it was called again already.
        Invalid: a moment that has passed, or nobody signed in at the first.
    """
    lock(meeting)
    refused = refusal(by, meeting)
    if refused is not None:
        raise refused
    if meeting.status == "planned":
        close_meeting(by, meeting)
    items = db.session.execute(
        select(AgendaItem.title, AgendaItem.proposal_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position)
    ).all()
    again = _(" (deuxième convocation)")
    second = convene(
        by,
        meeting.body,
        title=meeting.title[: LONGEST_TITLE - len(again)] + again,
        starts_at=starts_at,
        ends_at=ends_at,
        place=meeting.place,
        agenda=[title for title, _proposal in items],
        is_open=meeting.is_open,
        online_url=meeting.online_url,
        makes_up_for=meeting,
    )
    brought = {title: proposal_id for title, proposal_id in items if proposal_id}
    for item in second.items:
        item.proposal_id = brought.get(item.title)
    return second


def refusal(by: Resident, meeting: Meeting) -> DomainError | None:
    """Why someone does not call this meeting again; None when they may."""
    if not can_convene(by, meeting.body):
        return Forbidden(_("Seuls les référents de cette instance et la direction convoquent."))
    if meeting.status == "held":
        lacks = meeting.has_quorum is False
    else:
        if not can_close_meeting(by, meeting, now()):
            return Forbidden(_("Une réunion se convoque de nouveau après son début."))
        quorum = sitting(meeting).quorum
        lacks = quorum is not None and not quorum.is_met
    if not lacks:
        return Conflict(_("Le quorum est atteint : il n’y a pas à convoquer de nouveau."))
    if any(kin.is_second for kin in kin_of(meeting.id)):
        return Conflict(_("Cette réunion a déjà été convoquée une deuxième fois."))
    return None


def kin_of(meeting_id: int) -> list[Kin]:
    """The meetings before and after this one for want of a quorum; one statement."""
    rows = db.session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Reconvening.from_id == meeting_id,
            Reconvening.any_number,
        )
        .join(
            Reconvening,
            or_(
                (Reconvening.from_id == meeting_id) & (Reconvening.meeting_id == Meeting.id),
                (Reconvening.meeting_id == meeting_id) & (Reconvening.from_id == Meeting.id),
            ),
        )
        .order_by(Meeting.starts_at)
    )
    return [Kin(*row[:3], bool(row[3]), bool(row[4])) for row in rows]
