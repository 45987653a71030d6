"""What the desk did for someone present, and the files it brought together."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Assistance(Model):
    """The desk acts for someone present, for thirty minutes at most."""

    __tablename__ = "assistances"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    sign_in_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship(foreign_keys=[resident_id])
    agent: Mapped[Resident | None] = relationship(foreign_keys=[agent_id])
    acts: Mapped[list["AssistedAct"]] = relationship(back_populates="assistance")


class AssistedAct(Model):
    """One thing done in the person's name: the sentence they saw, and where it leads."""

    __tablename__ = "assisted_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    assistance_id: Mapped[int] = mapped_column(
        ForeignKey("assistances.id", ondelete="CASCADE"), index=True
    )
    said: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime] = mapped_column(default=now)

    assistance: Mapped[Assistance] = relationship(back_populates="acts")


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
    kept_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
    moved: Mapped[list[dict[str, object]]] = mapped_column(JSON)
