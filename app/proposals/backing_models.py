"""What the centre gave to a project."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import today
from app.core.db import Model
from app.proposals.models import Project


class Backing(Model):
    """One support given to a project; `amount_euros` for money. Cancelled, it no longer counts."""

    __tablename__ = "project_backings"
    __table_args__ = (
        CheckConstraint("amount_euros > 0", name="an_amount"),
        CheckConstraint("kind IN ('room', 'money', 'time', 'equipment')", name="known_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(200))
    amount_euros: Mapped[int | None]
    day: Mapped[date] = mapped_column(default=today)
    ledger_entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))
    cancelled_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
