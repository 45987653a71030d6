"""Polls by state and by words, a page at a time; drafts only for those who may see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, or_, select

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.i18n import _l
from app.core.pagination import Page, paginate
from app.core.rights import Right
from app.core.search import subject_ids
from app.voting.models import Poll
from app.voting.queries import PollRow, options_of, row_columns

PER_PAGE = 20
KIND = "polls"
"""Of what search keeps of them."""

OVER = ("closed", "cancelled")
ARCHIVES, DRAFTS = "archives", "brouillons"
STATES: dict[str, Any] = {
    "": _l("Tous"),
    "en-cours": _l("En cours"),
    "a-venir": _l("À venir"),
    "termines": _l("Terminés"),
    ARCHIVES: _l("Archives"),
    DRAFTS: _l("Brouillons"),
}
"""By its name in the address."""


@dataclass(frozen=True)
class PollFilter:
    """What the reader asked to see; « » is every poll but archives and drafts."""

    state: str = ""
    words: str = ""


def poll_list(page: int, wanted: PollFilter, reader: Resident | None = None) -> Page[PollRow]:
    """Open polls first (soonest closing first), then those to come, then the last to be over.

    Three statements however many there are.
    """
    rank = case((Poll.status == "open", 0), (Poll.status == "scheduled", 1), else_=2)
    coming = case((Poll.status == "open", Poll.closes_at), else_=Poll.opens_at)
    query = (
        select(*row_columns())
        .outerjoin(Body, Body.id == Poll.body_id)
        .where(_in_state(wanted.state, reader))
        .order_by(
            rank,
            case((Poll.status.in_(("open", "scheduled")), coming)),
            Poll.closed_at.desc(),
            Poll.id.desc(),
        )
    )
    hits = subject_ids(KIND, wanted.words) if wanted.words else None
    if wanted.words:
        query = query.where(false() if hits is None else Poll.id.in_(hits))
    found = paginate(query, page, PER_PAGE)
    options = options_of([row.id for row in found.items])
    rows = [PollRow(**row._mapping, options=tuple(options.get(row.id, ()))) for row in found.items]
    return Page(rows, found.number, found.size, found.total)


def _in_state(state: str, reader: Resident | None) -> ColumnElement[bool]:
    if state == DRAFTS:
        return and_(Poll.status == "draft", _seen_by(reader))
    if state == ARCHIVES:
        return Poll.archived_at.is_not(None)
    shown: dict[str, tuple[str, ...]] = {
        "en-cours": ("open",),
        "a-venir": ("scheduled",),
        "termines": OVER,
    }
    status = shown.get(state, ("open", "scheduled", *OVER))
    return and_(Poll.status.in_(status), Poll.archived_at.is_(None))


def _seen_by(reader: Resident | None) -> ColumnElement[bool]:
    """As `can_see_draft` says."""
    if reader is None:
        return false()
    if reader.may(Right.OPEN_POLLS):
        return Poll.status == "draft"
    bodies = reader.bodies_where(Right.OPEN_POLLS)
    return or_(Poll.created_by_id == reader.id, Poll.body_id.in_(bodies))
