"""Paper ballots: each pile is read twice, by two people, and counted where both read the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import now
from app.core.db import Model


class PaperBatch(Model):
    """A pile of paper ballots of a poll, `size` of them, typed in after the vote is over."""

    __tablename__ = "paper_batches"
    __table_args__ = (
        UniqueConstraint("poll_id", "number"),
        CheckConstraint("size BETWEEN 1 AND 100", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    number: Mapped[int]
    size: Mapped[int]
    agreed_at: Mapped[datetime | None]

    readings: Mapped[list["PaperReading"]] = relationship(
        back_populates="batch", order_by="PaperReading.number", cascade="all, delete-orphan"
    )


class PaperReading(Model):
    """What one person read on each ballot of a pile, in its order; the second is someone else.

    `sheets` holds a ballot's JSON text each, None where the paper is null. Both readings are
    emptied when the box is opened: paper ballots are published among all the others.
    """

    __tablename__ = "paper_readings"
    __table_args__ = (
        UniqueConstraint("batch_id", "by_id", name="uq_paper_readings_two_people"),
        CheckConstraint("number IN (1, 2)", name="number"),
    )

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("paper_batches.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    sheets: Mapped[list[Any]] = mapped_column(JSON, default=list)
    typed_at: Mapped[datetime] = mapped_column(default=now)

    batch: Mapped[PaperBatch] = relationship(back_populates="readings")
