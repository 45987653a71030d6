"""Series of dates: the rule they were written from, the days left out, and the school holidays."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import now
from app.core.db import Model
from app.programme.models import Action


class SchoolHoliday(Model):
    """A period without school, both days included."""

    __tablename__ = "school_holidays"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Series(Model):
    """A rule of recurrence (RFC 5545, in the centre's own time) from which dates were written.

    The sessions are what holds; the rule says where they come from, and lets calendars tell it.
    """

    __tablename__ = "action_series"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("until >= starts_on", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    rule: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    until: Mapped[date]
    starts_at_time: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int]
    skips_holidays: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=now)

    action: Mapped[Action] = relationship()
    exceptions: Mapped[list["SeriesException"]] = relationship(back_populates="series")


class SeriesException(Model):
    """A day of the rule that has no session, or whose session was moved to another moment."""

    __tablename__ = "series_exceptions"

    series_id: Mapped[int] = mapped_column(ForeignKey("action_series.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    moved_to: Mapped[datetime | None]

    series: Mapped[Series] = relationship(back_populates="exceptions")
