"""How a ledger entry becomes marks: the one way, for the totals kept and for the recount."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, or_

from app.centre.settings import rule
from app.ledger.acts import Act
from app.ledger.models import Entry

PRESENT = object()
"""In a feed's conditions: any value, but a value."""


@dataclass(frozen=True)
class Feed:
    """The entries of one act whose facts are these; data, so that SQL and Python agree.

    `switch` names the centre's rule without which it feeds nothing; the marks are written again
    when that rule changes.
    """

    act: Act
    where: Mapping[str, object] = field(default_factory=dict)
    switch: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether the centre counts it."""
        return self.switch is None or bool(rule(self.switch))

    def takes(self, entry: Entry) -> bool:
        """Whether this entry is one of them."""
        return (
            entry.act == self.act
            and self.is_on
            and all(
                found is not None if wanted is PRESENT else found == wanted
                for found, wanted in ((getattr(entry, name), it) for name, it in self.where.items())
            )
        )

    def clause(self) -> ColumnElement[bool]:
        """The same condition, for SQL."""
        if not self.is_on:
            return false()
        conditions = [Entry.act == self.act.value]
        for name, wanted in self.where.items():
            column = getattr(Entry, name)
            conditions.append(column.is_not(None) if wanted is PRESENT else column == wanted)
        return and_(*conditions)


@dataclass(frozen=True)
class Definition:
    """What one figure counts.

    `one` and `many` follow the number (« 1 réunion », « 4 réunions »). `units` gives what an
    entry adds: a value is a count of distinct units over the period. A code with a suffix
    (« 3.2.1.quartiers ») is shown beside the indicator it begins with.
    """

    code: str
    one: Any
    many: Any
    explanation: Any
    feeds: tuple[Feed, ...] = ()
    units: Callable[[Entry], tuple[str, ...]] = lambda entry: ()
    is_people: bool = False
    shown: bool = True

    @property
    def fed(self) -> bool:
        return bool(self.feeds)

    def words(self, number: int | None) -> str:
        """What follows the number."""
        return str(self.one if number is not None and number < 2 else self.many)

    def clause(self) -> ColumnElement[bool]:
        """The entries behind the figure, for SQL."""
        return or_(false(), *(feed.clause() for feed in self.feeds))


class MarkKey(NamedTuple):
    """What makes a mark the same mark."""

    code: str
    day: date
    unit: str
    quartier_id: int
    body_id: int


def marks_of(
    entry: Entry,
    by_act: Mapping[str, list[tuple[Definition, Feed]]],
    same_people: Mapping[str, str] = MappingProxyType({}),
) -> list[MarkKey]:
    """The marks an entry stands behind, always in the same order (so that locks are too).

    `same_people`: keys that count under another (see `ledger.aliases`).
    """
    return sorted(
        {
            MarkKey(
                definition.code,
                entry.day,
                same_people.get(unit, unit),
                entry.quartier_id or 0,
                entry.body_id or 0,
            )
            for definition, feed in by_act.get(entry.act, ())
            if feed.takes(entry)
            for unit in definition.units(entry)
        }
    )


def subject(entry: Entry) -> tuple[str, ...]:
    """The thing itself (a session, a meeting, a collectif…), once."""
    if entry.subject_id is None:
        return (f"entry:{entry.id}",)
    return (f"{entry.subject_type}:{entry.subject_id}",)


def person(entry: Entry) -> tuple[str, ...]:
    """The person, once; nobody when the act has no person."""
    return (entry.participation_key,) if entry.participation_key else ()


def body(entry: Entry) -> tuple[str, ...]:
    """The instance, once, whatever it is called now."""
    return (f"body:{entry.body_id or entry.subject_id}",)


def quartier(entry: Entry) -> tuple[str, ...]:
    """The quartier where it happened."""
    return (f"quartier:{entry.quartier_id}",) if entry.quartier_id else ()


def associations(entry: Entry) -> tuple[str, ...]:
    """Every association the act puts together."""
    both = (entry.association_id, entry.other_association_id)
    return tuple(f"association:{number}" for number in both if number is not None)
