"""Quartiers and categories, and what was set by whom, as pages need them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, column, false, func, or_, select, table

from app.audit.acts import AuditAct
from app.audit.models import AuditEntry
from app.centre.models import Category, Quartier
from app.core.db import db

MOST_READ, MOST_SHOWN = 300, 3
PEOPLE = table(
    "residents",
    *(column(name) for name in ("id", "given_name", "family_name", "erased_at")),
)
"""Read by name: the accounts stand above the centre."""


def quartier_choices(keep: int | None = None) -> list[tuple[int, str]]:
    """(id, name) of those offered, in order; and of `keep`, which a form already holds."""
    return _choices(Quartier, keep)


def category_choices(keep: int | None = None) -> list[tuple[int, str]]:
    """(id, name), as `quartier_choices`."""
    return _choices(Category, keep)


def _choices(kind: type[Quartier | Category], keep: int | None) -> list[tuple[int, str]]:
    offered = or_(kind.retired_on.is_(None), kind.id == (keep or 0))
    query = select(kind.id, kind.name).where(offered).order_by(kind.position, kind.name)
    return [(row.id, row.name) for row in db.session.execute(query)]


@dataclass(frozen=True)
class ListRow:
    """A quartier or a category in its list; `is_qpv` of a quartier alone."""

    id: int
    name: str
    retired_on: date | None
    is_qpv: bool = False


def rows_of(kind: type[Quartier | Category]) -> list[ListRow]:
    """Every row, in order, the retired ones last; one statement."""
    is_qpv = Quartier.is_qpv if kind is Quartier else false()
    rows = db.session.execute(
        select(kind.id, kind.name, kind.retired_on, is_qpv).order_by(
            kind.retired_on.is_not(None), kind.position, kind.name
        )
    )
    return [ListRow(row.id, row.name, row.retired_on, bool(row[3])) for row in rows]


@dataclass(frozen=True)
class Change:
    """A rule set by someone, from a value to another; `by` is « Claire F. », if still there."""

    entry_id: int
    at: datetime
    by: str | None
    before: Any
    after: Any


def rule_changes() -> dict[str, list[Change]]:
    """The latest changes of each rule, the newest first; one statement."""
    found: dict[str, list[Change]] = defaultdict(list)
    name = PEOPLE.c.given_name + " " + func.substr(PEOPLE.c.family_name, 1, 1) + "."
    entries = db.session.execute(
        select(AuditEntry, case((PEOPLE.c.erased_at.is_(None), name)))
        .outerjoin(PEOPLE, PEOPLE.c.id == AuditEntry.by_id)
        .where(AuditEntry.act == AuditAct.SETTING_CHANGED.value)
        .order_by(AuditEntry.id.desc())
        .limit(MOST_READ)
    )
    for entry, by in entries:
        details: dict[str, Any] = entry.details or {}
        before, after = details.get("before"), details.get("after")
        if not isinstance(before, dict) or not isinstance(after, dict):
            continue
        for key, value in after.items():
            if len(found[key]) < MOST_SHOWN:
                found[key].append(Change(entry.id, entry.at, by, before.get(key), value))
    return found
