"""The audit log's tables. Triggers refuse any change, the forgetting of details apart."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class AuditEntry(Model):
    """One act of the team, chained to the one before.

    People are numbers only. What may name someone lies in `details`, of which the chain holds a
    salted digest: erasing a person empties it, and the chain still holds.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint("(details IS NULL) = (salt IS NULL)", name="details_salted"),
        Index("ix_audit_entries_subject", "subject_type", "subject_id"),
        Index("ix_audit_entries_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)
    act: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int | None] = mapped_column(index=True)
    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    salt: Mapped[str | None] = mapped_column(String(32))
    details_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Model):
    """One row: the hash of the last entry. Whoever adds one holds it until the end of the act."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(default=0)
