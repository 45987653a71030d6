"""One proposal as its page shows it, with its history and who takes part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.associations.models import Association
from app.bodies.decision_models import Decision
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.db import db
from app.core.files import StoredFile
from app.core.moderated import SHOWN
from app.proposals.authors import author_in, author_name
from app.proposals.labels import LABELS
from app.proposals.models import (
    HIDDEN,
    Project,
    ProjectRole,
    Proposal,
    ProposalStep,
    Status,
)


@dataclass(frozen=True)
class Detail:
    """A proposal, whole. `estimated_cost` in euros; `image` is a file's SHA-256."""

    id: int
    title: str
    text: str
    status: str
    visibility: str
    hidden_rule: str | None
    moderation_note: str | None
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
    author: str | None
    merged_into_id: int | None
    merged_into: str | None
    project_id: int | None
    realised_at: datetime | None
    carrier: str | None
    carrier_slug: str | None
    is_decided: bool

    @property
    def is_public(self) -> bool:
        return self.status not in HIDDEN and self.published_at is not None

    @property
    def is_shown(self) -> bool:
        return self.visibility == SHOWN


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


def proposal_detail(proposal_id: int) -> Detail | None:
    """Everything about one proposal but its history and its comments; one statement."""
    into = aliased(Proposal)
    row = db.session.execute(
        select(
            Proposal.id,
            Proposal.title,
            Proposal.text,
            Proposal.status,
            Proposal.visibility,
            Proposal.hidden_rule,
            Proposal.moderation_note,
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
            author_name(Body.theme).label("author"),
            Proposal.merged_into_id,
            case((into.visibility == SHOWN, into.title)).label("merged_into"),
            Project.id.label("project_id"),
            Project.realised_at,
            Association.name.label("carrier"),
            Association.slug.label("carrier_slug"),
            select(Decision.id)
            .where(Decision.proposal_id == Proposal.id)
            .exists()
            .label("is_decided"),
        )
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Quartier, Quartier.id == Proposal.quartier_id)
        .outerjoin(Body, Body.id == Proposal.body_id)
        .outerjoin(Resident, Resident.id == Proposal.author_id)
        .outerjoin(StoredFile, StoredFile.id == Proposal.image_id)
        .outerjoin(into, into.id == Proposal.merged_into_id)
        .outerjoin(Project, Project.proposal_id == Proposal.id)
        .outerjoin(
            Association,
            and_(Association.id == Project.association_id, Association.visibility == SHOWN),
        )
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
            author_in(detail.body_theme).label("by"),
        )
        .outerjoin(Resident, Resident.id == ProposalStep.by_id)
        .where(ProposalStep.proposal_id == detail.id)
        .order_by(ProposalStep.id)
    )
    return [
        Step(
            row.at,
            LABELS[Status(row.to_status)].label,
            row.by,
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
        select(ProjectRole.resident_id, author_in(detail.body_theme), ProjectRole.role)
        .join(Resident, Resident.id == ProjectRole.resident_id)
        .where(ProjectRole.project_id == detail.project_id)
        .order_by(ProjectRole.taken_at, ProjectRole.resident_id)
    )
    return [Part(*row) for row in rows]
