"""Recount every mark from the ledger, to compare with those kept, or to replace them."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, text
from sqlalchemy.orm import aliased

from app.core.db import atomic, db, is_sqlite
from app.indicators.counting import MarkKey, marks_of
from app.indicators.definitions import BY_ACT
from app.indicators.models import Mark
from app.ledger.aliases import same_people
from app.ledger.models import Entry

BATCH = 1000


@dataclass(frozen=True)
class Difference:
    """A mark that says something else than the ledger; a number is in live entries."""

    key: MarkKey
    kept: int
    recounted: int


@dataclass(frozen=True)
class Audit:
    """What a recount found; `marks` are those of the ledger, `entries` all its lines."""

    differences: tuple[Difference, ...]
    marks: int
    entries: int


def is_live() -> ColumnElement[bool]:
    """An entry that is no void, and that none voids."""
    void = aliased(Entry)
    voided = select(void.id).where(void.voids_id == Entry.id).exists()
    return Entry.voids_id.is_(None) & ~voided


def audit() -> Audit:
    """Compare the marks kept with the ledger, both as they were at one moment."""
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    recounted = _recount()
    columns = (Mark.code, Mark.day, Mark.unit, Mark.quartier_id, Mark.body_id, Mark.entries)
    kept = {MarkKey(*row[:5]): row[5] for row in db.session.execute(select(*columns))}
    entries = db.session.scalar(select(func.count()).select_from(Entry)) or 0
    db.session.rollback()
    differences = (
        Difference(key, kept.get(key, 0), recounted[key])
        for key in sorted(kept.keys() | recounted.keys())
        if kept.get(key, 0) != recounted[key]
    )
    return Audit(tuple(differences), len(recounted), entries)


@atomic
def rebuild() -> int:
    """Write every mark again from the ledger; gives how many there are.

    Silent in the ledger: nothing new happened, the totals alone are recomputed.
    """
    _hold_marks()
    db.session.execute(delete(Mark), execution_options={"synchronize_session": False})
    rows = [{**key._asdict(), "entries": number} for key, number in _recount().items()]
    for start in range(0, len(rows), BATCH):
        db.session.execute(insert(Mark), rows[start : start + BATCH])
    return len(rows)


def count_again_of(keys: set[str]) -> None:
    """Write again, inside the caller's act, the marks of these people alone."""
    _hold_marks()
    db.session.execute(
        delete(Mark).where(Mark.unit.in_(keys)), execution_options={"synchronize_session": False}
    )
    theirs = _recount(Entry.participation_key.in_(keys))
    rows = [
        {**key._asdict(), "entries": number} for key, number in theirs.items() if key.unit in keys
    ]
    if rows:
        db.session.execute(insert(Mark), rows)


def _hold_marks() -> None:
    """Whoever is recording waits here, or we wait for them: no entry is missed or counted twice."""
    if not is_sqlite():
        db.session.execute(text("LOCK TABLE indicator_marks IN EXCLUSIVE MODE"))


def _recount(*which: ColumnElement[bool]) -> Counter[MarkKey]:
    found: Counter[MarkKey] = Counter()
    same = same_people()
    query = select(Entry).where(is_live(), Entry.act.in_(BY_ACT), *which)
    for entry in db.session.scalars(query.execution_options(yield_per=BATCH)):
        found.update(marks_of(entry, BY_ACT, same))
    return found
