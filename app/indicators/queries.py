"""The figures, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from app.centre.settings import rule
from app.core.db import db
from app.indicators import periods
from app.indicators.counting import Definition
from app.indicators.definitions import BY_CODE, DEFINITIONS
from app.indicators.matrix import INDICATORS, Indicateur
from app.indicators.models import Mark, Target
from app.indicators.periods import Period
from app.indicators.privacy import is_small


@dataclass(frozen=True)
class Beside:
    """A secondary figure, shown beside an indicator."""

    code: str
    value: int | None
    words: str
    hidden: bool


@dataclass(frozen=True)
class Figure:
    """An indicator over a period.

    `value` is None when it is not fed yet, or `hidden` from the public. `before` is the value
    of the previous period, as far into it as we are in this one; None when it is not shown.
    """

    indicator: Indicateur
    definition: Definition
    value: int | None
    hidden: bool
    before: int | None
    target: int | None
    beside: tuple[Beside, ...]

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def words(self) -> str:
        """What follows the number."""
        return self.definition.words(self.value)

    @property
    def change(self) -> int | None:
        """How many more than before; None when either is not shown."""
        if self.value is None or self.before is None:
            return None
        return self.value - self.before


@dataclass(frozen=True)
class Highlights:
    """What the front page tells of a civil year; `people` is None when hidden or nobody yet."""

    year: int
    people: int | None
    actions: int
    quartiers: int
    connections: int
    collectifs: int


def threshold() -> int:
    """Under how many people a number is hidden from the public."""
    return int(rule("public_threshold"))


def values(start: date, end: date, *, public: bool = True) -> list[Figure]:
    """The 27 indicators between two days, both included; one statement and the settings."""
    return figures(periods.of(start, end), public=public)


def figures(period: Period, *, public: bool = True, only: str | None = None) -> list[Figure]:
    """The 27 indicators over a period, or one of them; one statement and the settings."""
    codes = [
        definition.code
        for definition in DEFINITIONS
        if definition.fed and only in (None, definition.code[:5])
    ]
    counted, targets = _counted(codes, period)
    smallest = threshold() if public else 0
    return [
        _figure(indicator, counted, targets, smallest)
        for indicator in INDICATORS.values()
        if only in (None, indicator.code)
    ]


def highlights(year: int) -> Highlights:
    """The figures of the front page; one statement and the settings."""
    codes = ("3.2.3", "3.2.1", "3.2.1.quartiers", "3.3.2", "3.3.3")
    rows = db.session.execute(
        select(Mark.code, func.count(Mark.unit.distinct()))
        .where(Mark.code.in_(codes), Mark.day.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Mark.code)
    )
    found = {code: number for code, number in rows}
    people = found.get("3.2.3", 0)
    return Highlights(
        year=year,
        people=None if is_small(people, threshold()) else people,
        actions=found.get("3.2.1", 0),
        quartiers=found.get("3.2.1.quartiers", 0),
        connections=found.get("3.3.2", 0),
        collectifs=found.get("3.3.3", 0),
    )


def _counted(
    codes: Iterable[str], period: Period
) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """Code → (value, value before), and code → target, together in one statement.

    Distinct units are recounted over each period, never summed.
    """
    before = period.previous

    def between(start: date, end: date) -> ColumnElement[str]:
        return case((Mark.day.between(start, end), Mark.unit))

    counts = (
        select(
            literal("count").label("what"),
            Mark.code,
            func.count(between(period.start, period.end).distinct()).label("value"),
            func.count(between(before.start, period.compared_until).distinct()).label("before"),
        )
        .where(Mark.code.in_(list(codes)), Mark.day.between(before.start, period.end))
        .group_by(Mark.code)
    )
    aims = select(literal("target"), Target.code, Target.value, literal(0)).where(
        Target.year == (period.year or 0)
    )
    rows = db.session.execute(union_all(counts, aims)).all()
    return (
        {row.code: (row.value, row.before) for row in rows if row.what == "count"},
        {row.code: row.value for row in rows if row.what == "target"},
    )


def _figure(
    indicator: Indicateur,
    counted: dict[str, tuple[int, int]],
    targets: dict[str, int],
    smallest: int,
) -> Figure:
    definition = BY_CODE[indicator.code]
    value, before = counted.get(indicator.code, (0, 0))
    hidden = definition.is_people and is_small(value, smallest)
    hidden_before = definition.is_people and is_small(before, smallest)
    return Figure(
        indicator=indicator,
        definition=definition,
        value=value if definition.fed and not hidden else None,
        hidden=hidden,
        before=before if definition.fed and not hidden_before else None,
        target=targets.get(indicator.code),
        beside=tuple(
            _beside(other, counted, smallest)
            for other in DEFINITIONS
            if other.shown and other.code.startswith(f"{indicator.code}.")
        ),
    )


def _beside(definition: Definition, counted: dict[str, tuple[int, int]], smallest: int) -> Beside:
    value = counted.get(definition.code, (0, 0))[0]
    hidden = definition.is_people and is_small(value, smallest)
    return Beside(
        definition.code, None if hidden else value, definition.words(value if value else 0), hidden
    )
