"""What was reported, what was decided of it, and who may not speak for a time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Case(Model):
    """One content in the queue: reported, or waiting to be read before it shows.

    `subject_type` and `subject_id` name the content; `body_id` its comité, whose référent may
    decide. `outcome`: kept, hidden, edited.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        CheckConstraint("outcome IN ('kept', 'hidden', 'edited')", name="outcome"),
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
    opened_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    outcome: Mapped[str | None] = mapped_column(String(12))
    rule: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None]
    contested_at: Mapped[datetime | None]
    contest: Mapped[str | None]

    author: Mapped[Resident | None] = relationship(foreign_keys=[author_id])
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


class Sanction(Model):
    """Someone may not write until a date."""

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
