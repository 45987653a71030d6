"""Words exchanged under a proposal or in a debate, and the debates of a comité."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import abort
from markupsafe import Markup
from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.db import db
from app.core.markdown import render_markdown
from app.core.pagination import Page
from app.core.typography import typo
from app.proposals.labels import author_label
from app.proposals.models import Comment, Debate

COMMENTS_A_PAGE = 50


@dataclass(frozen=True)
class Words:
    """A comment, and the answers to it. `html` is empty once taken back."""

    id: int
    author_id: int | None
    author: str | None
    html: Markup
    posted_at: datetime
    is_deleted: bool
    answers: tuple["Words", ...] = ()


@dataclass(frozen=True)
class DebateRow:
    """A debate in its comité's list."""

    id: int
    title: str
    author: str | None
    comment_count: int
    opened_at: datetime
    closed_at: datetime | None


def proposal_comments(proposal_id: int, theme: str | None, number: int) -> Page[Words]:
    """A page of what was said under a proposal; two statements."""
    return _threads(Comment.proposal_id == proposal_id, theme, number)


def debate_comments(debate_id: int, theme: str | None, number: int) -> Page[Words]:
    """A page of what was said in a debate; two statements."""
    return _threads(Comment.debate_id == debate_id, theme, number)


def page_of(said: Comment) -> int:
    """The page where a comment is read: threads come the latest first."""
    key = Comment.proposal_id if said.proposal_id else Comment.debate_id
    thread = said.parent_id or said.id
    later = select(func.count(Comment.id)).where(
        key == (said.proposal_id or said.debate_id),
        Comment.parent_id.is_(None),
        Comment.id > thread,
    )
    return (db.session.scalar(later) or 0) // COMMENTS_A_PAGE + 1


def _threads(about: ColumnElement[bool], theme: str | None, number: int) -> Page[Words]:
    first = (about, Comment.parent_id.is_(None))
    total = select(func.count(Comment.id)).where(*first).scalar_subquery()
    start = (number - 1) * COMMENTS_A_PAGE
    threads = db.session.execute(
        _said(total).where(*first).order_by(Comment.id.desc()).limit(COMMENTS_A_PAGE).offset(start)
    ).all()
    if not threads and number > 1:
        abort(404)
    answers: dict[int, list[Words]] = defaultdict(list)
    wanted = [row.id for row in threads]
    replies = _said(Comment.parent_id).where(Comment.parent_id.in_(wanted)).order_by(Comment.id)
    for row in db.session.execute(replies):
        answers[row[-1]].append(_words(row, theme, ()))
    said = [_words(row, theme, tuple(answers[row.id])) for row in threads]
    return Page(said, number, COMMENTS_A_PAGE, threads[0][-1] if threads else 0)


def _said(last: Any) -> Any:
    return select(
        Comment.id,
        Comment.author_id,
        Resident.given_name,
        Resident.family_name,
        Comment.text,
        Comment.posted_at,
        Comment.deleted_at,
        last,
    ).outerjoin(Resident, Resident.id == Comment.author_id)


def _words(row: Any, theme: str | None, answers: tuple[Words, ...]) -> Words:
    label = author_label(row.given_name, row.family_name, theme)
    gone = row.deleted_at is not None
    return Words(row.id, row.author_id, label, _html(row.text), row.posted_at, gone, answers)


@lru_cache(maxsize=2048)
def _html(text: str) -> Markup:
    """Kept, because a debate is read far more often than it is written."""
    return render_markdown(typo(text))


def debates_of(body: Body) -> list[DebateRow]:
    """The debates of a comité, open ones first; one statement."""
    rows = db.session.execute(
        select(
            Debate.id,
            Debate.title,
            Resident.given_name,
            Resident.family_name,
            Debate.comment_count,
            Debate.opened_at,
            Debate.closed_at,
        )
        .outerjoin(Resident, Resident.id == Debate.author_id)
        .where(Debate.body_id == body.id)
        .order_by(Debate.closed_at.is_not(None), Debate.id.desc())
    )
    return [
        DebateRow(row[0], row[1], author_label(row[2], row[3], body.theme), *row[4:])
        for row in rows
    ]


def author_of(debate: Debate) -> str | None:
    """Who opened a debate, as others read it."""
    author = debate.author
    if author is None:
        return None
    return author_label(author.given_name, author.family_name, debate.body.theme)
