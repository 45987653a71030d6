"""What a rule of what counts would change of the years gone by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, extract, literal, or_, select, union_all

from app.centre.settings import versions
from app.core.db import db
from app.indicators.counting import DAY, Feed
from app.indicators.definitions import DEFINITIONS
from app.indicators.matrix import INDICATORS
from app.indicators.models import PublishedYear
from app.ledger.live import is_live
from app.ledger.models import Entry

Reached = set[tuple[str, int, bool]]
"""(code, year, whether that year is published)."""


def figures_reached(values: Mapping[str, Any], since: date) -> Reached:
    """The figures of the 27 with an act that would count otherwise; one statement.

    Someone counted by another act too stays counted: a figure that is told may keep its value.

    Args:
        values: rule of what counts → what it would say from `since` on.
    """
    queries = [
        query
        for definition in DEFINITIONS
        if definition.code in INDICATORS
        for feed in definition.feeds
        if feed.switch is not None
        and feed.switch in values
        and (query := _otherwise(definition.code, feed, values[feed.switch], since)) is not None
    ]
    if not queries:
        return set()
    lines = union_all(*queries).subquery()
    found = (
        select(lines.c.code, lines.c.year, PublishedYear.year.is_not(None))
        .outerjoin(PublishedYear, PublishedYear.year == lines.c.year)
        .distinct()
    )
    return {(code, int(year), bool(given)) for code, year, given in db.session.execute(found)}


def _otherwise(code: str, feed: Feed, value: object, since: date) -> Select[Any] | None:
    """(code, year) of the acts of a feed, on the days whose rule would say something else."""
    said = versions(feed.switch or "")
    ends = [*(start - DAY for start, _value in said[1:]), date.max]
    days = [
        Entry.day.between(max(start, since), end)
        for (start, kept), end in zip(said, ends, strict=True)
        if kept != value and end >= since
    ]
    if not days:
        return None
    acts = replace(feed, switch=None).clause()
    year = extract("year", Entry.day).label("year")
    found: Any = select(literal(code).label("code"), year)
    of_those_days: Select[Any] = found.where(acts, is_live(), or_(*days))
    return of_those_days
