"""The same counting in SQL: from the ledger to marks, for the recount and for parts of months."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    case,
    extract,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.indicators.counting import END, Columns, Definition
from app.indicators.measures import NO_UNIT, Units
from app.ledger.live import is_live
from app.ledger.models import Entry, ParticipationAlias

Days = tuple[date, date]


def same_people() -> CTE:
    """Each alias and the key it counts under, however many aliases lie between."""
    known = aliased(ParticipationAlias)
    straight = select(ParticipationAlias.key, ParticipationAlias.same_as).cte(
        "steps", recursive=True
    )
    steps = straight.union(
        select(straight.c.key, known.same_as).join(known, known.key == straight.c.same_as)
    )
    last = aliased(ParticipationAlias)
    goes_on = select(last.key).where(last.key == steps.c.same_as).exists()
    return select(steps.c.key, steps.c.same_as).where(~goes_on).cte("same_people")


def days_of(
    definitions: Iterable[Definition], among: Columns = Entry, *, ends: bool = False
) -> CompoundSelect[Any]:
    """(code, unit, day, quartier, body, amount) of each thing counted, a line for each entry.

    Args:
        among: the ledger, of which live entries alone are taken, or live ones read before.
        ends: the last days of what spans, in place of the first.
    """
    same = same_people()
    return union_all(
        *(line for definition in definitions for line in _lines(definition, among, same, ends=ends))
    )


def day_counted(among: Columns, *, ends: bool) -> ColumnElement[date]:
    """The day an entry counts on; the last one of a span, which is never before its first."""
    if not ends:
        return among.day.expression
    return case((among.until > among.day, among.until), else_=among.day)


def _lines(
    definition: Definition, among: Columns, same: CTE, *, ends: bool
) -> Iterable[Select[Any]]:
    measure = definition.measure
    amounts: list[tuple[Any, Any]]
    if not isinstance(measure, Units):
        amounts = [(literal(NO_UNIT, String), measure.sql(among))]
    else:
        amounts = [(unit, literal(1, Integer)) for unit in measure.sql(among)]
    for unit, amount in amounts:
        by_people = isinstance(measure, Units) and measure.of_people
        line = select(
            literal(definition.code + (END if ends else ""), String).label("code"),
            (func.coalesce(same.c.same_as, unit) if by_people else unit).label("unit"),
            day_counted(among, ends=ends).label("day"),
            func.coalesce(among.quartier_id, 0).label("quartier_id"),
            func.coalesce(among.body_id, 0).label("body_id"),
            amount.label("amount"),
        ).where(definition.clause(among), unit.is_not(None), amount != 0)
        if among is Entry:
            line = line.where(is_live())
        if by_people:
            line = line.outerjoin_from(among, same, same.c.key == among.participation_key)
        yield line


def by_month(lines: Any) -> Select[Any]:
    """Marks, as the table holds them, out of `days_of`."""
    found = lines.subquery()
    # Months first: the day is read once a line, and what is spread over columns is short.
    where = (
        found.c.code,
        found.c.unit,
        extract("year", found.c.day).label("year"),
        found.c.quartier_id,
        found.c.body_id,
        extract("month", found.c.day).label("month"),
    )
    months = select(*where, func.sum(found.c.amount).label("amount")).group_by(*where).subquery()
    key = [months.c[column.key] for column in where[:5]]
    columns = (
        func.sum(case((months.c.month == number, months.c.amount), else_=0)).label(f"m{number}")
        for number in range(1, 13)
    )
    return select(*key, *columns).group_by(*key)


def live_between(name: str, days: Iterable[Days], acts: Iterable[str], *, ends: bool) -> Columns:
    """The live entries that count on some days, read once for all the figures.

    Each stretch of days is asked for apart: asked for together, SQLite reads every day.
    """
    day, known = day_counted(Entry, ends=ends), Entry.act.in_(sorted(acts))
    parts = (select(Entry).where(known, day.between(*pair), is_live()) for pair in _apart(days))
    return aliased(Entry, union_all(*parts).cte(name))


def _apart(days: Iterable[Days]) -> list[Days]:
    """The same days, none twice, in order."""
    found: list[Days] = []
    for first, last in sorted(days):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
