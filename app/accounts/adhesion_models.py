"""Memberships of the centre, by season."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Kind(StrEnum):
    """Whom a membership covers."""

    INDIVIDUAL = "individual"
    FAMILY = "family"


class Payment(StrEnum):
    """How a membership was paid; « gratuit » and nothing owed go together."""

    CASH = "especes"
    CHEQUE = "cheque"
    CARD = "carte"
    AID = "aide"
    FREE = "gratuit"


class Adhesion(Model):
    """A membership for one season, numbered in its year as its receipt.

    `season` is the year it starts in; `fee_cents` is in euro cents.
    """

    __tablename__ = "adhesions"
    __table_args__ = (
        CheckConstraint("kind IN ('individual', 'family')", name="kind"),
        CheckConstraint("fee_cents >= 0", name="fee_positive"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled"),
        CheckConstraint(
            "payment IN ('especes', 'cheque', 'carte', 'aide', 'gratuit')", name="payment"
        ),
        CheckConstraint("(payment = 'gratuit') = (fee_cents = 0)", name="free_is_free"),
        UniqueConstraint("receipt_year", "receipt_rank"),
        Index("ix_adhesions_season", "season", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    season: Mapped[int]
    fee_cents: Mapped[int]
    payment: Mapped[str] = mapped_column(String(12))
    receipt_year: Mapped[int]
    receipt_rank: Mapped[int]
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    taken_at: Mapped[datetime] = mapped_column(default=now)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    ledger_entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    holder: Mapped[Resident | None] = relationship(foreign_keys=[holder_id])
    people: Mapped[list["AdhesionPerson"]] = relationship(back_populates="adhesion")

    @property
    def ledger_label(self) -> str:
        return f"{self.season}-{self.season + 1}"

    @property
    def receipt_number(self) -> str:
        """« 2026-0014 »."""
        return f"{self.receipt_year}-{self.receipt_rank:04d}"


class AdhesionPerson(Model):
    """Someone whom a membership covers: one live membership a season."""

    __tablename__ = "adhesion_people"
    __table_args__ = (
        Index(
            "uq_adhesion_people_live",
            "resident_id",
            "season",
            unique=True,
            sqlite_where=text("is_live"),
            postgresql_where=text("is_live"),
        ),
    )

    adhesion_id: Mapped[int] = mapped_column(
        ForeignKey("adhesions.id", ondelete="CASCADE"), primary_key=True
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    season: Mapped[int]
    is_live: Mapped[bool] = mapped_column(default=True)

    adhesion: Mapped[Adhesion] = relationship(back_populates="people")
    resident: Mapped[Resident] = relationship()
