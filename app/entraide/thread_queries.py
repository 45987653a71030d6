"""Conversations, as the two who hold them read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.db import db
from app.core.pagination import Page, paginate
from app.entraide.models import HelpMessage, HelpNotice, HelpThanks, HelpThread

A_PAGE = 20
MOST_MESSAGES = 200
AROUND = 10
"""Messages that a moderator reads with the one reported."""


@dataclass(frozen=True)
class ThreadLine:
    """A conversation in a list; `my_turn` when the other wrote last."""

    id: int
    side: str
    title: str
    with_whom: str
    last_at: datetime
    my_turn: bool
    is_thanked: bool


@dataclass(frozen=True)
class Line:
    """A message; `text` empty for one that a moderator hid from this reader."""

    id: int
    author: str
    is_mine: bool
    text: str
    sent_at: datetime
    visibility: str
    hidden_rule: str | None
    note: str | None


def my_threads(person: Resident, number: int) -> Page[ThreadLine]:
    """One's conversations, the latest first; two statements."""
    author, other = aliased(Resident), aliased(Resident)
    last = (
        select(HelpMessage.author_id)
        .where(HelpMessage.thread_id == HelpThread.id)
        .order_by(HelpMessage.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            HelpThread.id,
            HelpThread.other_id,
            HelpThread.last_at,
            HelpNotice.side,
            HelpNotice.title,
            author.display_name.label("author"),
            other.display_name.label("other"),
            last.label("last_by"),
            HelpThanks.id.label("thanks_id"),
        )
        .join(HelpNotice, HelpNotice.id == HelpThread.notice_id)
        .join(author, author.id == HelpNotice.author_id)
        .join(other, other.id == HelpThread.other_id)
        .outerjoin(HelpThanks, HelpThanks.thread_id == HelpThread.id)
        .where(or_(HelpThread.other_id == person.id, HelpNotice.author_id == person.id))
        .order_by(HelpThread.last_at.desc(), HelpThread.id.desc())
    )
    page = paginate(query, number, A_PAGE)
    lines = [
        ThreadLine(
            id=row.id,
            side=row.side,
            title=row.title,
            with_whom=row.author if row.other_id == person.id else row.other,
            last_at=row.last_at,
            my_turn=row.last_by not in (None, person.id),
            is_thanked=row.thanks_id is not None,
        )
        for row in page.items
    ]
    return Page(lines, page.number, page.size, page.total)


def my_turn_count(person: Resident) -> int:
    """In how many conversations the other wrote last; one statement."""
    later = aliased(HelpMessage)
    answered = select(later.id).where(
        later.thread_id == HelpMessage.thread_id, later.id > HelpMessage.id
    )
    mine = or_(HelpThread.other_id == person.id, HelpNotice.author_id == person.id)
    waiting = (
        select(func.count(HelpMessage.id))
        .join(HelpThread, HelpThread.id == HelpMessage.thread_id)
        .join(HelpNotice, HelpNotice.id == HelpThread.notice_id)
        .where(mine, HelpMessage.author_id != person.id, ~answered.exists())
    )
    return db.session.scalar(waiting) or 0


def messages(thread: HelpThread, reader: Resident) -> Sequence[Line]:
    """The last two hundred, the oldest first; one statement."""
    rows = db.session.execute(
        select(HelpMessage, Resident.display_name)
        .join(Resident, Resident.id == HelpMessage.author_id)
        .where(HelpMessage.thread_id == thread.id)
        .order_by(HelpMessage.id.desc())
        .limit(MOST_MESSAGES)
    ).all()
    return [
        Line(
            id=said.id,
            author=name,
            is_mine=said.author_id == reader.id,
            text=said.text if said.is_shown or said.author_id == reader.id else "",
            sent_at=said.sent_at,
            visibility=said.visibility,
            hidden_rule=said.hidden_rule,
            note=said.moderation_note,
        )
        for said, name in reversed(rows)
    ]


def answers_to(notice_id: int) -> Sequence[tuple[int, str, datetime]]:
    """(conversation, name, last word) of each person who answered; one statement."""
    rows = db.session.execute(
        select(HelpThread.id, Resident.display_name, HelpThread.last_at)
        .join(Resident, Resident.id == HelpThread.other_id)
        .where(HelpThread.notice_id == notice_id)
        .order_by(HelpThread.last_at.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def is_thanked(thread_id: int) -> bool:
    """Whether the help of a conversation was thanked for; one statement."""
    query = select(HelpThanks.id).where(HelpThanks.thread_id == thread_id)
    return db.session.scalar(query) is not None


def around(said: HelpMessage) -> Sequence[tuple[int, str, str, datetime, str]]:
    """(number, name, words, moment, visibility) of the messages nearest to one; one statement."""
    rows = db.session.execute(
        select(
            HelpMessage.id,
            Resident.display_name,
            HelpMessage.text,
            HelpMessage.sent_at,
            HelpMessage.visibility,
        )
        .join(Resident, Resident.id == HelpMessage.author_id)
        .where(HelpMessage.thread_id == said.thread_id)
        .order_by(func.abs(HelpMessage.id - said.id), HelpMessage.id)
        .limit(AROUND)
    )
    return sorted((row[0], row[1], row[2], row[3], row[4]) for row in rows)
