"""What was sent about a meeting."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Convocation(Model):
    """One sending, as it left: a trigger keeps it so.

    `sequence` goes from 0 up: it is also what tells calendars which of two invitations is the
    newer (RFC 5545, 3.8.7.4). `kind`: convened, moved (day, hour, place or title), agenda,
    cancelled. `notice_days`: whole days between this sending and the meeting; `notice_wanted`:
    what the centre asked for then.
    """

    __tablename__ = "convocations"
    __table_args__ = (
        CheckConstraint("kind IN ('convened', 'moved', 'agenda', 'cancelled')", name="kind"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    sent_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    title: Mapped[str] = mapped_column(String(160))
    place: Mapped[str] = mapped_column(String(160))
    agenda: Mapped[list[str]] = mapped_column(JSON)
    notice_days: Mapped[int]
    notice_wanted: Mapped[int]
