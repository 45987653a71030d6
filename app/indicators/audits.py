"""Recount every mark from the ledger, to compare with those kept, or to replace them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, text
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import atomic, db, is_sqlite
from app.indicators.counting import MarkKey, Marks, marks_of
from app.indicators.definitions import BY_ACT, DEFINITIONS
from app.indicators.models import MONTHS, Mark
from app.indicators.reckoning import by_month, days_of
from app.ledger.aliases import same_people
from app.ledger.live import is_live
from app.ledger.models import Entry

BATCH = 1000
COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    Mark.code,
    Mark.unit,
    Mark.year,
    Mark.quartier_id,
    Mark.body_id,
    *MONTHS,
)


@dataclass(frozen=True)
class Difference:
    """A month of a mark that says something else than the ledger; numbers as in `Mark`."""

    key: MarkKey
    month: int
    kept: int
    recounted: int


@dataclass(frozen=True)
class Audit:
    """What a recount found; `marks` are those of the ledger, `entries` all its lines."""

    differences: tuple[Difference, ...]
    marks: int
    entries: int


def audit() -> Audit:
    """Compare the marks kept with the ledger, both as they were at one moment."""
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    recounted, kept = recount_in_sql(), kept_marks()
    entries = db.session.scalar(select(func.count()).select_from(Entry)) or 0
    db.session.rollback()
    differences = (
        Difference(*mark, kept[mark], recounted[mark])
        for mark in sorted(kept.keys() | recounted.keys())
        if kept[mark] != recounted[mark]
    )
    return Audit(tuple(differences), len({key for key, _month in recounted}), entries)


@atomic
def rebuild() -> int:
    """Write every mark again from the ledger, inside the database; gives how many there are.

    Silent in the ledger: nothing new happened, the totals alone are recomputed.
    """
    hold_marks()
    db.session.execute(delete(Mark), execution_options={"synchronize_session": False})
    for lines in _each():
        db.session.execute(insert(Mark).from_select([it.key for it in COLUMNS], by_month(lines)))
    return db.session.scalar(select(func.count()).select_from(Mark)) or 0


def kept_marks() -> Marks:
    """What the totals kept say."""
    return _read(select(*COLUMNS))


def recount_in_sql() -> Marks:
    """What the ledger says, counted by the database."""
    found: Marks = Marks()
    for lines in _each():
        found.update(_read(by_month(lines)))
    return found


def recount(*which: ColumnElement[bool]) -> Marks:
    """What the ledger says, or some of its entries, counted one by one."""
    found: Marks = Marks()
    same = same_people()
    query = select(Entry).where(is_live(), Entry.act.in_(BY_ACT), *which)
    for entry in db.session.scalars(query.execution_options(yield_per=BATCH)):
        found.update(marks_of(entry, BY_ACT, same))
    return found


def count_again_of(keys: set[str]) -> None:
    """Write again, inside the caller's act, the marks of these people alone."""
    hold_marks()
    db.session.execute(
        delete(Mark).where(Mark.unit.in_(keys)), execution_options={"synchronize_session": False}
    )
    theirs = recount(Entry.participation_key.in_(keys))
    rows = rows_of(Marks({mark: n for mark, n in theirs.items() if mark[0].unit in keys}))
    if rows:
        db.session.execute(insert(Mark), rows)


def rows_of(marks: Marks) -> list[dict[str, Any]]:
    """Rows to write, in the order of their key."""
    by_key: dict[MarkKey, dict[str, int]] = defaultdict(lambda: {it.key: 0 for it in MONTHS})
    for (key, month), amount in marks.items():
        by_key[key][f"m{month}"] += amount
    return [{**key._asdict(), **by_key[key]} for key in sorted(by_key)]


def _each() -> list[Any]:
    """A statement for each figure and, where it spans, one for its last days."""
    starts = [days_of([definition]) for definition in DEFINITIONS]
    ends = [days_of([definition], ends=True) for definition in DEFINITIONS if definition.spans]
    return [*starts, *ends]


def _read(query: Any) -> Marks:
    found: Marks = Marks()
    for row in db.session.execute(query.execution_options(yield_per=BATCH)):
        key = MarkKey(row[0], row[1], *(int(part) for part in row[2:5]))
        found.update({(key, n): int(it) for n, it in enumerate(row[5:], start=1) if it})
    return found


def hold_marks() -> None:
    """Whoever is recording waits here, or we wait for them: no entry is missed or counted twice."""
    if not is_sqlite():
        db.session.execute(text("LOCK TABLE indicator_marks IN EXCLUSIVE MODE"))
