"""The bureau de vote as pages show it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.bodies.models import Mandate
from app.bodies.queries import live_mandate
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
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
    """(id, name) of those who hold a role in the house: members of the conseil, référents, team.

    Those who can sign in, with an e-mail or a card, as words are shown to nobody else. Two of one
    name are told apart by their year of birth and the end of their card's number.
    """
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.full_name.label("name"),
            Resident.year_of_birth,
            Resident.card_number,
            Resident.folded_name,
        )
        .where(
            or_(
                Resident.id.in_(select(Grant.resident_id).where(Grant.ended_at.is_(None))),
                Resident.id.in_(select(Mandate.resident_id).where(live_mandate(today()))),
            ),
            or_(Resident.email.is_not(None), Resident.pin_hash.is_not(None)),
            Resident.erased_at.is_(None),
            Resident.closed_at.is_(None),
            Resident.merged_into_id.is_(None),
        )
        .order_by(Resident.folded_name, Resident.id)
    ).all()
    alike = Counter(row.folded_name for row in rows)
    return [(row.id, _told_apart(row) if alike[row.folded_name] > 1 else row.name) for row in rows]


def _told_apart(row: Any) -> str:
    card = row.card_number[-3:]
    if row.year_of_birth is None:
        return _("%(name)s (carte …%(card)s)", name=row.name, card=card)
    year = row.year_of_birth
    return _("%(name)s (%(year)s, carte …%(card)s)", name=row.name, year=year, card=card)
