"""Keep the marks as the ledger grows, in the same transaction as each entry."""

from typing import Any

from sqlalchemy import Insert, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.centre.rule_table import RULES
from app.centre.signals import rules_changed
from app.core.db import db, is_sqlite
from app.indicators.audits import count_again_of, rebuild
from app.indicators.counting import MarkKey, marks_of
from app.indicators.definitions import BY_ACT
from app.indicators.models import Mark
from app.ledger.aliases import people_changed, same_people
from app.ledger.models import Entry
from app.ledger.services import recorded

KEY = (Mark.code, Mark.day, Mark.unit, Mark.quartier_id, Mark.body_id)


@recorded.connect
def keep_marks(entry: Entry, *, voided: Entry | None, **_more: Any) -> None:
    """Add the entry's marks, or take away those of the entry it voids.

    One statement for an entry that counts, three or four for a void, none otherwise.
    """
    if voided is not None:
        _take_away(marks_of(voided, BY_ACT, same_people()))
    elif keys := marks_of(entry, BY_ACT):
        db.session.execute(_one_more([{**key._asdict(), "entries": 1} for key in keys]))


@rules_changed.connect
def count_again(keys: list[str], **_more: Any) -> None:
    """A rule of what counts has changed: every total is written again under it."""
    if any(RULES[key].recounts for key in keys):
        rebuild()


@people_changed.connect
def count_people_again(_sender: object, *, keys: set[str]) -> None:
    """Two files were found to be one person's, or are two again."""
    count_again_of(keys)


def _one_more(rows: list[dict[str, Any]]) -> Insert:
    """Insert or increment in one statement: two writers never lose one another's."""
    if is_sqlite():
        lite = sqlite.insert(Mark).values(rows)
        return lite.on_conflict_do_update(
            index_elements=list(KEY), set_={"entries": Mark.entries + lite.excluded.entries}
        )
    post = postgresql.insert(Mark).values(rows)
    return post.on_conflict_do_update(
        index_elements=list(KEY), set_={"entries": Mark.entries + post.excluded.entries}
    )


def _take_away(keys: list[MarkKey]) -> None:
    """The rows are locked before they are read: of two voids at once, each sees the other."""
    if not keys:
        return
    held = db.session.execute(
        select(Mark.id, Mark.entries)
        .where(tuple_(*KEY).in_([tuple(key) for key in keys]))
        .order_by(*KEY)
        .with_for_update()
    ).all()
    if alone := [row.id for row in held if row.entries <= 1]:
        db.session.execute(
            delete(Mark).where(Mark.id.in_(alone)), execution_options={"synchronize_session": False}
        )
    if others := [row.id for row in held if row.entries > 1]:
        db.session.execute(
            update(Mark).where(Mark.id.in_(others)).values(entries=Mark.entries - 1),
            execution_options={"synchronize_session": False},
        )
