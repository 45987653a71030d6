"""How moderation goes: how much, how fast, by which rule, and how often it was wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select

from app.centre.settings import rule
from app.core.charter import CHARTER
from app.core.clock import PARIS, civil_day, now, today
from app.core.db import db
from app.moderation.models import CONTEST, EDITED, HIDDEN, KEPT, Report, Ruling, Sanction

MONTHS = 12


@dataclass(frozen=True)
class Figures:
    """A month's, or a year's. `median_hours` from arrival to decision; None without one."""

    month: date | None
    reports: int
    decided: int
    median_hours: int | None
    kept: int
    hidden: int
    edited: int
    contested: int
    overturned: int


@dataclass(frozen=True)
class Report12:
    """Twelve months, the present one first, with their total, and what was held by each rule."""

    months: tuple[Figures, ...]
    total: Figures
    by_rule: tuple[tuple[Any, int], ...]
    in_force: int


@dataclass(frozen=True)
class Transparency:
    """What everyone reads. A number under the centre's threshold is None: « moins de… »."""

    reports: int | None
    hidden: int | None
    overturned: int | None
    median_hours: int | None
    threshold: int


def twelve_months() -> Report12:
    """Three statements; what was undone is left out."""
    first = months_ago(MONTHS - 1)
    rulings, reported = _since(first)
    months = [months_ago(number) for number in range(MONTHS)]
    by_month = tuple(
        _figures(
            month,
            [one for one in rulings if _month(one.at) == month],
            sum(_month(at) == month for at in reported),
        )
        for month in months
    )
    held = Counter(one.rule for one in rulings if one.outcome != KEPT)
    by_rule = tuple((CHARTER[key].label, held[key]) for key in CHARTER if held[key])
    in_force = select(func.count(Sanction.id)).where(
        Sanction.lifted_at.is_(None), Sanction.until > now()
    )
    return Report12(
        months=by_month,
        total=_figures(None, rulings, len(reported)),
        by_rule=tuple(sorted(by_rule, key=lambda pair: -pair[1])),
        in_force=db.session.scalar(in_force) or 0,
    )


def transparency() -> Transparency:
    """Twelve months in a line, for everyone; two statements and the settings."""
    threshold = int(rule("public_threshold"))
    rulings, reported = _since(months_ago(MONTHS - 1))
    figures = _figures(None, rulings, len(reported))

    def shown(number: int) -> int | None:
        return number if number == 0 or number >= threshold else None

    return Transparency(
        reports=shown(figures.reports),
        hidden=shown(figures.hidden),
        overturned=shown(figures.overturned),
        median_hours=figures.median_hours if figures.decided >= threshold else None,
        threshold=threshold,
    )


def months_ago(number: int) -> date:
    """The first day of the month so many before the present one."""
    count = today().year * 12 + today().month - 1 - number
    return date(count // 12, count % 12 + 1, 1)


def _since(first: date) -> tuple[Sequence[Any], Sequence[datetime]]:
    start = datetime.combine(first, time(), PARIS)
    rulings = db.session.execute(
        select(
            Ruling.at,
            Ruling.waiting_since,
            Ruling.outcome,
            Ruling.rule,
            Ruling.cause,
            Ruling.overturns,
        ).where(Ruling.at >= start, Ruling.undone_at.is_(None))
    ).all()
    reported = db.session.scalars(select(Report.reported_at).where(Report.reported_at >= start))
    return rulings, reported.all()


def _figures(month: date | None, rulings: Sequence[Any], reports: int) -> Figures:
    outcomes = Counter(one.outcome for one in rulings)
    return Figures(
        month=month,
        reports=reports,
        decided=len(rulings),
        median_hours=_median(one.at - one.waiting_since for one in rulings),
        kept=outcomes[KEPT],
        hidden=outcomes[HIDDEN],
        edited=outcomes[EDITED],
        contested=sum(one.cause == CONTEST for one in rulings),
        overturned=sum(one.overturns for one in rulings),
    )


def _median(delays: Iterable[timedelta]) -> int | None:
    hours = [delay.total_seconds() / 3600 for delay in delays]
    return round(median(hours)) if hours else None


def _month(moment: datetime) -> date:
    return civil_day(moment).replace(day=1)
