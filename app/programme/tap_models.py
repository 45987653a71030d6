"""What a finger did at the door, kept so that a phone may send it twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class AttendanceTap(Model):
    """Someone was put on a sheet, or taken off it, at a moment.

    `client_id` is made by the phone: the same tap is taken once, however often it is sent. The
    last tap of a person, by `tapped_at`, says whether they are on the sheet.
    """

    __tablename__ = "attendance_taps"
    __table_args__ = (Index("ix_attendance_taps_whose", "session_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    adds: Mapped[bool]
    tapped_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=now)
