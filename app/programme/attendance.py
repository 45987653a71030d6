"""Who came: names signed, heads counted, the session closed and, if need be, reopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.clock import civil_day, months_before, now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.sheet_opening import too_early
from app.core.typography import number_fr
from app.ledger.acts import Act, Channel
from app.ledger.services import record, void_all
from app.programme.kinds import COUNT_METHODS
from app.programme.models import Session, SessionAttendance
from app.programme.registration_models import VolunteerSignup
from app.programme.services import refuse_outsiders
from app.programme.signals import session_closed, session_reopened
from app.programme.tap_models import AttendanceTap

ROLES = ("public", "volunteer")
MOST_PEOPLE = 5000
MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class HeadCount:
    """How many people in all, how they were counted (a code of `kinds`), and by whom."""

    people: int
    method: str
    counted_by: str


@atomic
def sign(
    person: Resident,
    session: Session,
    resident: Resident,
    role: str = "",
    *,
    channel: str = "online",
) -> None:
    """Write down that a resident came, as public or as volunteer.

    Without a role, whoever offered their hands comes as a volunteer, the others as public.
    `channel` is « paper » for a name copied from a signed sheet.
    Silent until the session is closed: a sheet being filled in is not yet a fact.

    Raises:
        Forbidden: not of the team.
        Invalid: an unknown role.
        Conflict: the session is closed, cancelled or days away, or the name is there already.
    """
    refuse_outsiders(person)
    role = role or _promised(session, resident)
    if role not in ROLES:
        raise Invalid(_("Venu comme public ou comme bénévole ?"), field="role")
    lock(session)
    refuse_unless_planned(session)
    early = too_early(session.starts_at)
    if early:
        raise Conflict(early)
    if db.session.get(SessionAttendance, (session.id, resident.id)) is not None:
        raise Conflict(_("%(name)s est déjà sur la liste.", name=resident.full_name))
    row = SessionAttendance(
        session_id=session.id, resident_id=resident.id, role=role, channel=channel
    )
    db.session.add_all([row, _tap(session, resident.id, adds=True)])


@atomic
def sign_card(person: Resident, session: Session, number: str) -> Resident:
    """Write down whoever has this card, 8 digits; gives who it is.

    Silent, as `sign`. Raises Invalid if nobody has it; Forbidden and Conflict as `sign`.
    """
    refuse_outsiders(person)
    found = db.session.scalar(select(Resident).where(Resident.card_number == number))
    if found is None or not found.is_active:
        raise Invalid(_("Aucune carte ne porte ce numéro. Cherchez par le nom."), field="number")
    sign(person, session, found)
    return found


@atomic
def unsign(person: Resident, session: Session, resident_id: int) -> None:
    """Take a name off the sheet; nothing happens if it is not there.

    Silent, as `sign`. Raises Forbidden and Conflict as `sign`.
    """
    refuse_outsiders(person)
    lock(session)
    refuse_unless_planned(session)
    row = db.session.get(SessionAttendance, (session.id, resident_id))
    if row is not None:
        db.session.delete(row)
        db.session.add(_tap(session, resident_id, adds=False))


@atomic
def close(
    person: Resident,
    session: Session,
    count: HeadCount | None = None,
    minutes: int | None = None,
    *,
    alone: bool = False,
) -> None:
    """The session was held: record it, and each named person, in the ledger.

    `minutes` is how long it lasted; as planned, if nothing is said. `alone` says that no partner
    came, which a meeting of partners asks for where none is noted.

    Raises:
        Forbidden: not of the team.
        Invalid: it has not started, a head-count or a duration that cannot be, or a meeting of
            partners of which nobody said who came.
        Conflict: closed or cancelled before.
    """
    refuse_outsiders(person)
    lock(session)
    refuse_unless_planned(session)
    if session.starts_at > now():
        raise Invalid(_("Cette séance n’a pas encore commencé."))
    rows = db.session.scalars(
        select(SessionAttendance)
        .where(SessionAttendance.session_id == session.id)
        .order_by(SessionAttendance.resident_id)
    ).all()
    _write_count(session, count, rows)
    _write_duration(session, minutes)
    session.status, session.closed_at, session.closed_by_id = "held", now(), person.id
    action = session.action
    record(
        Act.SESSION_HELD,
        subject=session,
        when=session.starts_at,
        entered_by=person,
        kind=action.counts_as,
        nature=action.nature,
        offsite=action.is_offsite,
        lead=action.lead,
        action_id=action.id,
        head_count=len(rows) if session.head_count is None else session.head_count,
        estimated=session.head_count is not None,
        minutes=session.minutes,
        quartier_id=action.quartier_id,
        association_id=action.association_id,
    )
    for row in rows:
        record(
            Act.SESSION_ATTENDED,
            actor=row.resident,
            subject=session,
            when=session.starts_at,
            entered_by=person,
            channel=Channel.PAPER if row.channel == "paper" else None,
            kind=action.counts_as,
            nature=action.nature,
            offsite=action.is_offsite,
            lead=action.lead,
            action_id=action.id,
            minutes=session.minutes,
            role=row.role,
        )
    session_closed.send(session, by=person, alone=alone)


@atomic
def reopen(person: Resident, session: Session, reason: str) -> None:
    """Correct a closed session: all it recorded is voided, until it is closed again.

    Raises:
        Forbidden: not of the team.
        Invalid: no reason.
        Conflict: it is not closed, or its names are no longer kept: they could not be told again.
    """
    refuse_outsiders(person)
    lock(session)
    if session.status != "held":
        raise Conflict(_("Cette séance n’est pas close."))
    if civil_day(session.ends_at) < months_before(today(), rule("attendance_months")):
        raise Conflict(_("Les noms de cette séance sont effacés : elle ne se rouvre plus."))
    if not reason.strip():
        raise Invalid(_("Dites ce qu’il faut corriger."), field="reason")
    void_all(session, (Act.SESSION_HELD, Act.SESSION_ATTENDED), by=person, reason=reason)
    session.status, session.closed_at, session.closed_by_id = "planned", None, None
    note(AuditAct.SESSION_REOPENED, person, session, reason=reason.strip())
    session_reopened.send(session, by=person, reason=reason.strip())


def _tap(session: Session, resident_id: int, *, adds: bool) -> AttendanceTap:
    """An act done here and now, beside those that phones send later (see `taps`)."""
    return AttendanceTap(
        client_id=str(uuid4()),
        session_id=session.id,
        resident_id=resident_id,
        adds=adds,
        tapped_at=now(),
    )


def _promised(session: Session, resident: Resident) -> str:
    offered = select(VolunteerSignup.id).where(
        VolunteerSignup.session_id == session.id, VolunteerSignup.resident_id == resident.id
    )
    return "public" if db.session.scalar(offered) is None else "volunteer"


def refuse_unless_planned(session: Session) -> None:
    """Raises Conflict where a session is closed or cancelled."""
    if session.status == "held":
        raise Conflict(_("Cette séance est close. Rouvrez-la pour la corriger."))
    if session.status == "cancelled":
        raise Conflict(_("Cette séance a été annulée."))


def _write_duration(session: Session, minutes: int | None) -> None:
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(_("Entre une minute et 24 heures."), field="minutes")
    session.lasted_minutes = None
    session.lasted_minutes = minutes if minutes != session.minutes else None


def _write_count(
    session: Session, count: HeadCount | None, named: Sequence[SessionAttendance]
) -> None:
    if count is None:
        session.head_count, session.count_method, session.counted_by = None, "", ""
        return
    if not 0 <= count.people <= MOST_PEOPLE:
        raise Invalid(
            _("Un nombre entre 0 et %(most)s.", most=number_fr(MOST_PEOPLE)), field="people"
        )
    if count.people < len(named):
        volunteers = sum(row.role == "volunteer" for row in named)
        raise Invalid(
            _(
                "Au moins %(named)d : ce sont les personnes déjà nommées, dont %(helping)d"
                " bénévoles.",
                named=len(named),
                helping=volunteers,
            )
            if volunteers
            else _("Au moins %(named)d : ce sont les personnes déjà nommées.", named=len(named)),
            field="people",
        )
    if count.method not in COUNT_METHODS:
        raise Invalid(_("Dites comment on a compté."), field="method")
    if not count.counted_by.strip():
        raise Invalid(_("Dites qui a compté."), field="counted_by")
    session.head_count, session.count_method = count.people, count.method
    session.counted_by = count.counted_by.strip()[:80]
