"""What the house holds of one person, read by the inventory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, false, func, select

from app.accounts.models import Resident
from app.core.db import Model, db
from app.core.i18n import _
from app.core.typography import date_fr, time_fr
from app.privacy.child_words import HOLDINGS_OF_CHILD, TREATMENTS_OF_CHILD
from app.privacy.holding import Holding, Shown
from app.privacy.inventory import HOLDINGS
from app.privacy.treatments import TREATMENTS, Treatment

NOTHING = "–"
ON_PAGE = 50
"""Rows of each kind on the page; the file has them all."""


@dataclass(frozen=True)
class Rows:
    """Rows of one holding as the person reads them; without columns, only how many there are."""

    label: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The first row as (what, value), without what is not known."""
        return self.known[0]

    @property
    def known(self) -> list[list[tuple[str, str]]]:
        """Every row so."""
        return [
            [pair for pair in zip(self.head, row, strict=True) if pair[1] != NOTHING]
            for row in self.rows
        ]

    @property
    def more(self) -> int:
        """How many are in the file alone."""
        return self.total - len(self.rows) if self.head else 0


@dataclass(frozen=True)
class Section:
    """What serves one purpose."""

    treatment: Treatment
    parts: tuple[Rows, ...]


def table(name: str) -> Table:
    """A table of the house by its name."""
    return Model.metadata.tables[name]


def about(holding: Holding, person: Resident) -> ColumnElement[bool]:
    """The rows of a holding that speak of this person."""
    own = table(holding.table).c
    if holding.through:
        parent = next(one for one in HOLDINGS if one.column == holding.through)
        ids = select(table(parent.table).c.id).where(about(parent, person))
        return own[holding.name].in_(ids)
    value = getattr(person, holding.by)
    if value is None:
        return false()
    condition: ColumnElement[bool] = own[holding.name] == value
    for name, wanted in holding.where.items():
        condition &= own[name] == wanted
    return condition


def everything(
    person: Resident, on_page: int | None = ON_PAGE, *, is_me: bool = True
) -> list[Section]:
    """Section by section; as many statements as there are holdings, whatever they hold.

    `on_page`: the most rows of each kind; all of them when None. `is_me` is false for whoever
    reads it of a child they answer for: the words no longer speak to the person.
    """
    found: dict[str, list[Rows]] = {key: [] for key in TREATMENTS}
    for holding in HOLDINGS:
        if not holding.hidden:
            rows = _rows(holding, person, on_page, holding_label(holding, is_me=is_me))
            if rows.total:
                found[holding.purpose].append(rows)
    return [
        Section(treatment(key, is_me=is_me), tuple(parts)) for key, parts in found.items() if parts
    ]


def holding_label(holding: Holding, *, is_me: bool) -> str:
    """What stands above the rows of a holding, for the person or for who answers for them."""
    return str(holding.label if is_me else HOLDINGS_OF_CHILD.get(holding.column, holding.label))


def treatment(key: str, *, is_me: bool) -> Treatment:
    """A purpose, in the words of the person or of who answers for them."""
    found = TREATMENTS[key]
    name, purpose = TREATMENTS_OF_CHILD.get(key, (None, None))
    if is_me:
        return found
    return replace(found, name=name or found.name, purpose=purpose or found.purpose)


def every_row(holding: Holding, person: Resident) -> Sequence[dict[str, str]]:
    """All that a holding has of a person, for the file: label to words."""
    shown = _told(holding, person)
    if not shown:
        return []
    rows = db.session.execute(_query(holding, person, shown))
    labels = [str(one.label) for one in shown]
    return [dict(zip(labels, _words(shown, row), strict=True)) for row in rows]


def _told(holding: Holding, person: Resident) -> tuple[Shown, ...]:
    """The columns that say something of this person: no reminder goes without an address."""
    return tuple(one for one in holding.shown if not one.needs or getattr(person, one.needs))


def count(holding: Holding, person: Resident) -> int:
    """How many rows of a holding speak of a person."""
    counted = select(func.count()).select_from(table(holding.table)).where(about(holding, person))
    return db.session.scalar(counted) or 0


def _rows(holding: Holding, person: Resident, on_page: int | None, label: str) -> Rows:
    shown = tuple(one for one in _told(holding, person) if not one.only_in_file)
    if not shown:
        return Rows(label, (), (), count(holding, person))
    total = func.count().over().label("total")
    query = _query(holding, person, shown).add_columns(total).limit(on_page)
    rows = db.session.execute(query).all()
    return Rows(
        label,
        tuple(str(one.label) for one in shown),
        tuple(_words(shown, row[:-1]) for row in rows),
        rows[0][-1] if rows else 0,
    )


def _query(holding: Holding, person: Resident, shown: Sequence[Shown]) -> Select[Any]:
    """The columns shown, each found by its path of foreign keys, the latest rows first."""
    start = table(holding.table)
    joined: FromClause = start
    columns: list[Any] = []
    for one in shown:
        here: Any = start
        *steps, last = one.path.split(".")
        for step in steps:
            name, _sign, named = step.partition(">")
            foreign = here.c[name]
            if named:
                there = table(named).alias()
            else:
                (key,) = foreign.foreign_keys
                there = key.column.table.alias()
            joined = joined.outerjoin(there, foreign == there.c.id)
            here = there
        columns.append(here.c[last].label(f"column_{len(columns)}"))
    order = [column.desc() for column in start.primary_key.columns]
    return select(*columns).select_from(joined).where(about(holding, person)).order_by(*order)


def _words(shown: Sequence[Shown], row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_word(one, value) for one, value in zip(shown, row, strict=True))


def _word(shown: Shown, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if shown.words is not None:
        return str(shown.words.get(value, value))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, datetime):
        return f"{date_fr(value)}, {time_fr(value)}"
    if isinstance(value, date):
        return date_fr(value)
    return shown.says(value)
