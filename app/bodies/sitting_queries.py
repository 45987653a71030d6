"""A meeting as it sits: who is there, who is spoken for, and whether that is enough to decide."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import literal, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.bodies.models import (
    CONSEIL,
    RESIDENTS,
    AgendaItem,
    Mandate,
    Meeting,
    MeetingAttendance,
    Membership,
)
from app.bodies.queries import live_mandate
from app.bodies.sitting_models import Procuration, Reconvening
from app.centre.settings import rule
from app.core.clock import civil_day
from app.core.db import db


@dataclass(frozen=True)
class Seat:
    """Someone on the sheet: a member of the instance, or a guest who came.

    `status` is present, excused or None; `left_at` tells that they went before the end. `college`
    is a member's of the conseil, where a suppléant is no titulaire. `holder_id`: who speaks for
    them while they are not there.
    """

    resident_id: int
    name: str
    status: str | None
    present_from: datetime | None
    left_at: datetime | None
    is_member: bool
    is_voting: bool
    college: str | None
    is_titulaire: bool = True
    holder_id: int | None = None
    holder_name: str | None = None

    @property
    def state(self) -> str:
        """present, left, excused or absent."""
        if self.status == "present":
            return "left" if self.left_at else "present"
        return self.status or "absent"


@dataclass(frozen=True)
class Quorum:
    """How many voting members are needed, and how many there are.

    `represented` count in `there` where the centre says so. `resident_there`: whether a voting
    resident came, None where the centre does not ask for one. `awaited`: who could still come.
    """

    needed: int
    present: int
    represented: int
    counts_represented: bool
    resident_there: bool | None
    awaited: tuple[str, ...] = ()

    @property
    def there(self) -> int:
        return self.present + (self.represented if self.counts_represented else 0)

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.there)

    @property
    def is_met(self) -> bool:
        return not self.missing and self.resident_there is not False


@dataclass(frozen=True)
class Sitting:
    """Everyone on the sheet, by name. `asks_quorum`: only the conseil has one to reach."""

    seats: tuple[Seat, ...]
    asks_quorum: bool
    any_number: bool

    def line_of(self, resident_id: int) -> Seat | None:
        """Someone's line, None when they are not on the sheet."""
        return self._by_id.get(resident_id)

    @cached_property
    def _by_id(self) -> dict[int, Seat]:
        return {seat.resident_id: seat for seat in self.seats}

    @cached_property
    def voters(self) -> tuple[Seat, ...]:
        """Whoever holds a voice: it counts when they are there, or spoken for."""
        return tuple(seat for seat in self.seats if seat.is_voting and seat.is_titulaire)

    @cached_property
    def stand_ins(self) -> tuple[Seat, ...]:
        """Suppléants in the room, one for each titulaire of their collège whom nobody is there for.

        The first to come take the places.
        """
        heard = (*self._titulaires, *self.represented)
        free = Counter(seat.college for seat in self.voters if seat not in heard)
        came = [
            seat
            for seat in self.seats
            if seat.is_voting and not seat.is_titulaire and seat.state == "present"
        ]
        taking = []
        for seat in sorted(came, key=_arrival):
            if free[seat.college]:
                free[seat.college] -= 1
                taking.append(seat)
        return tuple(taking)

    @cached_property
    def present(self) -> tuple[Seat, ...]:
        """Voices in the room: titulaires, and suppléants in the place of others."""
        return (*self._titulaires, *self.stand_ins)

    @cached_property
    def _titulaires(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.voters if seat.state == "present")

    @cached_property
    def represented(self) -> tuple[Seat, ...]:
        """Voters who are not, and for whom a voter in the room speaks."""
        here = {seat.resident_id for seat in self._titulaires}
        return tuple(
            seat for seat in self.voters if seat.resident_id not in here and seat.holder_id in here
        )

    @property
    def heard(self) -> int:
        """How many voices a vote may count."""
        return len(self.present) + len(self.represented)

    def is_heard(self, resident_id: int) -> bool:
        """Whether someone is in the room or spoken for, with a voice."""
        return any(seat.resident_id == resident_id for seat in (*self.present, *self.represented))

    @cached_property
    def quorum(self) -> Quorum | None:
        """None in a comité, which asks for none."""
        if not self.asks_quorum:
            return None
        counts = bool(rule("quorum_represented"))
        counted = {seat.resident_id for seat in self.present}
        if counts:
            counted |= {seat.resident_id for seat in self.represented}
        residents = [seat for seat in self.present if seat.college == RESIDENTS]
        # Rounded up without a float: a third of ten is four.
        needed = -(-rule("quorum_percent") * len(self.voters) // 100)
        return Quorum(
            needed=0 if self.any_number else needed,
            present=len(self.present),
            represented=len(self.represented),
            counts_represented=counts,
            resident_there=bool(residents)
            if rule("quorum_residents") and not self.any_number
            else None,
            awaited=tuple(
                seat.name
                for seat in self.voters
                if seat.resident_id not in counted and seat.state == "absent"
            ),
        )


def _arrival(seat: Seat) -> datetime:
    """A sheet entered later has no hours: its suppléants sit in the order of their names."""
    return seat.present_from or datetime.min.replace(tzinfo=UTC)


def sitting(meeting: Meeting, *, full_names: bool = False) -> Sitting:
    """The meeting as it sits now, or as it sat once it is held; three statements.

    Once held, whoever came counts, even gone before the end.
    """
    rows = db.session.execute(_sheet(meeting, full=full_names)).all()
    given = _procurations(meeting.id)
    was_held = meeting.status == "held"
    seats = tuple(
        Seat(
            resident_id=row.id,
            name=row.name,
            status=row.status,
            present_from=row.present_from,
            left_at=None if was_held else row.left_at,
            is_member=row.is_voting is not None,
            is_voting=bool(row.is_voting),
            college=row.college,
            is_titulaire=row.is_titulaire is not False,
            holder_id=given[row.id][0] if row.id in given else None,
            holder_name=given[row.id][1] if row.id in given else None,
        )
        for row in rows
    )
    is_conseil = meeting.body.kind == CONSEIL
    made_up = db.session.scalar(
        select(Reconvening.any_number).where(Reconvening.meeting_id == meeting.id)
    )
    return Sitting(seats, asks_quorum=is_conseil, any_number=bool(made_up))


def _sheet(meeting: Meeting, *, full: bool) -> Any:
    mine = _members(meeting).subquery()
    name: Any = Resident.full_name if full else Resident.display_name
    return (
        select(
            Resident.id,
            name.label("name"),
            MeetingAttendance.status,
            MeetingAttendance.present_from,
            MeetingAttendance.left_at,
            mine.c.college,
            mine.c.is_voting,
            mine.c.is_titulaire,
        )
        .outerjoin(
            MeetingAttendance,
            (MeetingAttendance.resident_id == Resident.id)
            & (MeetingAttendance.meeting_id == meeting.id),
        )
        .outerjoin(mine, mine.c.resident_id == Resident.id)
        .where(or_(mine.c.resident_id.is_not(None), MeetingAttendance.status.is_not(None)))
        .order_by(Resident.folded_name, Resident.id)
    )


def _members(meeting: Meeting) -> Any:
    """Who sits that day; a seat that ends that very day no longer counts nor is spoken for."""
    if meeting.body.kind == CONSEIL:
        return select(
            Mandate.resident_id, Mandate.college, Mandate.is_voting, Mandate.is_titulaire
        ).where(Mandate.body_id == meeting.body_id, live_mandate(civil_day(meeting.starts_at)))
    return select(
        Membership.resident_id,
        literal(None).label("college"),
        true().label("is_voting"),
        true().label("is_titulaire"),
    ).where(Membership.body_id == meeting.body_id, Membership.left_at.is_(None))


def _procurations(meeting_id: int) -> dict[int, tuple[int, str]]:
    """Who speaks for whom: (number, name) of the holder by the principal's number."""
    holder = aliased(Resident)
    rows = db.session.execute(
        select(Procuration.principal_id, Procuration.holder_id, holder.display_name)
        .join_from(Procuration, holder, holder.id == Procuration.holder_id)
        .where(Procuration.meeting_id == meeting_id, Procuration.voided_at.is_(None))
    )
    return {principal: (holder_id, name) for principal, holder_id, name in rows}


@dataclass(frozen=True)
class Point:
    """A point of the ordre du jour, as those at the table see it."""

    id: int
    title: str


def points_of(meeting_id: int) -> list[Point]:
    """The ordre du jour, in order; one statement."""
    rows = db.session.execute(
        select(AgendaItem.id, AgendaItem.title)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return [Point(*row) for row in rows]


def holder_of_card(number: str) -> Resident | None:
    """Who has this card, 8 digits; nobody whose account is closed."""
    found = db.session.scalar(select(Resident).where(Resident.card_number == number))
    return found if found is not None and found.is_active else None
