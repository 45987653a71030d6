"""The one clock: aware UTC moments, and the centre's civil day."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The present day in the centre's time zone."""
    return now().astimezone(PARIS).date()


def civil_day(moment: datetime) -> date:
    """The day on which an aware moment falls at the centre."""
    return moment.astimezone(PARIS).date()


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live at another moment: the demonstration year and the tests do."""
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is required")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
