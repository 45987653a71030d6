"""Who may be registered by someone, who is, and who waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, func, select, union

from app.accounts.family_models import Guardianship, HouseholdMember
from app.accounts.models import Resident
from app.accounts.taking_part import old_enough_for
from app.core.clock import now, today
from app.core.db import db
from app.programme.models import Action, Session, SessionAttendance
from app.programme.queries import places_left
from app.programme.registration_models import Registration, VolunteerNeed, VolunteerSignup


@dataclass(frozen=True)
class Someone:
    """Whom the reader may register: themselves first, their children, those they live with.

    `state` is « placed », « waiting », or empty.
    """

    id: int
    name: str
    is_me: bool
    state: str
    year_of_birth: int | None


@dataclass(frozen=True)
class Listed:
    """A line of the team's list; `state` is « placed » or « waiting »."""

    resident_id: int
    name: str
    year_of_birth: int | None
    phone: str | None
    state: str


@dataclass(frozen=True)
class Helper:
    """Someone who offered their hands, on the team's list."""

    signup_id: int
    name: str
    phone: str | None
    task: str


@dataclass(frozen=True)
class Expected:
    """Someone awaited, and as what: « public » or « volunteer »."""

    resident_id: int
    name: str
    role: str
    year_of_birth: int | None


@dataclass(frozen=True)
class Coming:
    """A date where the reader, or one of theirs, has a place, waits or helps."""

    session_id: int
    action_id: int
    title: str
    starts_at: datetime
    status: str
    has_started: bool
    resident_id: int
    is_me: bool
    name: str
    state: str


def people_of(reader: Resident, session_id: int) -> list[Someone]:
    """Whom someone may register at a session, and where they stand; two statements."""
    rows = db.session.execute(
        select(Resident.id, Resident.called, Resident.year_of_birth).where(
            Resident.id.in_(theirs(reader)),
            Resident.closed_at.is_(None),
            Resident.erased_at.is_(None),
            Resident.merged_into_id.is_(None),
        )
    ).all()
    states = _states(session_id)
    people = [
        Someone(row.id, row.called, row.id == reader.id, states.get(row.id, ""), row.year_of_birth)
        for row in rows
    ]
    grown = not reader.is_under_15_on(today())
    return sorted(
        (one for one in people if grown or not one.is_me),
        key=lambda one: (not one.is_me, one.name),
    )


def registered(session_id: int) -> list[Listed]:
    """Who has a place, by name, then who waits, in order; one statement."""
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.full_name,
            Resident.year_of_birth,
            Resident.phone,
            Registration.place,
            Registration.id,
        )
        .join(Registration, Registration.resident_id == Resident.id)
        .where(Registration.session_id == session_id)
        .order_by(Resident.folded_name, Resident.id)
    ).all()
    placed = [Listed(*row[:4], "placed") for row in rows if row.place is not None]
    waiting = sorted((row for row in rows if row.place is None), key=lambda row: row[5])
    return placed + [Listed(*row[:4], "waiting") for row in waiting]


def helpers(session_id: int) -> list[Helper]:
    """Who offered their hands, task by task; one statement."""
    rows = db.session.execute(
        select(VolunteerSignup.id, Resident.full_name, Resident.phone, VolunteerNeed.label)
        .join(Resident, Resident.id == VolunteerSignup.resident_id)
        .join(VolunteerNeed, VolunteerNeed.id == VolunteerSignup.need_id)
        .where(VolunteerSignup.session_id == session_id)
        .order_by(VolunteerNeed.id, Resident.folded_name)
    )
    return [Helper(*row) for row in rows]


def expected(session_id: int) -> list[Expected]:
    """Who said they would come and has not signed yet, by name; two statements."""
    there = select(SessionAttendance.resident_id).where(SessionAttendance.session_id == session_id)
    coming = select(Registration.resident_id).where(
        Registration.session_id == session_id, Registration.place.is_not(None)
    )
    helping = select(VolunteerSignup.resident_id).where(VolunteerSignup.session_id == session_id)
    hands = set(db.session.scalars(helping))
    rows = db.session.execute(
        select(Resident.id, Resident.full_name, Resident.year_of_birth)
        .where(Resident.id.in_(coming.union(helping)), Resident.id.not_in(there))
        .order_by(Resident.folded_name, Resident.id)
    )
    return [
        Expected(number, name, "volunteer" if number in hands else "public", year)
        for number, name, year in rows
    ]


