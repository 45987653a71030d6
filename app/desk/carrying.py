"""Carry rows from one file to another, table by table, and carry them back."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from app.core.db import Model, UTCDateTime, db
from app.desk.merge_rules import MOVES

Row = dict[str, Any]


def links() -> list[str]:
    """Every column of the house that names a resident, « table.column »."""
    return sorted(
        f"{table.name}.{key.parent.name}"
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if _is_of_residents(key)
    )


def _is_of_residents(key: ForeignKey) -> bool:
    return key.column.table.name == "residents"


def table(name: str) -> Table:
    """A table of the house by its name."""
    return Model.metadata.tables[name]


def _column(link: str) -> Column[Any]:
    of, name = link.split(".")
    return table(of).c[name]


def count_rows(ids: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """For each link that moves, how many rows hang from either file; one statement."""
    counted = [
        select(func.count()).where(_column(link) == one).scalar_subquery()
        for link in MOVES
        for one in ids
    ]
    found = db.session.execute(select(*counted)).one()
    for place, link in enumerate(MOVES):
        yield link, found[2 * place], found[2 * place + 1]


def carry(from_id: int, to_id: int) -> tuple[dict[str, list[Row]], list[Row]]:
    """Move every row that follows; gives where they are now, and those set aside.

    A row that the database refuses beside one of the kept file (the same proposal supported, a
    seat in the same comité) is taken out and remembered whole.
    """
    moved: dict[str, list[Row]] = {}
    aside: list[Row] = []
    for link in MOVES:
        column = _column(link)
        held = column.table
        for row in db.session.execute(select(held).where(column == from_id)).mappings().all():
            key = {part.name: row[part.name] for part in held.primary_key}
            if _update(held, key, column.name, to_id):
                here = {**key, column.name: to_id} if column.name in key else key
                moved.setdefault(link, []).append(_written(here))
            else:
                _remove(held, key)
                aside.append({"table": held.name, "row": _written(row)})
    return moved, aside


def set_aside(table_name: str, key: Row) -> Row:
    """Take one row out, remembered whole as `carry` does."""
    held = table(table_name)
    row = db.session.execute(select(held).where(*_same(held, key))).mappings().one()
    _remove(held, key)
    return {"table": table_name, "row": _written(row)}


def carry_back(moved: dict[str, list[Row]], aside: list[Row], from_id: int, to_id: int) -> None:
    """Undo `carry`: what was moved goes back, what was set aside is there again.

    What has gone meanwhile, with a proposal deleted for instance, stays gone.
    """
    for link, keys in moved.items():
        column = _column(link)
        for key in keys:
            read = _read(column.table, key)
            there = select(column).where(*_same(column.table, read), column == from_id)
            if db.session.execute(there).first() is not None:
                _update(column.table, read, column.name, to_id)
    for one in aside:
        held = table(one["table"])
        try:
            with db.session.begin_nested():
                db.session.execute(insert(held).values(**_read(held, one["row"])))
        except IntegrityError:
            continue


def _update(held: Table, key: Row, name: str, resident_id: int) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(update(held).where(*_same(held, key)).values({name: resident_id}))
    except IntegrityError:
        return False
    return True


def _remove(held: Table, key: Row) -> None:
    db.session.execute(delete(held).where(*_same(held, key)))


def _same(held: Table, key: Row) -> list[ColumnElement[bool]]:
    return [held.c[part.name] == key[part.name] for part in held.primary_key]


def _written(row: Any) -> Row:
    """As JSON can hold it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in dict(row).items()
    }


def _read(held: Table, row: Row) -> Row:
    """As the table takes it."""
    return {
        name: _moment(held.c[name], value) if isinstance(value, str) else value
        for name, value in row.items()
        if name in held.c
    }


def _moment(column: Column[Any], value: str) -> Any:
    if isinstance(column.type, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
