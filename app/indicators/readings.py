"""What figures are read from: the marks of whole months, and the ledger at the ends of a period."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select, union_all

from app.indicators.counting import END, Columns, Definition
from app.indicators.models import Mark
from app.indicators.periods import Period
from app.indicators.reckoning import days_of, live_between
from app.indicators.windows import Window

Part = tuple[list[Definition], bool, list[Window]]
"""Figures read together, whether by their last days, and the windows they are counted over."""


def lines(definitions: Sequence[Definition], periods: Sequence[Period]) -> CompoundSelect[Any]:
    """(code, unit, quartier, body, n0, n1…): lines whose units or amounts, taken together, are
    the value over each period; see `counted`."""
    parts = _parts(definitions, periods)
    found: list[Select[Any]] = []
    for place, part in enumerate(parts):
        found.append(_of_marks(part))
        some, ends, windows = part
        if days := {edge for it in windows for edge in it.edges}:
            acts = {feed.act.value for it in some for feed in it.feeds}
            among = live_between(f"edge{place}", days, acts, ends=ends)
            found.append(_of_edges(some, ends, windows, among))
    return union_all(*found)


def counted(lines: Any, *by: str) -> Select[Any]:
    """(code, …, units0, total0, units1, total1…) of `lines`, grouped by more columns."""
    rows = lines.subquery()
    numbers = [column for column in rows.c if column.key.startswith("n")]
    keys = [rows.c.code, *(rows.c[name] for name in by)]
    sums: list[Any] = []
    for place, number in enumerate(numbers):
        some = func.count(rows.c.unit.distinct()).filter(number > 0)
        sums += [some.label(f"units{place}"), func.sum(number).label(f"total{place}")]
    return select(*keys, *sums).group_by(*keys)


def _parts(definitions: Sequence[Definition], periods: Sequence[Period]) -> list[Part]:
    """What spans a period: begun by its last day, less what had ended before its first."""
    flowing = [it for it in definitions if not it.spans]
    spanning = [it for it in definitions if it.spans]
    parts: list[Part] = []
    if flowing:
        parts.append((flowing, False, [Window(it.start, it.end) for it in periods]))
    if spanning:
        parts.append((spanning, False, [Window.until(it.end) for it in periods]))
        parts.append((spanning, True, [Window.before(it.start) for it in periods]))
    return parts


def _of_marks(part: Part) -> Select[Any]:
    definitions, ends, windows = part
    sign, suffix = (-1, END) if ends else (1, "")
    first = min(window.years[0] for window in windows)
    last = max(window.years[1] for window in windows)
    return select(
        func.replace(Mark.code, END, "").label("code") if ends else Mark.code,
        Mark.unit,
        Mark.quartier_id,
        Mark.body_id,
        *((it.within_marks() * sign).label(f"n{place}") for place, it in enumerate(windows)),
    ).where(Mark.code.in_([it.code + suffix for it in definitions]), Mark.year.between(first, last))


def _of_edges(
    definitions: list[Definition], ends: bool, windows: list[Window], among: Columns
) -> Select[Any]:
    found = days_of(definitions, among, ends=ends).subquery()
    numbers = [it.within_edges(found.c.day, found.c.amount) for it in windows]
    code = func.replace(found.c.code, END, "") if ends else found.c.code
    sign = -1 if ends else 1
    return select(
        code.label("code"),
        found.c.unit,
        found.c.quartier_id,
        found.c.body_id,
        *((number * sign).label(f"n{place}") for place, number in enumerate(numbers)),
    )