def coming(reader: Resident) -> list[Coming]:
    """The dates to come of someone and of theirs, the nearest first, 60 at most; two statements."""
    columns = (
        Session.id,
        Session.action_id,
        Action.title,
        Session.starts_at,
        Session.status,
        Session.starts_at <= now(),
        Resident.id,
        Resident.id == reader.id,
        Resident.called,
    )
    mine = theirs(reader)
    places = (
        select(*columns, Registration.place)
        .join(Action, Action.id == Session.action_id)
        .join(Registration, Registration.session_id == Session.id)
        .join(Resident, Resident.id == Registration.resident_id)
        .where(Registration.resident_id.in_(mine), Session.ends_at > now())
    )
    hands = (
        select(*columns, VolunteerNeed.label)
        .join(Action, Action.id == Session.action_id)
        .join(VolunteerSignup, VolunteerSignup.session_id == Session.id)
        .join(VolunteerNeed, VolunteerNeed.id == VolunteerSignup.need_id)
        .join(Resident, Resident.id == VolunteerSignup.resident_id)
        .where(VolunteerSignup.resident_id == reader.id, Session.ends_at > now())
    )
    first = (Session.starts_at, Session.id)
    found = [
        Coming(*row[:9], "waiting" if row.place is None else "placed")
        for row in db.session.execute(places.order_by(*first).limit(60))
    ]
    found += [Coming(*tuple(row)) for row in db.session.execute(hands.order_by(*first).limit(60))]
    return sorted(found, key=lambda one: (one.starts_at, one.session_id))[:60]


def standing_of(session: Session, resident: Resident) -> str:
    """« placed », « waiting », or empty; one statement."""
    row = db.session.execute(
        select(Registration.place).where(
            Registration.session_id == session.id, Registration.resident_id == resident.id
        )
    ).first()
    return "" if row is None else "waiting" if row.place is None else "placed"


def loses_place(session: Session, resident: Resident) -> bool:
    """Whether withdrawing gives up what may not come back: the last place, or a turn to wait."""
    row = db.session.execute(
        select(Registration.place, places_left())
        .join(Session, Session.id == Registration.session_id)
        .join(Action, Action.id == Session.action_id)
        .where(Registration.session_id == session.id, Registration.resident_id == resident.id)
    ).first()
    return row is not None and (row[0] is None or row[1] == 0)


def theirs(reader: Resident) -> CompoundSelect[Any]:
    """The reader, the children they answer for, and those of 15 or more they live with."""
    homes = select(HouseholdMember.household_id).where(HouseholdMember.resident_id == reader.id)
    return union(
        select(Resident.id).where(Resident.id == reader.id),
        select(Guardianship.child_id).where(
            Guardianship.guardian_id == reader.id, Guardianship.ended_at.is_(None)
        ),
        select(HouseholdMember.resident_id)
        .join(Resident, Resident.id == HouseholdMember.resident_id)
        .where(HouseholdMember.household_id.in_(homes), old_enough_for(None)),
    )


def _states(session_id: int) -> dict[int, str]:
    query = select(Registration.resident_id, Registration.place).where(
        Registration.session_id == session_id
    )
    rows = db.session.execute(query)
    return {row.resident_id: "waiting" if row.place is None else "placed" for row in rows}


def count_concerned(session_id: int) -> int:
    """How many people are registered, wait or help at a session; one statement."""
    registered = select(Registration.resident_id).where(Registration.session_id == session_id)
    helping = select(VolunteerSignup.resident_id).where(VolunteerSignup.session_id == session_id)
    everyone = registered.union(helping).subquery()
    return db.session.scalar(select(func.count()).select_from(everyone)) or 0
