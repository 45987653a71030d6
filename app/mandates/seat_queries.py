"""Who sits for whom, now and before."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, not_, select

from app.accounts.models import Resident
from app.bodies.labels import COLLEGES
from app.bodies.models import Mandate
from app.bodies.queries import live_mandate
from app.bodies.seat_models import SeatCount
from app.core.clock import today
from app.core.db import db
from app.core.pagination import Page, paginate
from app.voting.models import Poll


@dataclass(frozen=True)
class Held:
    """A seat that someone holds or held. `poll_title` is of the vote that elected them."""

    mandate_id: int
    name: str
    college: str
    is_titulaire: bool
    is_voting: bool
    origin: str
    poll_id: int | None
    poll_title: str | None
    draw_id: int | None
    starts_on: date
    ends_on: date | None
    until: date | None
    end_cause: str | None


@dataclass(frozen=True)
class College:
    """A collège's seats: how many there are, None where nobody has said, and who holds them."""

    key: str
    titulaires: int | None
    suppleants: int | None
    held: list[Held] = field(default_factory=list)

    @property
    def vacant(self) -> int:
        """Seats of titulaire that nobody holds; 0 where nobody has said how many there are."""
        return max(0, (self.titulaires or 0) - self.filled)

    @property
    def filled(self) -> int:
        """Titulaires."""
        return sum(seat.is_titulaire for seat in self.held)


def colleges(body_id: int) -> list[College]:
    """Every collège in its order, the titulaires first; two statements."""
    counts = {
        row.college: (row.titulaires, row.suppleants)
        for row in db.session.execute(
            select(SeatCount.college, SeatCount.titulaires, SeatCount.suppleants).where(
                SeatCount.body_id == body_id
            )
        )
    }
    found = {key: College(key, *counts.get(key, (None, None))) for key in COLLEGES}
    rows = db.session.execute(
        _mandates(body_id)
        .where(live_mandate(today()))
        .order_by(Mandate.is_titulaire.desc(), Resident.folded_name, Mandate.id)
    )
    for row in rows:
        found[row.college].held.append(Held(*row))
    return list(found.values())


def past(body_id: int, number: int) -> Page[Held]:
    """Mandates that are over, the last ended first; two statements."""
    page = paginate(
        _mandates(body_id)
        .where(not_(live_mandate(today())))
        .order_by(_until().desc(), Mandate.id.desc()),
        number,
    )
    return Page([Held(*row) for row in page.items], page.number, page.size, page.total)


def own_mandate(body_id: int, resident_id: int) -> Mandate | None:
    """The seat that someone holds today."""
    return db.session.scalar(
        select(Mandate).where(
            Mandate.body_id == body_id, Mandate.resident_id == resident_id, live_mandate(today())
        )
    )


def _until() -> Any:
    return func.coalesce(Mandate.ended_on, Mandate.ends_on)


def _mandates(body_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Mandate.id,
            Resident.display_name,
            Mandate.college,
            Mandate.is_titulaire,
            Mandate.is_voting,
            Mandate.origin,
            Mandate.poll_id,
            Poll.title,
            Mandate.draw_id,
            Mandate.starts_on,
            Mandate.ends_on,
            _until(),
            Mandate.end_cause,
        )
        .join(Resident, Resident.id == Mandate.resident_id)
        .outerjoin(Poll, Poll.id == Mandate.poll_id)
        .where(Mandate.body_id == body_id)
    )
