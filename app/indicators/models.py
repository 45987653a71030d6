"""Totals kept as the ledger grows."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Mark(Model):
    """One thing counted for one indicator on one day.

    `unit` is what is counted (a person's participation key, a session, a body…), so that a
    value over any period is a count of distinct units. `entries` is how many live ledger
    entries stand behind the mark; the mark goes when none is left.
    """

    __tablename__ = "indicator_marks"
    __table_args__ = (
        UniqueConstraint("code", "day", "unit", "quartier_id", "body_id"),
        CheckConstraint("entries > 0", name="stands_on_entries"),
        Index("ix_indicator_marks_code_day", "code", "day", "unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    unit: Mapped[str] = mapped_column(String(80))
    quartier_id: Mapped[int] = mapped_column(default=0)
    body_id: Mapped[int] = mapped_column(default=0)
    entries: Mapped[int]


class Target(Model):
    """What the centre aims at for an indicator in a civil year."""

    __tablename__ = "indicator_targets"
    __table_args__ = (CheckConstraint("value >= 0", name="positive"),)

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
