"""What may be asked about a roll: to vote for someone else, to be added to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Proxy(Model):
    """A principal lets a holder vote in their place: one a principal and a poll.

    The row goes when it is taken back or when the principal votes in person. One that served
    (`is_used`) still counts towards what its holder may hold: it goes with the others when the
    poll is over, and the roll says that someone was represented, not by whom.
    """

    __tablename__ = "poll_proxies"
    __table_args__ = (
        CheckConstraint("holder_id <> principal_id", name="two_people"),
        Index("ix_poll_proxies_holder", "poll_id", "holder_id"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    principal_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    holder_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    given_at: Mapped[datetime] = mapped_column(default=now)
    is_used: Mapped[bool] = mapped_column(default=False)

    principal: Mapped[Resident] = relationship(foreign_keys=principal_id)
    holder: Mapped[Resident] = relationship(foreign_keys=holder_id)


class RollClaim(Model):
    """Someone who finds themselves missing from a roll asks to be added to it: once a poll.

    `outcome`: None while nobody answered, else accepted or refused.
    """

    __tablename__ = "poll_claims"
    __table_args__ = (
        UniqueConstraint("poll_id", "resident_id"),
        CheckConstraint("outcome IN ('accepted', 'refused')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )

    resident: Mapped[Resident] = relationship(foreign_keys=resident_id)
