"""What an entry adds to a figure, said twice: for one entry in Python, for many in SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal

from app.core.hours import Hours
from app.ledger.models import Entry

Columns = type[Entry]
NO_UNIT = ""


@dataclass(frozen=True)
class Units:
    """Distinct things: each counts once over a period, however many entries name it.

    `sql` gives one expression for each unit an entry may have, null where it has none.
    """

    names: Callable[[Entry], set[str | None]]
    sql: Callable[[Columns], tuple[Any, ...]]
    of_people: bool = False

    def of(self, entry: Entry) -> list[tuple[str, int]]:
        """(unit, 1) of each thing the entry names."""
        return [(name, 1) for name in self.names(entry) if name is not None]


@dataclass(frozen=True)
class Sum:
    """An amount, added up; `per` of it make one of what is shown (60 minutes: an hour)."""

    amount: Callable[[Entry], int]
    sql: Callable[[Columns], ColumnElement[int]]
    per: int = 1

    def of(self, entry: Entry) -> list[tuple[str, int]]:
        """The amount, of no unit."""
        return [(NO_UNIT, self.amount(entry))]


def shown(measure: Units | Sum, amount: int) -> float:
    """The number to show: whole, or an amount of hours, to the hundredth."""
    return amount if isinstance(measure, Units) else as_measured(measure, amount / measure.per)


def as_measured(measure: Units | Sum, number: float) -> float:
    """A number of what is measured: a whole one, or hours, which pages write as such."""
    if isinstance(measure, Units) or measure.per == 1:
        return int(number)
    return Hours(round(number, 2))


def _named(prefix: str, column: str) -> Units:
    """« prefix:number », by a column of the entry."""

    def name(entry: Entry) -> set[str | None]:
        number = getattr(entry, column)
        return {None if number is None else f"{prefix}:{number}"}

    return Units(name, lambda e: (_label(prefix, getattr(e, column)),))


def _label(prefix: str, number: Any) -> ColumnElement[Any]:
    return case((number.is_not(None), literal(f"{prefix}:") + cast(number, String)))


def _subject(entry: Entry) -> set[str | None]:
    return {
        f"entry:{entry.id}"
        if entry.subject_id is None
        else f"{entry.subject_type}:{entry.subject_id}"
    }


def _subject_sql(e: Columns) -> tuple[ColumnElement[Any], ...]:
    numbered = e.subject_type + ":" + cast(e.subject_id, String)
    return (case((e.subject_id.is_(None), literal("entry:") + cast(e.id, String)), else_=numbered),)


def _body(entry: Entry) -> set[str | None]:
    number = entry.body_id or entry.subject_id
    return {None if number is None else f"body:{number}"}


def _associations(entry: Entry) -> set[str | None]:
    both = {entry.association_id, entry.other_association_id} - {None}
    return {f"association:{number}" for number in both}


def _associations_sql(e: Columns) -> tuple[ColumnElement[Any], ...]:
    other = case(
        (e.other_association_id.is_distinct_from(e.association_id), e.other_association_id)
    )
    return _label("association", e.association_id), _label("association", other)


SUBJECTS = Units(_subject, _subject_sql)
"""The thing itself (a meeting, a project, a collectif…), once."""
PEOPLE = Units(lambda entry: {entry.participation_key}, lambda e: (e.participation_key,), True)
"""The person, once; nobody when the act has no person."""
BODIES = Units(_body, lambda e: (_label("body", func.coalesce(e.body_id, e.subject_id)),))
"""The instance, once, whatever it is called now."""
QUARTIERS = _named("quartier", "quartier_id")
"""The quartier where it happened."""
ACTIONS = _named("action", "action_id")
"""The action of the catalogue, once, however many sessions it had."""
PARTNERS = _named("partner", "partner_id")
"""The partner organisation, once."""
ASSOCIATIONS = Units(_associations, _associations_sql)
"""Every association the act puts together."""
DAYS = Units(
    lambda entry: {f"day:{entry.day.isoformat()}"},
    lambda e: (literal("day:") + cast(e.day, String),),
)
"""The day, once, however many people of the team were there."""
TIMES = Sum(lambda entry: 1, lambda e: literal(1))
"""The entry itself, where the act is recorded once for each thing (a session is held once)."""
HOURS = Sum(lambda entry: entry.minutes or 0, lambda e: func.coalesce(e.minutes, 0), per=60)
"""Hours, added up in minutes."""
HEADS = Sum(lambda entry: entry.head_count or 0, lambda e: func.coalesce(e.head_count, 0))
"""People counted, each time they came."""
