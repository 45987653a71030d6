"""What the desk did for someone present, and the files it brought together."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Assistance(Model):
    """The desk acts for someone present, for thirty minutes at most; one at a time a session."""

    __tablename__ = "assistances"
    __table_args__ = (
        CheckConstraint(
            "until <= started_at + interval '30 minutes'", name="thirty_minutes"
        ).ddl_if(dialect="postgresql"),
        # Moments are texts there; the thousandth is for what becomes of them as real numbers.
        CheckConstraint(
            "(julianday(until) - julianday(started_at)) * 1440 <= 30.001", name="thirty_minutes"
        ).ddl_if(dialect="sqlite"),
        Index(
            "uq_assistances_live",
            "sign_in_hash",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    sign_in_hash: Mapped[str | None] = mapped_column(String(64))
    purpose: Mapped[str | None] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship(foreign_keys=[resident_id])
    agent: Mapped[Resident | None] = relationship(foreign_keys=[agent_id])
    acts: Mapped[list["AssistedAct"]] = relationship(back_populates="assistance")


class AssistedAct(Model):
    """One thing done in the person's name: the sentence they saw, and where it leads.

    `can_be_undone`: the person can come back on it there by themselves.
    """

    __tablename__ = "assisted_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    assistance_id: Mapped[int] = mapped_column(
        ForeignKey("assistances.id", ondelete="CASCADE"), index=True
    )
    said: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime] = mapped_column(default=now)
    can_be_undone: Mapped[bool] = mapped_column(default=False)

    assistance: Mapped[Assistance] = relationship(back_populates="acts")


class Kiosk(Model):
    """A shared tablet, known by a token in a cookie of its own; only the hash is kept."""

    __tablename__ = "kiosks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    opened_by: Mapped[Resident | None] = relationship()


class Merge(Model):
    """Two files of one person made one. `moved` says what, so that it can be undone."""

    __tablename__ = "merges"
    __table_args__ = (
        Index(
            "uq_merges_live",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200))
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)

    kept: Mapped[Resident] = relationship(foreign_keys=[kept_id])
    merged: Mapped[Resident] = relationship(foreign_keys=[merged_id])
    by: Mapped[Resident | None] = relationship(foreign_keys=[by_id])


class ToldApart(Model):
    """Two files that look like one person's, and are not: someone has looked."""

    __tablename__ = "told_apart"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    second_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(default=now)
