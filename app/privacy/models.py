"""What people asked to be erased, and the daily round that lets nothing be kept too long."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class ErasureRequest(Model):
    """Someone asked to be erased: their account is closed, and they have until `due_at` to return.

    `keeps_writings`: what they published stays, without their name. `asked_by_id` is themselves,
    their guardian, or the direction.
    """

    __tablename__ = "erasure_requests"
    __table_args__ = (
        CheckConstraint("cancelled_at IS NULL OR done_at IS NULL", name="one_end"),
        Index(
            "uq_erasure_requests_live",
            "resident_id",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL AND done_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL AND done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]
    keeps_writings: Mapped[bool]
    cancelled_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship(foreign_keys=[resident_id])


class Round(Model):
    """One day's round: how much was let go of, in numbers alone."""

    __tablename__ = "privacy_rounds"

    day: Mapped[date] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
