"""What was reported, what was decided of it, and who may not speak for a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model

REPORT, FIRST, CHILD, CONTEST = "report", "first", "child", "contest"
KEPT, HIDDEN, EDITED = "kept", "hidden", "edited"
OUTCOMES = "outcome IN ('kept', 'hidden', 'edited')"


class Case(Model):
    """One content in the queue: reported, waiting to be read before it shows, or contested.

    `subject_type` and `subject_id` name the content; `body_id` its comité, whose référent may
    decide; `cause` is why someone must look at it. While `decided_at` is empty someone must:
    the four columns after it say what was decided last, if anything was. `version` moves with
    each change, so that of two moderators the second sees what the first did. `original` holds
    the author's own words, field by field, once a moderator has changed them.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        CheckConstraint("cause IN ('report', 'first', 'child', 'contest')", name="cause"),
        CheckConstraint(OUTCOMES, name="outcome"),
        Index("ix_moderation_cases_open", "decided_at", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    cause: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    confirmed_reports: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    reminded_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    outcome: Mapped[str | None] = mapped_column(String(12))
    rule: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None]
    contested_at: Mapped[datetime | None]
    contest: Mapped[str | None]
    original: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))

    author: Mapped[Resident | None] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[Resident | None] = relationship(foreign_keys=[decided_by_id])
    reports: Mapped[list["Report"]] = relationship(back_populates="case")


class Report(Model):
    """Someone says that a content breaks a rule, once."""

    __tablename__ = "moderation_reports"
    __table_args__ = (UniqueConstraint("case_id", "reporter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id", ondelete="CASCADE"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    rule: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime] = mapped_column(default=now)

    case: Mapped[Case] = relationship(back_populates="reports")


class Ruling(Model):
    """What a moderator did of a case, once; an undone one stays, with the moment.

    `before` is what it takes to undo it; `overturns`: it answers a contest, the other way.
    """

    __tablename__ = "moderation_rulings"
    __table_args__ = (CheckConstraint(OUTCOMES, name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_cases.id", ondelete="CASCADE"), index=True
    )
    cause: Mapped[str] = mapped_column(String(20))
    waiting_since: Mapped[datetime]
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(12))
    rule: Mapped[str | None] = mapped_column(String(20))
    overturns: Mapped[bool] = mapped_column(default=False)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class Sanction(Model):
    """Someone may not write until a date; they still vote, support and take part."""

    __tablename__ = "sanctions"
    __table_args__ = (CheckConstraint("until > since", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship(foreign_keys=[resident_id])
