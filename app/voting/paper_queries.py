"""The paper vote as those who run it see it: who signed, how far each pile is, never what it says.

Only the two readers of a pile see what they typed, and what the other did once both are done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.db import db
from app.core.pagination import Page, paginate
from app.ledger.acts import Channel
from app.voting.finding import electors_found
from app.voting.models import Emargement, Poll, RollEntry
from app.voting.paper_models import PaperBatch, PaperReading
from app.voting.roll_models import Proxy

PER_PAGE = 50


@dataclass(frozen=True)
class RollRow:
    """Someone on the roll, as a search or the signing sheet shows them."""

    id: int
    name: str
    year_of_birth: int | None
    has_voted: bool
    on_paper: bool = False
    represented: bool = False
    holder: str | None = None


@dataclass(frozen=True)
class ReadingRow:
    """How far one person is in a pile."""

    reader_id: int | None
    name: str
    done: int


@dataclass(frozen=True)
class PileRow:
    """A pile and its readings."""

    id: int
    number: int
    size: int
    agreed: bool
    readings: tuple[ReadingRow, ...]

    @property
    def is_read(self) -> bool:
        """Whether both readings are whole."""
        return len(self.readings) == 2 and all(one.done == self.size for one in self.readings)

    def is_of(self, person_id: int) -> bool:
        """Whether someone is one of its readers."""
        return any(one.reader_id == person_id for one in self.readings)


def found_on_roll(poll: Poll, typed: str) -> list[RollRow]:
    """Whoever may vote and has these words, with how they stand; two statements."""
    people = electors_found(poll, typed)
    ids = [one.id for one in people]
    rows = {row.id: row for row in db.session.execute(_roll(poll.id).where(Resident.id.in_(ids)))}
    return [_row(rows[one.id]) for one in people if one.id in rows]


def elector(poll_id: int, resident_id: int) -> Resident | None:
    """Someone of the roll; None for anyone else, so that numbers tell no names."""
    on_roll = RollEntry.resident_id == Resident.id
    return db.session.scalar(
        select(Resident)
        .join(RollEntry, on_roll)
        .where(RollEntry.poll_id == poll_id, Resident.id == resident_id)
    )


def signed_on_paper(poll_id: int, page: int) -> Page[RollRow]:
    """Who signed for a paper ballot, by name."""
    query = (
        _roll(poll_id)
        .where(Emargement.channel == Channel.PAPER.value)
        .order_by(Resident.folded_name, Resident.id)
    )
    found = paginate(query, page, PER_PAGE)
    return Page([_row(row) for row in found.items], found.number, found.size, found.total)


def whole_roll(poll_id: int) -> list[RollRow]:
    """The roll by name, as it is now, for the sheet that people sign; one statement."""
    rows = db.session.execute(_roll(poll_id).order_by(Resident.folded_name, Resident.id))
    return [_row(row) for row in rows]


def piles_of(poll_id: int) -> list[PileRow]:
    """The piles of a poll, in order, with their readers; two statements."""
    batches = db.session.execute(
        select(PaperBatch.id, PaperBatch.number, PaperBatch.size, PaperBatch.agreed_at)
        .where(PaperBatch.poll_id == poll_id)
        .order_by(PaperBatch.number)
    ).all()
    readings: dict[int, list[ReadingRow]] = {}
    rows = db.session.execute(
        select(
            PaperReading.batch_id,
            PaperReading.by_id,
            Resident.display_name,
            func.json_array_length(PaperReading.sheets),
        )
        .outerjoin(Resident, Resident.id == PaperReading.by_id)
        .where(PaperReading.batch_id.in_([one.id for one in batches]))
        .order_by(PaperReading.batch_id, PaperReading.number)
    )
    for batch_id, by_id, name, done in rows:
        readings.setdefault(batch_id, []).append(ReadingRow(by_id, name or "", done))
    return [
        PileRow(
            one.id, one.number, one.size, one.agreed_at is not None, tuple(readings.get(one.id, ()))
        )
        for one in batches
    ]


def _roll(poll_id: int) -> Any:
    holder = aliased(Resident)
    return (
        select(
            Resident.id,
            Resident.family_name,
            Resident.given_name,
            Resident.year_of_birth,
            Resident.folded_name,
            Emargement.day,
            Emargement.channel,
            Emargement.represented,
            holder.full_name.label("holder"),
        )
        .join(RollEntry, RollEntry.resident_id == Resident.id)
        .outerjoin(
            Emargement,
            (Emargement.poll_id == RollEntry.poll_id) & (Emargement.resident_id == Resident.id),
        )
        .outerjoin(
            Proxy, (Proxy.poll_id == RollEntry.poll_id) & (Proxy.principal_id == Resident.id)
        )
        .outerjoin(holder, holder.id == Proxy.holder_id)
        .where(RollEntry.poll_id == poll_id, Resident.erased_at.is_(None))
    )


def _row(row: Any) -> RollRow:
    day: date | None = row.day
    return RollRow(
        row.id,
        f"{row.family_name} {row.given_name}".strip(),
        row.year_of_birth,
        has_voted=day is not None,
        on_paper=row.channel == Channel.PAPER.value,
        represented=bool(row.represented),
        holder=row.holder,
    )


def homonyms(rows: Sequence[RollRow]) -> set[str]:
    """The names that several people bear: a year of birth tells them apart."""
    seen: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        (twice if row.name in seen else seen).add(row.name)
    return twice
