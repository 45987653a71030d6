"""A figure month after month: what each month of a period adds to it."""

from typing import Any

from sqlalchemy import Integer, case, extract, func, literal, or_, select, union_all

from app.core.db import db
from app.indicators.counting import Definition
from app.indicators.measures import Units
from app.indicators.models import MONTHS, Mark
from app.indicators.periods import Period
from app.indicators.reckoning import days_of, live_between
from app.indicators.windows import Window


def added_by_month(definition: Definition, period: Period) -> dict[int, int]:
    """Month (see `month_number`) → units first met in it, or the amount it adds; one statement."""
    window = Window(period.start, period.end)
    seen = union_all(*_of_marks(definition, window), *_of_edges(definition, window)).subquery()
    if isinstance(definition.measure, Units):
        first = select(func.min(seen.c.month).label("month"), literal(1, Integer).label("n"))
        seen = first.where(seen.c.n > 0).group_by(seen.c.unit).subquery()
    rows = select(seen.c.month, func.sum(seen.c.n)).group_by(seen.c.month)
    return {int(month): int(number) for month, number in db.session.execute(rows) if number}


def _of_marks(definition: Definition, window: Window) -> list[Any]:
    """(month, unit, n): the first month of each unit, or each month of an amount."""
    first, last = window.months
    here = (Mark.code == definition.code, Mark.year.between(first // 12, last // 12))
    if isinstance(definition.measure, Units):
        month = window.first_month()
        counts = case((month.is_not(None), 1), else_=0).label("n")
        firsts: list[Any] = [select(month.label("month"), Mark.unit, counts).where(*here)]
        return firsts
    months: list[Any] = [
        select((Mark.year * 12 + place).label("month"), Mark.unit, func.sum(column).label("n"))
        .where(*here, (Mark.year * 12 + place).between(first, last))
        .group_by(Mark.year, Mark.unit)
        for place, column in enumerate(MONTHS)
    ]
    return months


def _of_edges(definition: Definition, window: Window) -> list[Any]:
    if not window.edges:
        return []
    acts = {feed.act.value for feed in definition.feeds}
    among = live_between("edge", window.edges, acts, ends=False)
    found = days_of([definition], among).subquery()
    month = extract("year", found.c.day) * 12 + extract("month", found.c.day) - 1
    within = or_(*(found.c.day.between(*pair) for pair in window.edges))
    return [select(month.label("month"), found.c.unit, found.c.amount).where(within)]
