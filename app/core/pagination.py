"""Lists by pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import abort, request
from sqlalchemy import Select, func, select

from app.core.db import db

T = TypeVar("T")

MOST_DIGITS = 6
"""Of a page's number: beyond, no list goes, and no database counts."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list: `number` from 1 to `pages`, `total` rows in all."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some rows of a list too long to be counted: whether more follow, not how many."""

    items: Sequence[T]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def page_number() -> int:
    """The page asked for in the address; 404 when it is no page number."""
    wanted = request.args.get("page", "1")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= MOST_DIGITS and int(wanted)):
        abort(404)
    return int(wanted)


def part_of(rows: Sequence[T], number: int, size: int = 20) -> Page[T]:
    """A page of rows already at hand, for lists that no statement can cut.

    A page past the end is a 404, unless it is the first.
    """
    chosen = rows[(number - 1) * size : number * size]
    if not chosen and number > 1:
        abort(404)
    return Page(chosen, number, size, len(rows))


def paginate(
    query: Select[*tuple[Any, ...]], number: int, size: int = 20, *, scalars: bool = False
) -> Page[Any]:
    """Two statements: the rows of one page, and how many there are in all.

    A page past the end is a 404, unless it is the first.
    """
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    chosen = query.limit(size).offset((number - 1) * size)
    rows = db.session.scalars(chosen).all() if scalars else db.session.execute(chosen).all()
    if not rows and number > 1:
        abort(404)
    return Page(rows, number, size, total or 0)
