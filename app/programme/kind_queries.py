"""The kinds of action, as lists and pages show them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.programme.kinds import FEEDS, KINDS
from app.programme.models import Action, ActionKind


@dataclass(frozen=True)
class KindLine:
    """A kind on the direction's page; `counts_as` and `feeds` in words."""

    code: str
    label: str
    counts_as: str
    feeds: str
    is_built_in: bool
    is_archived: bool
    actions: int


def choices(keep: str | None = None) -> list[tuple[str, str]]:
    """The kinds on offer, by label, and the one to keep; one statement."""
    rows = db.session.execute(
        select(ActionKind.code, ActionKind.label)
        .where(ActionKind.archived_at.is_(None) | (ActionKind.code == keep))
        .order_by(ActionKind.label)
    )
    return [(row.code, row.label) for row in rows]


def lines() -> list[KindLine]:
    """Every kind, those of the house first; one statement."""
    used = (
        select(func.count())
        .where(Action.kind == ActionKind.code)
        .correlate(ActionKind)
        .scalar_subquery()
    )
    order = (ActionKind.is_built_in.desc(), ActionKind.label)
    return [
        KindLine(
            kind.code,
            kind.label,
            str(KINDS[kind.counts_as]),
            str(FEEDS[kind.counts_as]),
            kind.is_built_in,
            kind.archived_at is not None,
            many,
        )
        for kind, many in db.session.execute(select(ActionKind, used).order_by(*order))
    ]
