"""Words exchanged under a proposal or in a debate, and the debates of a comité."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import abort
from markupsafe import Markup
from sqlalchemy import ColumnElement, func, or_, select, true

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.db import db
from app.core.markdown import render_markdown
from app.core.moderated import HIDDEN, SHOWN, WAITING
from app.core.pagination import Page
from app.core.typography import typo
from app.proposals.authors import author_in, name_among
from app.proposals.models import Comment, Debate
from app.proposals.policies import moderates

COMMENTS_A_PAGE = 50


@dataclass(frozen=True)
class Reader:
    """Who reads: their own words that wait or are hidden, or everyone's when they moderate."""

    id: int | None = None
    moderates: bool = False

    @classmethod
    def of(cls, person: Resident | None, body_id: int | None) -> "Reader":
        """Someone before what is said in a body."""
        return cls(person.id if person else None, moderates(person, body_id))


@dataclass(frozen=True)
class Words:
    """A comment, and the answers to it.

    `html` is empty once taken back, or hidden from this reader; `hidden_rule` says by which rule
    of the house it was, and `note` what a moderator changed.
    """

    id: int
    author_id: int | None
    author: str | None
    html: Markup
    posted_at: datetime
    is_deleted: bool
    visibility: str
    hidden_rule: str | None
    note: str | None
    answers: tuple["Words", ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.visibility == SHOWN and not self.is_deleted


@dataclass(frozen=True)
class DebateRow:
    """A debate in its comité's list."""

    id: int
    visibility: str
    title: str
    author: str | None
    comment_count: int
    opened_at: datetime
    closed_at: datetime | None


def proposal_comments(
    proposal_id: int, theme: str | None, number: int, reader: Reader
) -> Page[Words]:
    """A page of what was said under a proposal; two statements."""
    return _threads(Comment.proposal_id == proposal_id, theme, number, reader)


def debate_comments(debate_id: int, theme: str | None, number: int, reader: Reader) -> Page[Words]:
    """A page of what was said in a debate; two statements."""
    return _threads(Comment.debate_id == debate_id, theme, number, reader)


def page_of(said: Comment, reader: Reader) -> int:
    """The page where someone reads a comment: threads come the latest first."""
    key = Comment.proposal_id if said.proposal_id else Comment.debate_id
    thread = said.parent_id or said.id
    later = select(func.count(Comment.id)).where(
        key == (said.proposal_id or said.debate_id),
        Comment.parent_id.is_(None),
        Comment.id > thread,
        _in_place_for(reader),
    )
    return (db.session.scalar(later) or 0) // COMMENTS_A_PAGE + 1


def _in_place_for(reader: Reader) -> ColumnElement[bool]:
    """What has a place in the thread: a hidden comment leaves its own, a waiting one has none."""
    if reader.moderates:
        return true()
    read_by_all = Comment.visibility != WAITING
    return read_by_all if reader.id is None else or_(read_by_all, Comment.author_id == reader.id)


def _threads(
    about: ColumnElement[bool], theme: str | None, number: int, reader: Reader
) -> Page[Words]:
    in_place = _in_place_for(reader)
    first = (about, Comment.parent_id.is_(None), in_place)
    total = select(func.count(Comment.id)).where(*first).scalar_subquery()
    start = (number - 1) * COMMENTS_A_PAGE
    threads = db.session.execute(
        _said(total, theme)
        .where(*first)
        .order_by(Comment.id.desc())
        .limit(COMMENTS_A_PAGE)
        .offset(start)
    ).all()
    if not threads and number > 1:
        abort(404)
    answers: dict[int, list[Words]] = defaultdict(list)
    wanted = [row.id for row in threads]
    replies = _said(Comment.parent_id, theme).where(Comment.parent_id.in_(wanted), in_place)
    for row in db.session.execute(replies.order_by(Comment.id)):
        answers[row[-1]].append(_words(row, (), reader))
    said = [_words(row, tuple(answers[row.id]), reader) for row in threads]
    return Page(said, number, COMMENTS_A_PAGE, threads[0][-1] if threads else 0)


def _said(last: Any, theme: str | None) -> Any:
    return select(
        Comment.id,
        Comment.author_id,
        author_in(theme).label("author"),
        Comment.text,
        Comment.posted_at,
        Comment.deleted_at,
        Comment.visibility,
        Comment.hidden_rule,
        Comment.moderation_note,
        last,
    ).outerjoin(Resident, Resident.id == Comment.author_id)


def _words(row: Any, answers: tuple[Words, ...], reader: Reader) -> Words:
    gone = row.deleted_at is not None
    own = reader.id is not None and row.author_id == reader.id
    legible = row.visibility != HIDDEN or own or reader.moderates
    return Words(
        row.id,
        row.author_id,
        row.author,
        _html(row.text) if legible else Markup(""),
        row.posted_at,
        gone,
        row.visibility,
        row.hidden_rule,
        row.moderation_note,
        answers,
    )


@lru_cache(maxsize=2048)
def _html(text: str) -> Markup:
    """Kept, because a debate is read far more often than it is written."""
    return render_markdown(typo(text))


def debates_of(body: Body, reader: Reader) -> list[DebateRow]:
    """The debates of a comité that someone may read, open ones first; one statement."""
    legible = true() if reader.moderates else Debate.visibility == SHOWN
    if reader.id is not None:
        legible = or_(legible, Debate.author_id == reader.id)
    rows = db.session.execute(
        select(
            Debate.id,
            Debate.visibility,
            Debate.title,
            author_in(body.theme),
            Debate.comment_count,
            Debate.opened_at,
            Debate.closed_at,
        )
        .outerjoin(Resident, Resident.id == Debate.author_id)
        .where(Debate.body_id == body.id, legible)
        .order_by(Debate.closed_at.is_not(None), Debate.id.desc())
    )
    return [DebateRow(*row) for row in rows]


def author_of(debate: Debate) -> str | None:
    """Who opened a debate, as others read it."""
    return name_among(debate.author, debate.body.theme) if debate.author else None
