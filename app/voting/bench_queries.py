"""The bureau de vote as pages show it."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Grant, Resident
from app.core.db import db
from app.voting.models import Teller


@dataclass(frozen=True)
class Seat:
    """A teller, and how far they are."""

    resident_id: int
    name: str
    has_words: bool
    is_ready: bool
    has_given: bool


def bench_of(poll_id: int) -> tuple[Seat, ...]:
    """The tellers of a poll, by name."""
    rows = db.session.execute(
        select(
            Teller.resident_id,
            Resident.display_name,
            Teller.public_key.is_not(None),
            Teller.ready_at.is_not(None),
            Teller.given_at.is_not(None),
        )
        .join(Resident, Resident.id == Teller.resident_id)
        .where(Teller.poll_id == poll_id)
        .order_by(Resident.display_name, Resident.id)
    )
    return tuple(Seat(*row) for row in rows)


def possible_tellers() -> list[tuple[int, str]]:
    """(id, name) of those who hold a role in the house: members of the conseil, référents, team."""
    rows = db.session.execute(
        select(Resident.id, Resident.given_name + " " + Resident.family_name)
        .where(
            Resident.id.in_(select(Grant.resident_id).where(Grant.ended_at.is_(None))),
            Resident.erased_at.is_(None),
        )
        .order_by(Resident.folded_name, Resident.id)
    )
    return [(row[0], row[1]) for row in rows]
