"""What leans on rows that an import wrote: those on which nothing does may go."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, or_, select

from app.accounts.models import Participation, Resident
from app.core.db import Model, db
from app.indicators.models import AimLink
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.moderation.models import Case
from app.pastlife.models import PastLine
from app.pastlife.writing import ACTIONS, ASSOCIATIONS, RESIDENTS

OWN = frozenset(
    {
        "participations.resident_id",
        "resident_words.resident_id",
        "association_publics.association_id",
        f"{PastLine.__tablename__}.resident_id",
    }
)
"""What goes with the row itself, or says nothing of it."""
IN_LEDGER: dict[str, tuple[Any, ...]] = {
    ACTIONS: (Entry.action_id,),
    ASSOCIATIONS: (Entry.association_id, Entry.other_association_id),
}
USED = (
    Resident.last_seen_on,
    Resident.email,
    Resident.phone,
    Resident.password_hash,
    Resident.pin_hash,
    Resident.merged_into_id,
)
"""What a file only has once someone has used it, or said more at the desk."""


def free_among(table: str, numbers: Sequence[int]) -> list[int]:
    """Those of these rows on which nothing leans; as many statements as columns lead there."""
    held: set[int] = set()
    for column in _leading_to(table):
        held |= set(db.session.scalars(select(column).where(column.in_(numbers)).distinct()))
    held |= _told_by_ledger(table, numbers)
    if table == RESIDENTS:
        held |= _lived_with(numbers)
    # These name a row without a foreign key; an engine may give its number again.
    cases = select(Case.subject_id).where(Case.subject_type == table, Case.subject_id.in_(numbers))
    links = select(AimLink.subject_id).where(AimLink.kind == table, AimLink.subject_id.in_(numbers))
    held |= set(db.session.scalars(cases.union(links)))
    return [number for number in numbers if number not in held]


def _leading_to(table: str) -> Iterator[Column[Any]]:
    others: list[Table] = Model.metadata.sorted_tables
    for other in others:
        for column in other.columns:
            leads = any(key.target_fullname == f"{table}.id" for key in column.foreign_keys)
            if leads and f"{other.name}.{column.name}" not in OWN:
                yield column


def _told_by_ledger(table: str, numbers: Sequence[int]) -> set[int]:
    """Those of which an entry speaks that still counts."""
    found = set(
        db.session.scalars(
            _live(Entry.subject_id).where(
                Entry.subject_type == table, Entry.subject_id.in_(numbers)
            )
        )
    )
    for column in IN_LEDGER.get(table, ()):
        found |= set(db.session.scalars(_live(column).where(column.in_(numbers))))
    return found


def _lived_with(numbers: Sequence[int]) -> set[int]:
    """People who did something since, or whose file was used."""
    did = _live(Participation.resident_id).join(
        Participation, Participation.key == Entry.participation_key
    )
    found = set(db.session.scalars(did.where(Participation.resident_id.in_(numbers))))
    lived = or_(*(column.is_not(None) for column in USED))
    used = select(Resident.id).where(Resident.id.in_(numbers), lived)
    return found | set(db.session.scalars(used))


def _live(column: Any) -> Any:
    return select(column).select_from(Entry).where(is_live()).distinct()
