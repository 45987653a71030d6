"""Questions about a meeting's day, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Resident
from app.bodies.preparation_models import DateAnswer, DatePoll, DateSlot
from app.core.db import db


@dataclass(frozen=True)
class Slot:
    """A day proposed: who said what of it, by name, and how many."""

    id: int
    starts_at: datetime
    yes: tuple[str, ...]
    maybe: tuple[str, ...]
    no: tuple[str, ...]
    mine: str | None

    @property
    def suits(self) -> int:
        """How many could come, if need be."""
        return len(self.yes) + len(self.maybe)


@dataclass(frozen=True)
class ChosenSlot:
    """A day that a meeting is being convened for."""

    id: int
    date_poll_id: int
    title: str
    starts_at: datetime


def date_poll(poll_id: int) -> DatePoll | None:
    """A question and its instance; one statement."""
    return db.session.scalar(
        select(DatePoll).options(joinedload(DatePoll.body)).where(DatePoll.id == poll_id)
    )


def slots_of(poll_id: int, resident_id: int) -> list[Slot]:
    """The days proposed, the soonest first, with every answer; one statement."""
    rows = db.session.execute(
        select(
            DateSlot.id,
            DateSlot.starts_at,
            DateAnswer.answer,
            DateAnswer.resident_id,
            Resident.display_name,
        )
        .outerjoin(DateAnswer, DateAnswer.slot_id == DateSlot.id)
        .outerjoin(Resident, Resident.id == DateAnswer.resident_id)
        .where(DateSlot.date_poll_id == poll_id)
        .order_by(DateSlot.starts_at, Resident.folded_name, Resident.id)
    ).all()
    said: dict[tuple[int, str | None], list[str]] = {}
    for row in rows:
        said.setdefault((row.id, row.answer), []).append(row[4])
    mine = {row.id: row.answer for row in rows if row.resident_id == resident_id}
    return [
        Slot(
            id=key,
            starts_at=starts_at,
            yes=tuple(said.get((key, "yes"), ())),
            maybe=tuple(said.get((key, "maybe"), ())),
            no=tuple(said.get((key, "no"), ())),
            mine=mine.get(key),
        )
        for key, starts_at in {row.id: row.starts_at for row in rows}.items()
    ]


def open_date_polls(body_id: int) -> list[DatePoll]:
    """Questions of an instance that wait for answers, the oldest first; one statement."""
    waiting = select(DatePoll).where(DatePoll.body_id == body_id, DatePoll.closed_at.is_(None))
    return list(db.session.scalars(waiting.order_by(DatePoll.id)))


def slot_of(body_id: int, slot_id: int | None) -> ChosenSlot | None:
    """A day of a question of this instance that nobody has settled yet."""
    if slot_id is None:
        return None
    row = db.session.execute(
        select(DateSlot.id, DateSlot.date_poll_id, DatePoll.title, DateSlot.starts_at)
        .join(DatePoll, DatePoll.id == DateSlot.date_poll_id)
        .where(DateSlot.id == slot_id, DatePoll.body_id == body_id, DatePoll.closed_at.is_(None))
    ).first()
    return ChosenSlot(*row) if row else None
