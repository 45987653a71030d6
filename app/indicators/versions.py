"""A rule of what counts that changed within a period: both series, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.centre.rule_table import RULES
from app.centre.settings import rule_on, versions
from app.centre.wording import in_words
from app.core.db import db
from app.core.i18n import _
from app.indicators.counting import Definition
from app.indicators.measures import Units, shown
from app.indicators.periods import Period
from app.indicators.privacy import is_small
from app.indicators.reckoning import days_of


@dataclass(frozen=True)
class Series:
    """The figure over the whole period as if one version of the rules had always held.

    `since` is the day that version came; None for the one the period began with. `rules` say it
    in words. `value` is None where it is hidden.
    """

    since: date | None
    rules: tuple[str, ...]
    value: float | None


def series(
    definition: Definition, period: Period, beside: float | None, smallest: int
) -> tuple[Series, ...]:
    """Each version of the rules within a period, in order; nothing where none changed.

    A statement for each version, where there are several.

    Args:
        beside: the figure they are shown beside; None when it is hidden.
        smallest: under how many people a number is hidden; so is one that differs from the figure
            by fewer, who could be told apart.
    """
    switches = dict.fromkeys(feed.switch for feed in definition.feeds if feed.switch)
    days = {
        since
        for switch in switches
        for since, _value in versions(switch)
        if period.start < since <= period.end
    }
    if not days:
        return ()
    found = []
    for since in (None, *sorted(days)):
        under = since or period.start
        value = _value(definition.under(under), period)
        hidden = is_small(value, smallest) or (
            definition.is_people
            and smallest
            and (beside is None or is_small(abs(value - beside), smallest))
        )
        found.append(Series(since, _rules(switches, under), None if hidden else value))
    return tuple(found)


def _value(definition: Definition, period: Period) -> float:
    lines = days_of([definition]).subquery()
    distinct = isinstance(definition.measure, Units)
    number: Any = func.count(lines.c.unit.distinct()) if distinct else func.sum(lines.c.amount)
    within = lines.c.day.between(period.start, period.end)
    return shown(definition.measure, db.session.scalar(select(number).where(within)) or 0)


def _rules(switches: Iterable[str], day: date) -> tuple[str, ...]:
    return tuple(
        _("%(rule)s : %(value)s", rule=RULES[key].label, value=in_words(key, rule_on(key, day)))
        for key in switches
    )
