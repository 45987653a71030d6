"""Keep the marks as the ledger grows, in the same transaction as each entry."""

from datetime import date
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from app.centre.rule_table import RULES
from app.centre.signals import rules_changed, rules_weighed
from app.core.db import db, is_sqlite
from app.indicators.audits import count_again_of, hold_marks, rebuild, rows_of
from app.indicators.counting import PRESENT, Definition, Marks, fed_by, marks_of
from app.indicators.definitions import BY_ACT, DEFINITIONS
from app.indicators.models import MONTHS, Mark
from app.indicators.weighing import Reached, figures_reached
from app.ledger.aliases import people_changed, same_people
from app.ledger.bulk import tallies
from app.ledger.models import Entry
from app.ledger.services import recorded

_wanted = [pair for it in DEFINITIONS for feed in it.feeds for pair in feed.where.items()]
COMPARED = sorted({name for name, value in _wanted if value is not PRESENT})
"""Facts whose value decides which figures an entry feeds."""
NEEDED = sorted({name for name, value in _wanted if value is PRESENT})
"""Facts of which it matters only that they are there."""
DATED = {feed.act.value for it in DEFINITIONS for feed in it.feeds if feed.switch is not None}
"""Acts that a rule of the centre counts or not, according to their day."""

WRITTEN_AT_ONCE = 500
"""Rows of marks in one statement: databases bound how many values it may carry."""

KEY = (Mark.code, Mark.year, Mark.unit, Mark.quartier_id, Mark.body_id)


@recorded.connect
def keep_marks(entry: Entry, *, voided: Entry | None, **_more: Any) -> None:
    """Add what the entry counts, or take away what the entry it voids counted.

    One statement for an entry that counts, one more for an act of the past that counts a
    person (whose file may have been joined to another since), none otherwise.
    """
    if entry.act not in BY_ACT:
        return
    past = voided is not None or entry.entered_by_key is not None
    same = same_people() if past and entry.participation_key else {}
    marks = marks_of(voided or entry, BY_ACT, same)
    if voided is not None:
        marks = Marks({mark: -amount for mark, amount in marks.items()})
    if marks:
        db.session.execute(_add(rows_of(marks)))


class MarksTally:
    """The marks of many entries, added up, then written together."""

    def __init__(self) -> None:
        self._marks = Marks()
        self._fed: dict[tuple[object, ...], list[Definition]] = {}

    def take(self, entry: Entry, *, voided: bool) -> None:
        """Add what the entry counts, or take it away."""
        found = marks_of(entry, BY_ACT, fed=self._fed_by(entry))
        if voided:
            self._marks.subtract(found)
        else:
            self._marks.update(found)

    def _fed_by(self, entry: Entry) -> list[Definition]:
        """Many acts of the past are alike: which figures they feed is found once."""
        alike = (
            entry.act,
            entry.day if entry.act in DATED else None,
            *(getattr(entry, name) for name in COMPARED),
            *(getattr(entry, name) is None for name in NEEDED),
        )
        if alike not in self._fed:
            self._fed[alike] = fed_by(entry, BY_ACT)
        return self._fed[alike]

    def close(self) -> None:
        """Write them, nobody else counting meanwhile: no two of us ever wait for one another."""
        hold_marks()
        same, marks = same_people(), Marks()
        for (key, month), amount in self._marks.items():
            marks[key._replace(unit=same.get(key.unit, key.unit)), month] += amount
        rows = rows_of(Marks({mark: amount for mark, amount in marks.items() if amount}))
        for first in range(0, len(rows), WRITTEN_AT_ONCE):
            db.session.execute(_add(rows[first : first + WRITTEN_AT_ONCE]))


@tallies.connect
def count_many(_register: object) -> MarksTally:
    """Many entries are about to be written."""
    return MarksTally()


@rules_changed.connect
def count_again(keys: list[str], **_more: Any) -> None:
    """A rule of what counts has changed: every total is written again under it."""
    if any(RULES[key].recounts for key in keys):
        rebuild()


@rules_weighed.connect
def weigh(values: dict[str, Any], *, since: date, **_more: Any) -> Reached:
    """Someone is about to change what counted in years gone by."""
    return figures_reached(values, since)


@people_changed.connect
def count_people_again(_sender: object, *, keys: set[str]) -> None:
    """Two files were found to be one person's, or are two again."""
    count_again_of(keys)


def _add(rows: list[dict[str, Any]]) -> Insert:
    """Insert or add in one statement: two writers never lose one another's.

    Rows come in the order of their key, so that two writers never wait for each other.
    """
    if is_sqlite():
        lite = sqlite.insert(Mark).values(rows)
        added = {month: month + lite.excluded[month.key] for month in MONTHS}
        return lite.on_conflict_do_update(index_elements=list(KEY), set_=added)
    post = postgresql.insert(Mark).values(rows)
    added = {month: month + post.excluded[month.key] for month in MONTHS}
    return post.on_conflict_do_update(index_elements=list(KEY), set_=added)
