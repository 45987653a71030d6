"""The figures, as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import literal, select, union_all

from app.centre.settings import rule
from app.core.db import db
from app.indicators import periods
from app.indicators.counting import Definition
from app.indicators.definitions import BY_CODE, DEFINITIONS
from app.indicators.matrix import INDICATORS, Indicateur
from app.indicators.measures import Units, as_measured, shown
from app.indicators.models import Target
from app.indicators.periods import Period
from app.indicators.privacy import Cell, hide_small, is_small
from app.indicators.readings import counted, lines


@dataclass(frozen=True)
class Beside:
    """A secondary figure, shown beside an indicator."""

    code: str
    value: float | None
    words: str
    after: str
    hidden: bool


@dataclass(frozen=True)
class Figure:
    """An indicator over a period.

    `value` is None when it is `hidden` from the public; hours may have a fraction. `before` is
    the value of the previous period, as far into it as we are in this one; None when hidden.
    """

    indicator: Indicateur
    definition: Definition
    value: float | None
    hidden: bool
    before: float | None
    target: float | None
    beside: tuple[Beside, ...]

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def words(self) -> str:
        """The unit, for whoever computes."""
        return self.definition.words(self.value)

    @property
    def after(self) -> str:
        """What follows the number where people read it."""
        return self.definition.after(self.value)

    @property
    def change(self) -> float | None:
        """How many more than before; None when either is not shown."""
        if self.value is None or self.before is None:
            return None
        return as_measured(self.definition.measure, self.value - self.before)


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
    wanted = [it for it in DEFINITIONS if only in (None, it.code[:5])]
    found, targets = _read(wanted, period)
    smallest = threshold() if public else 0
    return [
        _figure(indicator, found, targets, smallest)
        for indicator in INDICATORS.values()
        if only in (None, indicator.code)
    ]


def highlights(year: int) -> Highlights:
    """The figures of the front page; one statement and the settings."""
    codes = ("3.2.3", "3.2.1", "3.2.1.quartiers", "3.3.2", "3.3.3")
    definitions = [BY_CODE[code] for code in codes]
    rows = db.session.execute(counted(lines(definitions, [periods.civil_year(year)])))
    found = {row.code: _number(BY_CODE[row.code], row, 0) for row in rows}
    people = int(found.get("3.2.3", 0))
    return Highlights(
        year=year,
        people=None if is_small(people, threshold()) else people,
        actions=int(found.get("3.2.1", 0)),
        quartiers=int(found.get("3.2.1.quartiers", 0)),
        connections=int(found.get("3.3.2", 0)),
        collectifs=int(found.get("3.3.3", 0)),
    )


Pair = tuple[float, float]


def _read(definitions: list[Definition], period: Period) -> tuple[dict[str, Pair], dict[str, int]]:
    """Code → (value, value before), and code → target, together in one statement.

    Distinct units are recounted over each period, never summed.
    """
    counts = counted(lines(definitions, [period, period.until_now])).subquery()
    aims = select(
        literal("target:") + Target.code, Target.value, *(literal(0) for _ in range(3))
    ).where(Target.year == (period.year or 0))
    found: dict[str, Pair] = {}
    targets: dict[str, int] = {}
    rows: Any = db.session.execute(union_all(select(counts), aims))
    for row in rows:
        what, dash, code = row.code.partition("target:")
        if dash:
            targets[code] = row.units0
        else:
            definition = BY_CODE[what]
            found[what] = (_number(definition, row, 0), _number(definition, row, 1))
    return found, targets


def _number(definition: Definition, row: Any, place: int) -> float:
    kind = "units" if isinstance(definition.measure, Units) else "total"
    return shown(definition.measure, int(getattr(row, f"{kind}{place}") or 0))


def _figure(
    indicator: Indicateur,
    found: dict[str, Pair],
    targets: dict[str, int],
    smallest: int,
) -> Figure:
    definition = BY_CODE[indicator.code]
    value, before = found.get(indicator.code, (0, 0))
    aim = targets.get(indicator.code)
    hidden = definition.is_people and is_small(value, smallest)
    hidden_before = definition.is_people and is_small(before, smallest)
    return Figure(
        indicator=indicator,
        definition=definition,
        value=None if hidden else value,
        hidden=hidden,
        before=None if hidden_before else before,
        target=None if aim is None else as_measured(definition.measure, aim),
        beside=_beside(indicator.code, found, smallest),
    )


def _beside(code: str, found: dict[str, Pair], smallest: int) -> tuple[Beside, ...]:
    """The figures beside an indicator; where shares make up its total, none gives another away."""
    others = [it for it in DEFINITIONS if it.shown and it.code.startswith(f"{code}.")]
    numbers = {it.code: found.get(it.code, (0, 0))[0] for it in others}
    shares = [it.code for it in others if it.parts_total]
    cells = hide_small([Cell(share, numbers[share]) for share in shares], smallest)
    secret = {cell.label for cell in cells if cell.hidden}
    secret |= {it.code for it in others if it.is_people and is_small(numbers[it.code], smallest)}
    return tuple(
        Beside(
            it.code,
            None if it.code in secret else numbers[it.code],
            it.words(numbers[it.code]),
            it.after(numbers[it.code]),
            it.code in secret,
        )
        for it in others
    )
