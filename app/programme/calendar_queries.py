"""The programme laid out by day: a month in weeks, or one week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.core.clock import PARIS, civil_day
from app.core.i18n import _
from app.core.typography import date_fr, month_fr
from app.programme.queries import EVERYTHING, Filters, SessionCard, between

DAY = timedelta(days=1)
MOST_A_DAY = 4
"""A day of a month shows so many sessions, and leads to its week for the others."""


@dataclass(frozen=True)
class Day:
    """A day and what happens then, the earliest first.

    Args:
        is_within: it belongs to the month shown, not to those around.
    """

    day: date
    cards: tuple[SessionCard, ...]
    is_within: bool


@dataclass(frozen=True)
class Span:
    """Days from a Monday to a Sunday, week by week, and where to go from there.

    Args:
        first, last: of the month, or of the week.
        before, after: a day of the span before, and of the one after.
    """

    weeks: tuple[tuple[Day, ...], ...]
    first: date
    last: date
    before: date
    after: date

    @property
    def days(self) -> list[Day]:
        """Those that belong to the span, in order."""
        return [day for week in self.weeks for day in week if day.is_within]

    @property
    def total(self) -> int:
        """How many sessions, one that lasts several days counted once."""
        return len({card.id for day in self.days for card in day.cards})


def month(day: date, filters: Filters = EVERYTHING) -> Span:
    """The month of a day, with the days that fill its first and last weeks; one statement."""
    first = day.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    return _span(first, after - DAY, filters, before=first - DAY, after=after)


def week(day: date, filters: Filters = EVERYTHING) -> Span:
    """The week of a day, from Monday to Sunday; one statement."""
    monday = day - timedelta(days=day.weekday())
    return _span(monday, monday + 6 * DAY, filters, before=monday - 7 * DAY, after=monday + 7 * DAY)


def _span(first: date, last: date, filters: Filters, *, before: date, after: date) -> Span:
    start = first - timedelta(days=first.weekday())
    number = ((last - start).days // 7 + 1) * 7
    cards = between(_midnight(start), _midnight(start + number * DAY), filters)
    found = _by_day(cards)
    days = [
        Day(day, tuple(found.get(day, ())), first <= day <= last)
        for day in (start + rank * DAY for rank in range(number))
    ]
    weeks = tuple(tuple(days[rank : rank + 7]) for rank in range(0, number, 7))
    return Span(weeks, first, last, before, after)


def _by_day(cards: Sequence[SessionCard]) -> dict[date, list[SessionCard]]:
    """Each on every day that it touches; one that ends at midnight does not touch the next."""
    found: dict[date, list[SessionCard]] = {}
    for card in cards:
        day, last = card.day, civil_day(card.ends_at - timedelta(microseconds=1))
        while day <= last:
            found.setdefault(day, []).append(card)
            day += DAY
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)


def title_of(span: Span) -> str:
    """« novembre 2026 », « du 23 au 29 novembre 2026 »."""
    first, last = span.first, span.last
    if first.day == 1 and (last + DAY).day == 1:
        return month_fr(first)
    if first.month == last.month:
        return _("du %(first)s au %(last)s", first=_rank(first), last=date_fr(last))
    begun = date_fr(first) if first.year != last.year else date_fr(first).rsplit(" ", 1)[0]
    return _("du %(first)s au %(last)s", first=begun, last=date_fr(last))


def _rank(day: date) -> str:
    return date_fr(day).split(" ", 1)[0]
