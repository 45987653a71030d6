"""One case: the content, what is around it, its author's standing, and what was decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.entraide.models import HelpMessage
from app.entraide.thread_queries import around as around_message
from app.moderation.kinds import Content, Kind
from app.moderation.models import EDITED, HIDDEN, Case, Report, Ruling
from app.proposals.models import Comment
from app.proposals.visibility import subject_of

NEW_DAYS = 30
MOST_AROUND = 12


@dataclass(frozen=True)
class Standing:
    """What helps to judge fairly: `held_against` counts what was hidden or changed before."""

    name: str
    registered_at: datetime
    is_new: bool
    posts: int
    held_against: int
    silenced_until: datetime | None


@dataclass(frozen=True)
class ReportLine:
    """Why someone reported; never who."""

    rule: str
    words: str
    at: datetime


@dataclass(frozen=True)
class RulingLine:
    """What was decided, by whom."""

    id: int
    at: datetime
    by: str | None
    by_id: int | None
    outcome: str
    rule: str | None
    undone_at: datetime | None
    overturns: bool


@dataclass(frozen=True)
class Around:
    """A word said just before or after."""

    id: int
    author: str | None
    text: str
    at: datetime
    visibility: str
    is_it: bool


@dataclass(frozen=True)
class CasePage:
    """All that its page shows."""

    kind: Kind
    content: Content | None
    title: str
    url: str
    texts: dict[str, str]
    about: str
    standing: Standing | None
    reports: tuple[ReportLine, ...]
    rulings: tuple[RulingLine, ...]
    around: tuple[Around, ...]


def case_page(case: Case, kind: Kind, content: Content | None) -> CasePage:
    """A fixed number of statements."""
    return CasePage(
        kind=kind,
        content=content,
        title=kind.title(content) if content else "",
        url=kind.url(content) if content and not kind.is_private else "",
        texts=kind.words(content) if content else {},
        about=subject_of(content).text if isinstance(content, Comment) else "",
        standing=_standing(case),
        reports=_reports(case),
        rulings=rulings_of(case),
        around=_around_any(content),
    )


def rulings_of(case: Case) -> tuple[RulingLine, ...]:
    """Every ruling, the latest first; one statement."""
    rows = db.session.execute(
        select(Ruling, Resident.display_name)
        .outerjoin(Resident, Resident.id == Ruling.by_id)
        .where(Ruling.case_id == case.id)
        .order_by(Ruling.id.desc())
    )
    return tuple(
        RulingLine(
            one.id, one.at, name, one.by_id, one.outcome, one.rule, one.undone_at, one.overturns
        )
        for one, name in rows
    )


def _standing(case: Case) -> Standing | None:
    author = case.author
    if author is None:
        return None
    against = (
        select(func.count(Ruling.id))
        .join(Case, Case.id == Ruling.case_id)
        .where(
            Case.author_id == author.id,
            Case.id != case.id,
            Ruling.outcome.in_((HIDDEN, EDITED)),
            Ruling.undone_at.is_(None),
        )
    )
    return Standing(
        name=author.display_name,
        registered_at=author.registered_at,
        is_new=now() - author.registered_at < timedelta(days=NEW_DAYS),
        posts=author.admitted_posts,
        held_against=db.session.scalar(against) or 0,
        silenced_until=author.silenced_until if author.is_silenced else None,
    )


def _reports(case: Case) -> tuple[ReportLine, ...]:
    rows = db.session.execute(
        select(Report.rule, Report.words, Report.reported_at)
        .where(Report.case_id == case.id)
        .order_by(Report.id.desc())
        .limit(50)
    )
    return tuple(ReportLine(*row) for row in rows)


def _around_any(content: Content | None) -> tuple[Around, ...]:
    """What stands around a comment, or a private message: nobody reads one without the other."""
    if isinstance(content, Comment):
        return _around(content)
    if isinstance(content, HelpMessage):
        return tuple(Around(*row, row[0] == content.id) for row in around_message(content))
    return ()


def _around(said: Comment) -> tuple[Around, ...]:
    """The thread: the word answered to, and the answers nearest to this one."""
    head = said.parent_id or said.id
    rows: Any = db.session.execute(
        select(
            Comment.id,
            Resident.display_name,
            Comment.text,
            Comment.posted_at,
            Comment.visibility,
        )
        .outerjoin(Resident, Resident.id == Comment.author_id)
        .where(or_(Comment.id == head, Comment.parent_id == head), Comment.deleted_at.is_(None))
        .order_by(func.abs(Comment.id - said.id), Comment.id)
        .limit(MOST_AROUND)
    )
    lines = [Around(row[0], row[1], row[2], row[3], row[4], row[0] == said.id) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.id))
