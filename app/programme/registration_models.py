"""Who means to come, and who offered a hand: neither is presence."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model
from app.programme.models import Session


class Registration(Model):
    """Someone has a place at a session, or waits for one while `place` is empty.

    Places are numbered from 1, each given once: two people cannot both take the last.
    """

    __tablename__ = "session_registrations"
    __table_args__ = (
        UniqueConstraint("session_id", "resident_id"),
        UniqueConstraint("session_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 2000", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int | None]
    registered_at: Mapped[datetime] = mapped_column(default=now)

    session: Mapped[Session] = relationship()
    resident: Mapped[Resident] = relationship()


class VolunteerNeed(Model):
    """People wanted for a task: at one session, or at each session of the action."""

    __tablename__ = "volunteer_needs"
    __table_args__ = (CheckConstraint("wanted BETWEEN 1 AND 200", name="wanted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"))
    label: Mapped[str] = mapped_column(String(80))
    wanted: Mapped[int]


class VolunteerSignup(Model):
    """Someone will help with a task at a session; one task a person. Places as those above."""

    __tablename__ = "volunteer_signups"
    __table_args__ = (
        UniqueConstraint("session_id", "resident_id"),
        UniqueConstraint("need_id", "session_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 200", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("volunteer_needs.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    signed_up_at: Mapped[datetime] = mapped_column(default=now)

    need: Mapped[VolunteerNeed] = relationship()
    resident: Mapped[Resident] = relationship()
