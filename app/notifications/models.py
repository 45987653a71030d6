"""What a person was told on the site."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model

LONGEST = 300
"""Characters of a sentence."""


class Notification(Model):
    """A sentence for one person, and where it leads."""

    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_resident_read", "resident_id", "read_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(LONGEST))
    url: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
