"""Proposals, from the first draft to the project they become, and the debate around them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.clock import now
from app.core.db import Model
from app.core.files import StoredFile
from app.core.moderated import Moderated
from app.ledger.acts import Channel


class Status(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    GATHERING = "gathering"
    VOTING = "voting"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    UNDER_WAY = "under_way"
    REALISED = "realised"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


HIDDEN = (Status.DRAFT, Status.SUBMITTED)
"""Seen by their author and those who decide of them only."""


class Proposal(Moderated, Model):
    """An idea a resident puts to the others. `estimated_cost` in whole euros."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("estimated_cost >= 0", name="cost_positive"),
        CheckConstraint("image_id IS NULL OR image_alt <> ''", name="image_described"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
        Index("ix_proposals_status_published", "status", "published_at"),
        # The public list counts, orders and skips pages in these two without reading a row.
        Index("ix_proposals_published", "published_at", "id", "status", "visibility"),
        Index(
            "ix_proposals_supports",
            "support_count",
            "id",
            "status",
            "published_at",
            "visibility",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), index=True)
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"), index=True)
    estimated_cost: Mapped[int | None]
    image_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    image_alt: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(12), default=Status.DRAFT.value)
    version: Mapped[int] = mapped_column(default=1)
    support_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))

    author: Mapped[Resident | None] = relationship()
    body: Mapped[Body | None] = relationship()
    category: Mapped[Category] = relationship()
    quartier: Mapped[Quartier | None] = relationship()
    image: Mapped[StoredFile | None] = relationship()
    merged_into: Mapped["Proposal | None"] = relationship(remote_side=[id])

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}

    @property
    def ledger_label(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Published once: a draft withdrawn, or a refusal kept between two, never is."""
        return self.status not in HIDDEN and self.published_at is not None

    @property
    def body_theme(self) -> str | None:
        """The theme of the comité it is for, if any."""
        return self.body.theme if self.body else None

    @property
    def is_open_to_support(self) -> bool:
        return self.status == Status.GATHERING


class ProposalStep(Model):
    """One change of a proposal: who, when, from where to where, and why."""

    __tablename__ = "proposal_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    from_status: Mapped[str | None] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))


class Support(Model):
    """A resident stands behind a proposal, once."""

    __tablename__ = "supports"
    __table_args__ = (UniqueConstraint("proposal_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    given_at: Mapped[datetime] = mapped_column(default=now)


class Debate(Moderated, Model):
    """A subject that a comité talks about."""

    __tablename__ = "debates"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    comment_count: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]

    author: Mapped[Resident | None] = relationship()
    body: Mapped[Body] = relationship()

    @property
    def body_theme(self) -> str | None:
        return self.body.theme

    @property
    def ledger_label(self) -> str:
        return self.title


class Comment(Moderated, Model):
    """A word in a debate or under a proposal; answers go one level deep."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("(proposal_id IS NULL) <> (debate_id IS NULL)", name="one_subject"),
        Index("ix_comments_proposal_thread", "proposal_id", "parent_id", "id"),
        Index("ix_comments_debate_thread", "debate_id", "parent_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    debate_id: Mapped[int | None] = mapped_column(ForeignKey("debates.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    text: Mapped[str]
    # How it was said: one that waits to be read enters the ledger in another request.
    channel: Mapped[str] = mapped_column(
        String(12), default=Channel.ONLINE.value, server_default=Channel.ONLINE.value
    )
    posted_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    author: Mapped[Resident | None] = relationship()

    @property
    def ledger_label(self) -> str:
        return ""


class Project(Model):
    """What an adopted proposal becomes; an association may carry it."""

    __tablename__ = "projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), unique=True)
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    realised_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship()

    @property
    def ledger_label(self) -> str:
        return self.proposal.title


class ProjectRole(Model):
    """Someone takes a part in a project."""

    __tablename__ = "project_roles"

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(80))
    taken_at: Mapped[datetime] = mapped_column(default=now)

    resident: Mapped[Resident] = relationship()
