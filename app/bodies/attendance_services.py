"""Who was there, and the end of the meeting."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.meeting_services import check_end
from app.bodies.models import CONSEIL, RESIDENTS, Mandate, Meeting, MeetingAttendance
from app.bodies.policies import can_close_meeting, can_manage_body, can_take_attendance
from app.bodies.queries import live_mandate
from app.centre.settings import rule
from app.core.clock import civil_day, now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record


@atomic
def take_attendance(
    by: Resident, meeting: Meeting, *, present: Collection[int], excused: Collection[int]
) -> None:
    """Say who is present and who is excused; whoever is in neither list is neither.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: the meeting is closed.
        Invalid: someone is in both lists.
    """
    _hold(by, meeting)
    if set(present) & set(excused):
        raise Invalid(_("Une même personne est notée présente et excusée."))
    wanted = dict.fromkeys(excused, "excused") | dict.fromkeys(present, "present")
    for kept in _attendances(meeting):
        status = wanted.pop(kept.resident_id, None)
        if status is None:
            db.session.delete(kept)
        else:
            kept.status = status
    for resident_id, status in wanted.items():
        db.session.add(
            MeetingAttendance(meeting_id=meeting.id, resident_id=resident_id, status=status)
        )


@atomic
def add_attendee(by: Resident, meeting: Meeting, resident: Resident) -> None:
    """Someone came who is not on the list; saying it twice changes nothing."""
    _hold(by, meeting)
    db.session.merge(
        MeetingAttendance(meeting_id=meeting.id, resident_id=resident.id, status="present")
    )


@atomic
def close_meeting(by: Resident, meeting: Meeting, ended_at: datetime | None = None) -> None:
    """Declare the meeting held: quorum counted, presences entered in the ledger.

    Args:
        ended_at: when it really ended; the planned end by default.

    Raises:
        Forbidden: the person does not manage the instance, or it has not started.
        Conflict: held or cancelled already.
        Invalid: nobody is marked present, or an end before the start.
    """
    _hold(by, meeting)
    if not can_close_meeting(by, meeting, now()):
        raise Forbidden(_("Une réunion se clôt après son début."))
    if ended_at is not None:
        check_end(meeting.starts_at, ended_at)
        meeting.ends_at = ended_at
    present = [kept.resident for kept in _attendances(meeting) if kept.status == "present"]
    if not present:
        raise Invalid(_("Notez d’abord qui était présent."))
    meeting.status = "held"
    if meeting.body.kind == CONSEIL:
        _count_quorum(meeting, {person.id for person in present})
    _enter(by, meeting, present)


def _hold(by: Resident, meeting: Meeting) -> None:
    lock(meeting)
    if can_manage_body(by, meeting.body) and meeting.status != "planned":
        raise Conflict(_("Cette réunion est déjà tenue ou annulée."))
    if not can_take_attendance(by, meeting):
        raise Forbidden(_("Seuls les référents de cette instance et la direction notent cela."))


def _attendances(meeting: Meeting) -> list[MeetingAttendance]:
    mine = select(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id)
    return list(db.session.scalars(mine.order_by(MeetingAttendance.resident_id)))


def _count_quorum(meeting: Meeting, present: set[int]) -> None:
    seats = db.session.execute(
        select(Mandate.resident_id, Mandate.college).where(
            Mandate.body_id == meeting.body_id,
            Mandate.is_voting,
            live_mandate(civil_day(meeting.starts_at)),
        )
    ).all()
    voting = {seat.resident_id for seat in seats}
    # Rounded up without a float: a third of ten is four.
    meeting.quorum_needed = -(-rule("quorum_percent") * len(voting) // 100)
    meeting.quorum_present = len(voting & present)
    if rule("quorum_residents"):
        residents = {seat.resident_id for seat in seats if seat.college == RESIDENTS}
        meeting.quorum_residents = bool(residents & present)


def _enter(by: Resident, meeting: Meeting, present: list[Resident]) -> None:
    minutes = None
    if meeting.ends_at is not None:
        minutes = int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
    lacks_quorum = meeting.has_quorum is False
    record(
        Act.MEETING_HELD_WITHOUT_QUORUM if lacks_quorum else Act.MEETING_HELD,
        actor=by,
        subject=meeting,
        when=meeting.starts_at,
        minutes=minutes,
        **body_facts(meeting.body),
    )
    for person in present:
        record(
            Act.MEETING_ATTENDED,
            actor=person,
            subject=meeting,
            when=meeting.starts_at,
            entered_by=by,
            **body_facts(meeting.body),
        )
