"""One proposal as its page shows it, and the words exchanged under it or in a debate."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import abort
from markupsafe import Markup
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.associations.models import Association
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.db import db
from app.core.files import StoredFile
from app.core.markdown import render_markdown
from app.core.pagination import Page
from app.core.typography import typo
from app.proposals.labels import LABELS, author_label
from app.proposals.models import (
    HIDDEN,
    Comment,
    Debate,
    Project,
    ProjectRole,
    Proposal,
    ProposalStep,
    Status,
)

COMMENTS_A_PAGE = 50


@dataclass(frozen=True)
class Detail:
    """A proposal, whole. `estimated_cost` in euros; `image` is a file's SHA-256."""

    id: int
    title: str
    text: str
    status: str
    version: int
    author_id: int | None
    body_id: int | None
    category: str
    quartier: str | None
    estimated_cost: int | None
    image: str | None
    image_width: int | None
    image_height: int | None
    image_alt: str
    support_count: int
    comment_count: int
    created_at: datetime
    published_at: datetime | None
    body: str | None
    body_slug: str | None
    body_theme: str | None
    given_name: str | None
    family_name: str | None
    merged_into_id: int | None
    merged_into: str | None
    project_id: int | None
    realised_at: datetime | None
    carrier: str | None
    carrier_slug: str | None

    @property
    def is_public(self) -> bool:
        return self.status not in HIDDEN and self.published_at is not None

    @property
    def author(self) -> str | None:
        return author_label(self.given_name, self.family_name, self.body_theme)


@dataclass(frozen=True)
class Step:
    """One line of a proposal's history."""

    at: datetime
    what: Any
    by: str | None
    reason: str
    status: str


@dataclass(frozen=True)
class Part:
    """Someone's part in a project."""

    resident_id: int
    name: str | None
    role: str


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


def proposal_detail(proposal_id: int) -> Detail | None:
    """Everything about one proposal but its history and its comments; one statement."""
    into = aliased(Proposal)
    row = db.session.execute(
        select(
            Proposal.id,
            Proposal.title,
            Proposal.text,
            Proposal.status,
            Proposal.version,
            Proposal.author_id,
            Proposal.body_id,
            Category.name.label("category"),
            Quartier.name.label("quartier"),
            Proposal.estimated_cost,
            StoredFile.sha256.label("image"),
            StoredFile.width.label("image_width"),
            StoredFile.height.label("image_height"),
            Proposal.image_alt,
            Proposal.support_count,
            Proposal.comment_count,
            Proposal.created_at,
            Proposal.published_at,
            Body.name.label("body"),
            Body.slug.label("body_slug"),
            Body.theme.label("body_theme"),
            Resident.given_name,
            Resident.family_name,
            Proposal.merged_into_id,
            into.title.label("merged_into"),
            Project.id.label("project_id"),
            Project.realised_at,
            Association.name.label("carrier"),
            Association.slug.label("carrier_slug"),
        )
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Quartier, Quartier.id == Proposal.quartier_id)
        .outerjoin(Body, Body.id == Proposal.body_id)
        .outerjoin(Resident, Resident.id == Proposal.author_id)
        .outerjoin(StoredFile, StoredFile.id == Proposal.image_id)
        .outerjoin(into, into.id == Proposal.merged_into_id)
        .outerjoin(Project, Project.proposal_id == Proposal.id)
        .outerjoin(Association, Association.id == Project.association_id)
        .where(Proposal.id == proposal_id)
    ).first()
    return Detail(**row._mapping) if row else None


def history(detail: Detail) -> list[Step]:
    """What happened to it, from the first step; one statement."""
    rows = db.session.execute(
        select(
            ProposalStep.at,
            ProposalStep.from_status,
            ProposalStep.to_status,
            ProposalStep.reason,
            Resident.given_name,
            Resident.family_name,
        )
        .outerjoin(Resident, Resident.id == ProposalStep.by_id)
        .where(ProposalStep.proposal_id == detail.id)
        .order_by(ProposalStep.id)
    )
    return [
        Step(
            row.at,
            LABELS[Status(row.to_status)].label,
            author_label(row.given_name, row.family_name, detail.body_theme),
            row.reason,
            row.to_status,
        )
        for row in rows
    ]


def parts(detail: Detail) -> list[Part]:
    """Who has a role in the project; one statement, none where there is no project."""
    if detail.project_id is None:
        return []
    rows = db.session.execute(
        select(ProjectRole.resident_id, Resident.given_name, Resident.family_name, ProjectRole.role)
        .join(Resident, Resident.id == ProjectRole.resident_id)
        .where(ProjectRole.project_id == detail.project_id)
        .order_by(ProjectRole.taken_at, ProjectRole.resident_id)
    )
    return [Part(row[0], author_label(row[1], row[2], detail.body_theme), row[3]) for row in rows]


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
