"""Totals kept as the ledger grows."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.core.db import Model


class Mark(Model):
    """One thing counted for one indicator in one year, month by month (see ADR 0025).

    `unit` is what is counted once (a person's participation key, an action, a body…), or
    nothing where amounts are added up. `m1` to `m12` are, for each month, how many live
    entries stand behind it, or the amount they add (minutes, people).
    """

    __tablename__ = "indicator_marks"
    __table_args__ = (
        UniqueConstraint("code", "year", "unit", "quartier_id", "body_id"),
        CheckConstraint("year BETWEEN 1900 AND 2200", name="a_year"),
        Index("ix_indicator_marks_unit", "unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    quartier_id: Mapped[int] = mapped_column(default=0)
    body_id: Mapped[int] = mapped_column(default=0)
    m1: Mapped[int] = mapped_column(default=0)
    m2: Mapped[int] = mapped_column(default=0)
    m3: Mapped[int] = mapped_column(default=0)
    m4: Mapped[int] = mapped_column(default=0)
    m5: Mapped[int] = mapped_column(default=0)
    m6: Mapped[int] = mapped_column(default=0)
    m7: Mapped[int] = mapped_column(default=0)
    m8: Mapped[int] = mapped_column(default=0)
    m9: Mapped[int] = mapped_column(default=0)
    m10: Mapped[int] = mapped_column(default=0)
    m11: Mapped[int] = mapped_column(default=0)
    m12: Mapped[int] = mapped_column(default=0)


MONTHS: tuple[InstrumentedAttribute[int], ...] = tuple(
    getattr(Mark, f"m{number}") for number in range(1, 13)
)


class Check(Model):
    """The totals compared with the ledger, once a night; `differences` is to be 0."""

    __tablename__ = "indicator_checks"

    day: Mapped[date] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime | None]
    differences: Mapped[int] = mapped_column(default=0)
    entries: Mapped[int] = mapped_column(default=0)


class Target(Model):
    """What the centre aims at for an indicator in a civil year, who set it, and why."""

    __tablename__ = "indicator_targets"
    __table_args__ = (CheckConstraint("value >= 0", name="positive"),)

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    set_on: Mapped[date | None]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))


class PublishedYear(Model):
    """A civil year whose figures were given to the CAF and to the town: its targets are locked."""

    __tablename__ = "published_years"

    year: Mapped[int] = mapped_column(primary_key=True)
    published_on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))


class PublishedFigure(Model):
    """A figure as it was published; what is corrected later shows beside it."""

    __tablename__ = "published_figures"

    year: Mapped[int] = mapped_column(ForeignKey("published_years.year"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[float]


class AimLink(Model):
    """Something that serves an operational objective, or that realised an example.

    `kind` and `subject_id` are those of its `SearchDocument`: what is hidden or deleted leaves
    the index, and shows here no longer. `aim`: see `matrix.Aim`.
    """

    __tablename__ = "aim_links"
    __table_args__ = (Index("ix_aim_links_subject", "kind", "subject_id"),)

    aim: Mapped[str] = mapped_column(String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    linked_on: Mapped[date]
    linked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )


class Evaluation(Model):
    """What the comités and the team say of an objective over the years of an agrément.

    `first_year` is that of the agrément; `version` keeps two people from writing over each other.
    """

    __tablename__ = "evaluations"

    first_year: Mapped[int] = mapped_column(primary_key=True)
    objective: Mapped[str] = mapped_column(String(5), primary_key=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    written_on: Mapped[date]
