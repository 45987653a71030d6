"""How a ledger entry becomes marks: the one way, for the totals kept and for the recount."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, or_, true

from app.centre.models import EVER
from app.centre.settings import rule_on, versions
from app.core.i18n import _
from app.indicators.measures import TIMES, Sum, Units
from app.ledger.acts import Act
from app.ledger.models import Entry

PRESENT = object()
"""In a feed's conditions: any value, but a value."""
END = ":fin"
"""After a code: the marks of the day on which what counts over a span stops."""
DAY = timedelta(days=1)
Span = tuple[date | None, date | None]
Columns = type[Entry]
"""The ledger's columns, in the table itself or in a part of it read before."""


@dataclass(frozen=True)
class Feed:
    """The entries of one act whose facts are these; data, so that SQL and Python agree.

    A tuple among the facts means any of its values. `switch` names the centre's rule, and
    `chosen` the value of it, without which it feeds nothing on that day; the marks are written
    again when that rule changes. `under` names a day whose rule holds for all the others.
    """

    act: Act
    where: Mapping[str, object] = field(default_factory=dict)
    switch: str | None = None
    chosen: object = True
    under: date | None = None

    def spans(self) -> list[Span]:
        """The days on which the centre counts it, both ends in it; no end, no bound."""
        if self.switch is None:
            return [(None, None)]
        if self.under is not None:
            return [(None, None)] if rule_on(self.switch, self.under) == self.chosen else []
        said = versions(self.switch)
        ends = [*(since - DAY for since, _value in said[1:]), None]
        return [
            (None if since == EVER else since, end)
            for (since, value), end in zip(said, ends, strict=True)
            if value == self.chosen
        ]

    def is_on(self, day: date) -> bool:
        """Whether the centre counts it on that day."""
        return any((since or day) <= day <= (end or day) for since, end in self.spans())

    def takes(self, entry: Entry) -> bool:
        """Whether this entry is one of them."""
        return entry.act == self.act and self.is_on(entry.day) and self.holds(entry)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry of this act has these facts, whatever the centre counts."""
        return all(_holds(getattr(entry, name), wanted) for name, wanted in self.where.items())

    def clause(self, among: Columns = Entry) -> ColumnElement[bool]:
        """The same condition, for SQL."""
        spans = self.spans()
        if not spans:
            return false()
        conditions: list[ColumnElement[bool]] = [among.act == self.act.value]
        if spans != [(None, None)]:
            days = (
                and_(
                    true(),
                    *([among.day >= since] if since else []),
                    *([among.day <= end] if end else []),
                )
                for since, end in spans
            )
            conditions.append(or_(*days))
        for name, wanted in self.where.items():
            column = getattr(among, name)
            if wanted is PRESENT:
                conditions.append(column.is_not(None))
            else:
                conditions.append(
                    column.in_(wanted) if isinstance(wanted, tuple) else column == wanted
                )
        return and_(*conditions)


def _holds(found: object, wanted: object) -> bool:
    if wanted is PRESENT:
        return found is not None
    return found in wanted if isinstance(wanted, tuple) else found == wanted


@dataclass(frozen=True)
class Definition:
    """What one figure counts.

    `one` and `many` follow the number (« 1 réunion », « 4 réunions »). `measure` says what is
    added: distinct units over the period, or amounts. `spans`: it counts in every period between
    its day and its last day, not only in that of its day. A code with a suffix
    (« 3.2.1.quartiers ») is shown beside the indicator it begins with; `parts_total` when it is a
    share of the people of that indicator, so that hiding one share hides another. `since` and
    `until` bound the days of a rule that has changed: each version is an entry of its own.
    """

    code: str
    one: Any
    many: Any
    explanation: Any = ""
    feeds: tuple[Feed, ...] = ()
    measure: Units | Sum = TIMES
    excludes: Any = ""
    source: Any = ""
    spans: bool = False
    is_people: bool = False
    is_estimate: bool = False
    parts_total: bool = False
    shown: bool = True
    since: date | None = None
    until: date | None = None

    def under(self, day: date) -> "Definition":
        """The same figure, as if the rules of that day held on every other."""
        return replace(self, feeds=tuple(replace(feed, under=day) for feed in self.feeds))

    def words(self, number: float | None) -> str:
        """What follows the number."""
        return str(self.one if number is not None and number < 2 else self.many)

    def after(self, number: float | None) -> str:
        """What follows the number where people read it: « 2 h 30 » has said the hours."""
        if isinstance(self.measure, Sum) and self.measure.per != 1:
            return _("en tout")
        return self.words(number)

    def clause(self, among: Columns = Entry) -> ColumnElement[bool]:
        """The entries behind the figure, for SQL."""
        # Said although it follows: lines are then found by their act and their day.
        acts = sorted({feed.act.value for feed in self.feeds})
        conditions = [
            among.act.in_(acts),
            or_(false(), *(feed.clause(among) for feed in self.feeds)),
        ]
        if self.since is not None:
            conditions.append(among.day >= self.since)
        if self.until is not None:
            conditions.append(among.day <= self.until)
        return and_(*conditions)

    def takes(self, entry: Entry) -> bool:
        """Whether its version of the rule is that of the entry's day."""
        late = self.since is not None and entry.day < self.since
        early = self.until is not None and entry.day > self.until
        return not late and not early


class MarkKey(NamedTuple):
    """What makes a mark the same mark; 0 for no quartier or no instance."""

    code: str
    unit: str
    year: int
    quartier_id: int
    body_id: int


Marks = Counter[tuple[MarkKey, int]]
"""(mark, month from 1 to 12) → how much is counted."""


ByAct = Mapping[str, list[tuple[Definition, Feed]]]


def fed_by(entry: Entry, by_act: ByAct) -> list[Definition]:
    """The figures whose conditions an entry meets, whatever the version of their rule."""
    return [definition for definition, feed in by_act.get(entry.act, ()) if feed.takes(entry)]


def marks_of(
    entry: Entry,
    by_act: ByAct,
    same_people: Mapping[str, str] = MappingProxyType({}),
    fed: Sequence[Definition] | None = None,
) -> Marks:
    """What an entry adds to each mark.

    `same_people`: keys that count under another (see `ledger.aliases`); `fed`: what `fed_by`
    gives, where it is known.
    """
    found: Marks = Counter()
    counted: set[str] = set()
    for definition in fed_by(entry, by_act) if fed is None else fed:
        if definition.code in counted or not definition.takes(entry):
            continue
        counted.add(definition.code)
        for unit, amount in definition.measure.of(entry):
            who = same_people.get(unit, unit)
            found[_at(definition.code, who, entry.day, entry)] += amount
            if definition.spans:
                last = max(entry.until or entry.day, entry.day)
                found[_at(definition.code + END, who, last, entry)] += amount
    return Counter({mark: amount for mark, amount in found.items() if amount})


def _at(code: str, unit: str, day: date, entry: Entry) -> tuple[MarkKey, int]:
    where = MarkKey(code, unit, day.year, entry.quartier_id or 0, entry.body_id or 0)
    return where, day.month
