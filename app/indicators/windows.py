"""A stretch of days: the whole months in it, read from the marks, and what is left at its ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, literal, or_

from app.indicators.models import MONTHS, Mark

FIRST = date(1900, 1, 1)
"""Before anything the ledger may hold."""


def month_number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def month_end(day: date) -> date:
    """The last day of its month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From the first day to the last, both in it; empty when the last comes before."""

    start: date
    end: date

    @classmethod
    def until(cls, end: date) -> "Window":
        """Everything up to a day."""
        return cls(FIRST, end)

    @classmethod
    def before(cls, start: date) -> "Window":
        """Everything before a day."""
        return cls(FIRST, start - timedelta(days=1))

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last whole month (see `month_number`); none when reversed."""
        first, last = month_number(self.start), month_number(self.end)
        return first + (self.start.day != 1), last - (self.end != month_end(self.end))

    @property
    def edges(self) -> tuple[tuple[date, date], ...]:
        """The days that make no whole month."""
        found = set()
        if self.start <= self.end and self.start.day != 1:
            found.add((self.start, min(month_end(self.start), self.end)))
        if self.start <= self.end != month_end(self.end):
            found.add((max(self.end.replace(day=1), self.start), self.end))
        return tuple(sorted(found))

    @property
    def years(self) -> tuple[int, int]:
        """The years whose marks are read."""
        first, last = self.months
        return first // 12, last // 12

    def within_marks(self) -> ColumnElement[int]:
        """How much a mark counts in the whole months of the window."""
        first, last = self.months
        if last < first:
            return literal(0, Integer)
        (year, start), (last_year, end) = divmod(first, 12), divmod(last, 12)
        if year == last_year:
            return case((Mark.year == year, _total(start, end)), else_=0)
        return case(
            (Mark.year == year, _total(start, 11)),
            (Mark.year == last_year, _total(0, end)),
            (and_(Mark.year > year, Mark.year < last_year), _total(0, 11)),
            else_=0,
        )

    def within_edges(self, day: ColumnElement[Any], amount: ColumnElement[int]) -> Any:
        """How much a line of the ledger counts in the days that make no whole month."""
        if not self.edges:
            return literal(0, Integer)
        return case((or_(*(day.between(*pair) for pair in self.edges)), amount), else_=0)

    def first_month(self) -> ColumnElement[Any]:
        """The first whole month of the window in which a mark counts; null if none is."""
        first, last = self.months
        number = Mark.year * 12
        return case(
            *(
                (and_(column > 0, number.between(first - place, last - place)), number + place)
                for place, column in enumerate(MONTHS)
            )
        )


def _total(first: int, last: int) -> ColumnElement[int]:
    """The months of a year, from 0 to 11, added up."""
    total: ColumnElement[int] = MONTHS[first].expression
    for column in MONTHS[first + 1 : last + 1]:
        total = total + column
    return total
