"""Notices in lists, each list a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import today
from app.core.db import db
from app.core.moderated import SHOWN
from app.core.pagination import Page, paginate
from app.core.search_text import fold
from app.entraide.apart import apart_from
from app.entraide.models import OPEN, HelpNotice, HelpThanks, HelpThread

A_PAGE = 20
MOST_WORDS = 6


@dataclass(frozen=True)
class Card:
    """A notice in a list."""

    id: int
    side: str
    kind: str
    title: str
    text: str
    when_words: str
    quartier: str | None
    author: str
    posted_at: datetime


@dataclass(frozen=True)
class Filters:
    """What was asked for; a code, a number or a word that is empty narrows nothing."""

    words: str = ""
    side: str = ""
    kind: str = ""
    quartier_id: int = 0

    @property
    def active(self) -> int:
        """How many narrow the list, the side apart: it has its own tabs."""
        return bool(self.kind) + bool(self.quartier_id)


@dataclass(frozen=True)
class Mine:
    """A notice of one's own; `answers` says how many people wrote, `thanks` how many thanked."""

    id: int
    side: str
    title: str
    status: str
    visibility: str
    lasts_until: date
    is_over: bool
    answers: int
    thanks: int


def live_notices(person: Resident, filters: Filters, number: int) -> Page[Card]:
    """What may be answered, one's own quartier first, then the newest; two statements."""
    kept = [*_live(), ~apart_from(person.id), *_narrowed(filters)]
    nearest = case((HelpNotice.quartier_id == person.quartier_id, 0), else_=1)
    order: list[Any] = [HelpNotice.id.desc()]
    if person.quartier_id is not None and not filters.quartier_id:
        order.insert(0, nearest)
    page = paginate(_cards().where(*kept).order_by(*order), number, A_PAGE)
    return Page([Card(*row) for row in page.items], page.number, page.size, page.total)


def live_counts(quartier_id: int) -> tuple[int, int]:
    """How many offers and requests there are in a quartier: numbers anyone may read."""
    sides = [func.count(case((HelpNotice.side == side, 1))) for side in ("offer", "request")]
    row = db.session.execute(
        select(*sides).where(*_live(), HelpNotice.quartier_id == quartier_id)
    ).one()
    return int(row[0]), int(row[1])


def my_notices(person: Resident, number: int) -> Page[Mine]:
    """One's own, those online first; two statements."""
    answers = (
        select(func.count(HelpThread.id))
        .where(HelpThread.notice_id == HelpNotice.id)
        .scalar_subquery()
    )
    thanks = (
        select(func.count(HelpThanks.id))
        .join(HelpThread, HelpThread.id == HelpThanks.thread_id)
        .where(HelpThread.notice_id == HelpNotice.id)
        .scalar_subquery()
    )
    query = (
        select(
            HelpNotice.id,
            HelpNotice.side,
            HelpNotice.title,
            HelpNotice.status,
            HelpNotice.visibility,
            HelpNotice.lasts_until,
            HelpNotice.lasts_until < today(),
            answers.label("answers"),
            thanks.label("thanks"),
        )
        .where(HelpNotice.author_id == person.id)
        .order_by(case((HelpNotice.status == OPEN, 0), else_=1), HelpNotice.id.desc())
    )
    page = paginate(query, number, A_PAGE)
    return Page([Mine(*row) for row in page.items], page.number, page.size, page.total)


def _live() -> tuple[ColumnElement[bool], ...]:
    return (
        HelpNotice.status == OPEN,
        HelpNotice.lasts_until >= today(),
        HelpNotice.visibility == SHOWN,
    )


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = []
    if filters.side:
        kept.append(HelpNotice.side == filters.side)
    if filters.kind:
        kept.append(HelpNotice.kind == filters.kind)
    if filters.quartier_id:
        kept.append(HelpNotice.quartier_id == filters.quartier_id)
    for word in fold(filters.words).split()[:MOST_WORDS]:
        kept.append(HelpNotice.folded.contains(word, autoescape=True))
    return kept


def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select(
            HelpNotice.id,
            HelpNotice.side,
            HelpNotice.kind,
            HelpNotice.title,
            HelpNotice.text,
            HelpNotice.when_words,
            Quartier.name,
            Resident.display_name,
            HelpNotice.posted_at,
        )
        .join(Resident, Resident.id == HelpNotice.author_id)
        .outerjoin(Quartier, Quartier.id == HelpNotice.quartier_id)
    )
