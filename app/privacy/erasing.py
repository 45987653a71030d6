"""Erasing one person, line by line of the inventory. The caller has checked that it may be."""

from datetime import date

from sqlalchemy import delete, func, select, update

from app.accounts.family_models import Household, HouseholdMember
from app.accounts.models import Resident
from app.accounts.role_services import end_roles_of
from app.audit.models import AuditEntry
from app.audit.services import forget_details
from app.bodies.comite_services import body_facts
from app.bodies.models import CONSEIL, Body, Mandate, Meeting, MeetingAttendance
from app.bodies.procuration_services import tell_procurations_fall
from app.core.clock import civil_day, now, today
from app.core.db import after_commit, checkpoint, db, lock
from app.core.i18n import _
from app.core.search import compact
from app.core.search_text import fold
from app.entraide.forgetting import part_with
from app.ledger.acts import Act
from app.ledger.services import record
from app.moderation.forgetting import forget_words
from app.moderation.models import Case
from app.privacy.held_accounts import EMPTY_FILE
from app.privacy.holding import Fate, Holding
from app.privacy.inventory import HOLDINGS
from app.privacy.mentions import (
    Names,
    remove_mails_kept_as_files,
    take_out_of_mentions,
    unsign_steps,
)
from app.privacy.reading import about, table
from app.privacy.treatments import TEAM
from app.privacy.writings import leave_writings, take_writings_back, titles_of
from app.voting.events import hold_polls_of, note_roll
from app.voting.proxies import tell_proxies_fall


def erase(person: Resident, *, keeps_writings: bool) -> None:
    """Leave nothing that names the person, inside the caller's act; files made one with theirs go.

    Args:
        keeps_writings: what they published stays, without their name; else its words go.
    """
    lock(person)
    others = select(Resident).where(Resident.merged_into_id == person.id)
    for other in db.session.scalars(others).all():
        erase(other, keeps_writings=keeps_writings)
    names = Names(person, *([] if keeps_writings else titles_of(person)))
    _end_seats(person)
    end_roles_of(None, person, reason=_("Compte effacé"))
    _keep_public_record(person)
    if keeps_writings:
        leave_writings(person, names)
    else:
        take_writings_back(person, names)
    unsign_steps(person, names)
    for case in db.session.scalars(select(Case).where(Case.author_id == person.id)).all():
        forget_words(case)
    part_with(person)
    _forget_audit_details(person)
    _rename_households(person)
    tell_proxies_fall(person.id)
    tell_procurations_fall(person.id)
    polls = hold_polls_of([person.id])
    erase_rows(person, HOLDINGS)
    for poll in polls:
        note_roll(poll)
    take_out_of_mentions(names)
    empty_file(person)
    _leave_no_trace_on_disk(names)


def erase_rows(person: Resident, holdings: tuple[Holding, ...]) -> None:
    """Apply to each holding its fate; those found through another one first."""
    db.session.flush()
    for holding in sorted(holdings, key=lambda one: not one.through):
        own = table(holding.table)
        theirs = about(holding, person)
        if holding.until is not None:
            theirs &= ~holding.until()
        values = dict(holding.empties)
        if holding.fate is Fate.GOES:
            db.session.execute(delete(own).where(theirs))
            continue
        if holding.fate is Fate.CUT:
            values[holding.name] = None
        if values:
            db.session.execute(update(own).where(theirs).values(values))
    db.session.expire_all()


def empty_file(person: Resident) -> None:
    """Of the file itself: a number, and that it was erased."""
    for name, nothing in EMPTY_FILE.items():
        setattr(person, name, nothing)
    person.card_number = f"x{person.id:07x}"
    person.erased_at = person.registered_at = now()
    db.session.flush()


def _end_seats(person: Resident) -> None:
    """A seat left empty is a mandate ended: recorded while the person still counts."""
    live = select(Mandate).where(Mandate.resident_id == person.id, Mandate.ended_on.is_(None))
    for mandate in db.session.scalars(live).all():
        mandate.ended_on, mandate.end_cause = max(today(), mandate.starts_on), "erased"
        body = db.session.get_one(Body, mandate.body_id)
        facts = body_facts(body)
        record(Act.MANDATE_ENDED, actor=person, subject=body, role=mandate.college, **facts)


def _keep_public_record(person: Resident) -> None:
    """In published minutes of the conseil, whoever sat there that day keeps the name it gave."""
    seats = [
        (seat.body_id, seat.starts_on, seat.ended_on or date.max)
        for seat in db.session.scalars(select(Mandate).where(Mandate.resident_id == person.id))
    ]
    came = (
        select(MeetingAttendance, Meeting)
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            MeetingAttendance.resident_id == person.id,
            Meeting.minutes_status == "published",
            Body.kind == CONSEIL,
        )
    )
    for attendance, meeting in db.session.execute(came):
        day = civil_day(meeting.starts_at)
        if any(body == meeting.body_id and first <= day <= last for body, first, last in seats):
            attendance.kept_name = person.display_name


def _forget_audit_details(person: Resident) -> None:
    """What the team's log says of the person, and of the rows that are about them."""
    for holding in HOLDINGS:
        own = table(holding.table)
        if holding.purpose == TEAM and holding.column != "grants.resident_id":
            continue
        if holding.table == "audit_entries" or "id" not in own.c:
            continue
        logged = select(AuditEntry.subject_id).where(
            AuditEntry.subject_type == holding.table,
            AuditEntry.salt.is_not(None),
            AuditEntry.subject_id.in_(select(own.c.id).where(about(holding, person))),
        )
        for number in set(db.session.scalars(logged)):
            if number is not None:
                forget_details(holding.table, number)


def _rename_households(person: Resident) -> None:
    """A household is often called by a family's name: it goes with the last who bears it."""
    mine = select(HouseholdMember.household_id).where(HouseholdMember.resident_id == person.id)
    family = fold(person.family_name)
    for household in db.session.scalars(select(Household).where(Household.id.in_(mine))).all():
        others = db.session.scalars(
            select(Resident.family_name)
            .join(HouseholdMember, HouseholdMember.resident_id == Resident.id)
            .where(HouseholdMember.household_id == household.id, Resident.id != person.id)
        ).all()
        if family not in {fold(name) for name in others}:
            household.name = _("Foyer")


def _leave_no_trace_on_disk(names: Names) -> None:
    def clean() -> None:
        remove_mails_kept_as_files(names)
        compact()
        checkpoint()

    after_commit(clean)


def sweep_up() -> int:
    """Drop what an erasure left for a count that has been made since; how many rows."""
    shells = select(Resident.id).where(Resident.erased_at.is_not(None))
    counted_since = [poll for poll in hold_polls_of(shells) if poll.status != "open"]
    dropped = 0
    for holding in HOLDINGS:
        if holding.until is not None:
            own = table(holding.table)
            waiting = own.c[holding.name].in_(shells) & ~holding.until()
            counted = db.session.scalar(select(func.count()).select_from(own).where(waiting))
            db.session.execute(delete(own).where(waiting))
            dropped += counted or 0
    for poll in counted_since:
        note_roll(poll)
    return dropped
