"""The stretches of time that pages of partners are read over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.clock import months_before, today
from app.core.i18n import _

YEARS_BACK = 3


@dataclass(frozen=True)
class Span:
    """From a day to another, both in it; `key` is what the address carries."""

    key: str
    label: str
    since: date
    until: date


def spans() -> Sequence[Span]:
    """The last twelve months, this year, and the years before it."""
    day = today()
    last = Span(
        "12-mois", _("Les 12 derniers mois"), months_before(day, 12) + timedelta(days=1), day
    )
    years = range(day.year, day.year - YEARS_BACK - 1, -1)
    return [last, *(Span(str(y), str(y), date(y, 1, 1), date(y, 12, 31)) for y in years)]


def span_of(key: str) -> Span:
    """The one asked for, or the last twelve months."""
    offered = spans()
    return next((span for span in offered if span.key == key), offered[0])
