"""Who is there: each tap its own row and its own moment; and the end of the meeting."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import procuration_services
from app.bodies.comite_services import body_facts
from app.bodies.meeting_services import LONGEST_MEETING
from app.bodies.models import Meeting, MeetingAttendance
from app.bodies.policies import can_close_meeting, can_manage_body, can_take_attendance
from app.bodies.sitting_queries import sitting
from app.core.clock import civil_day, now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.sheet_opening import too_early
from app.core.typography import datetime_fr, time_fr
from app.ledger.acts import Act
from app.ledger.services import record

STATES = ("present", "left", "excused", "absent")


@atomic
def mark(by: Resident, meeting: Meeting, resident: Resident, state: str) -> str | None:
    """Say where one person is; saying it twice changes nothing. What falls with it, in a sentence.

    Args:
        state: present (there, or back), left (before the end), excused, or absent (a tap undone).

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: the meeting is closed, or someone would be there days ahead of it.
        Invalid: an unknown state, or a departure of someone who is not there that day.
    """
    _hold(by, meeting)
    if state not in STATES:
        raise Invalid(_("Choisissez une réponse de la liste."))
    early = too_early(meeting.starts_at)
    if state == "present" and early:
        raise Conflict(early)
    kept = db.session.get(MeetingAttendance, (meeting.id, resident.id), populate_existing=True)
    if state == "left":
        _leave(meeting, kept)
        return None
    if state == "absent":
        if kept is not None:
            db.session.delete(kept)
            db.session.flush()
            procuration_services.restore(meeting, resident)
        return None
    if kept is None:
        kept = MeetingAttendance(meeting_id=meeting.id, resident_id=resident.id)
        db.session.add(kept)
    if state == "excused":
        kept.status, kept.present_from, kept.left_at = "excused", None, None
        return None
    if kept.status != "present" or kept.present_from is None:
        kept.present_from = _moment(meeting)
    kept.status, kept.left_at = "present", None
    holder = procuration_services.lapse(meeting, resident)
    return _("Sa procuration à %(name)s est tombée.", name=holder) if holder else None


@atomic
def add_attendee(by: Resident, meeting: Meeting, resident: Resident) -> None:
    """Someone came; saying it twice changes nothing."""
    mark(by, meeting, resident, "present")


@atomic
def take_attendance(
    by: Resident, meeting: Meeting, *, present: Collection[int], excused: Collection[int]
) -> None:
    """Enter a paper sheet: whoever is in neither list stays as others have noted them.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: as `mark`.
        Invalid: someone is in both lists.
    """
    _hold(by, meeting)
    if set(present) & set(excused):
        raise Invalid(_("Une même personne est notée présente et excusée."))
    wanted = dict.fromkeys(excused, "excused") | dict.fromkeys(present, "present")
    people = select(Resident).where(Resident.id.in_(wanted)).order_by(Resident.id)
    for resident in db.session.scalars(people).unique().all():
        mark(by, meeting, resident, wanted[resident.id])


@atomic
def close_meeting(by: Resident, meeting: Meeting, ended_at: datetime | None = None) -> None:
    """Declare the meeting held: quorum counted, presences entered in the ledger.

    Args:
        ended_at: when it really ended; by default the planned end, or now where that is to come.

    Raises:
        Forbidden: the person does not manage the instance, or it has not started.
        Conflict: held or cancelled already.
        Invalid: nobody is marked present, or an end to come, or before the start.
    """
    _hold(by, meeting)
    if not can_close_meeting(by, meeting, now()):
        raise Forbidden(_("Une réunion se clôt après son début."))
    if ended_at is not None:
        _check_ended(meeting, ended_at)
    meeting.ends_at = ended_at or likely_end(meeting)
    came = select(MeetingAttendance).where(
        MeetingAttendance.meeting_id == meeting.id, MeetingAttendance.status == "present"
    )
    present = [
        kept.resident
        for kept in db.session.scalars(came.order_by(MeetingAttendance.resident_id)).all()
    ]
    if not present:
        raise Invalid(_("Notez d’abord qui était présent."))
    meeting.status = "held"
    _count_quorum(meeting)
    _enter(by, meeting, present)


def likely_end(meeting: Meeting) -> datetime | None:
    """The planned end, or this moment when one closes before it; None when none was planned."""
    return min(meeting.ends_at, now()) if meeting.ends_at else None


def _check_ended(meeting: Meeting, ended_at: datetime) -> None:
    moment = now()
    if ended_at > moment:
        said = _("Cette heure n’est pas encore passée : il est %(hour)s.", hour=time_fr(moment))
        raise Invalid(said, field="ended_at")
    if ended_at <= meeting.starts_at:
        began = datetime_fr(meeting.starts_at, civil_day(moment))
        said = _("La réunion a commencé %(when)s : la fin vient après.", when=began)
        raise Invalid(said, field="ended_at")
    if ended_at > meeting.starts_at + LONGEST_MEETING:
        raise Invalid(_("Une réunion dure 24 heures au plus."), field="ended_at")


def _hold(by: Resident, meeting: Meeting) -> None:
    lock(meeting)
    if can_manage_body(by, meeting.body) and meeting.status != "planned":
        raise Conflict(_("Cette réunion est déjà tenue ou annulée."))
    if not can_take_attendance(by, meeting):
        raise Forbidden(_("Seuls les référents de cette instance et la direction notent cela."))


def _leave(meeting: Meeting, kept: MeetingAttendance | None) -> None:
    moment = _moment(meeting)
    if kept is None or kept.status != "present":
        raise Invalid(_("Notez d’abord que cette personne est venue."))
    if moment is None:
        raise Invalid(_("Un départ se note pendant la réunion."))
    kept.left_at = kept.left_at or moment


def _moment(meeting: Meeting) -> datetime | None:
    """The present moment on the day of the meeting; a sheet entered later has no hours."""
    return now() if civil_day(now()) == civil_day(meeting.starts_at) else None


def _count_quorum(meeting: Meeting) -> None:
    db.session.flush()
    quorum = sitting(meeting).quorum
    if quorum is None:
        return
    meeting.quorum_needed, meeting.quorum_present = quorum.needed, quorum.there
    meeting.quorum_represented = quorum.represented if quorum.counts_represented else 0
    meeting.quorum_residents = quorum.resident_there


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
