"""Preparing a meeting together: its day, and what is spoken of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body, Meeting
from app.core.clock import now
from app.core.db import Model


class DatePoll(Model):
    """Which day suits the members; closed once a meeting is convened, or given up."""

    __tablename__ = "date_polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))

    body: Mapped[Body] = relationship()
    slots: Mapped[list["DateSlot"]] = relationship(order_by="DateSlot.starts_at")


class DateSlot(Model):
    """One of the days and hours proposed."""

    __tablename__ = "date_slots"
    __table_args__ = (UniqueConstraint("date_poll_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    date_poll_id: Mapped[int] = mapped_column(ForeignKey("date_polls.id"))
    starts_at: Mapped[datetime]


class DateAnswer(Model):
    """Whether it suits someone: yes, maybe (if need be), no."""

    __tablename__ = "date_answers"
    __table_args__ = (CheckConstraint("answer IN ('yes', 'maybe', 'no')", name="answer"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("date_slots.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    answer: Mapped[str] = mapped_column(String(8))


class AgendaRequest(Model):
    """Someone asks for a point; `outcome`: taken, declined, or nothing yet."""

    __tablename__ = "agenda_requests"
    __table_args__ = (CheckConstraint("outcome IN ('taken', 'declined')", name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    author_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[str | None] = mapped_column(String(8))
    answer: Mapped[str] = mapped_column(String(500), default="")

    meeting: Mapped[Meeting] = relationship()
    author: Mapped[Resident] = relationship()
