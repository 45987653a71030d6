"""Polls: who may vote, who has, and what was voted; in secret, nothing joins the last two."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.clock import now
from app.core.db import Model


class Poll(Model):
    """A question put to an electorate.

    `status`: scheduled (rules set, not yet open), open, closed, cancelled. `electorate`: all,
    or body (the comité's members, the conseil's voting mandates). Rules are frozen at opening.
    `quorum_percent` is of the electoral roll, 0 for none. `box_key` seals the ballots of a secret
    poll. What opens them is `sealing_key`, kept until closing; or, where `tellers_needed` is not
    0, what so many tellers know together: a trigger refuses both.
    """

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("quorum_percent BETWEEN 0 AND 100", name="quorum"),
        CheckConstraint("status IN ('scheduled', 'open', 'closed', 'cancelled')", name="status"),
        CheckConstraint("electorate IN ('all', 'body')", name="electorate"),
        CheckConstraint("electorate <> 'body' OR body_id IS NOT NULL", name="body_named"),
        Index("ix_polls_status_closes", "status", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(String(30))
    electorate: Mapped[str] = mapped_column(String(10))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    is_secret: Mapped[bool]
    quorum_percent: Mapped[int] = mapped_column(default=0)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12), default="scheduled")
    tellers_needed: Mapped[int] = mapped_column(default=0)
    box_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    sealing_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    roll_size: Mapped[int | None]
    turnout: Mapped[int | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    closed_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )

    body: Mapped[Body | None] = relationship()
    options: Mapped[list["PollOption"]] = relationship(
        back_populates="poll", order_by="PollOption.position"
    )

    @property
    def ledger_label(self) -> str:
        return self.title


class PollOption(Model):
    """One of the things voted upon, most often a proposal."""

    __tablename__ = "poll_options"
    __table_args__ = (
        UniqueConstraint("poll_id", "position"),
        UniqueConstraint("poll_id", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(160))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)

    poll: Mapped[Poll] = relationship(back_populates="options")


class Teller(Model):
    """A member of the bureau de vote, who holds a part of the opening key.

    `public_key` comes from twelve words that only they have; `ready_at` once they proved it.
    `sealed_share` is their part, sealed for them; `given_share` that part in clear, from the time
    they gave it at closing until the box is opened. `called_at`: asked for it at closing.
    """

    __tablename__ = "poll_tellers"
    __table_args__ = (
        CheckConstraint("ready_at IS NULL OR public_key IS NOT NULL", name="ready_with_key"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    ready_at: Mapped[datetime | None]
    sealed_share: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_share: Mapped[str | None]
    given_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship()


class RollEntry(Model):
    """The electoral roll, frozen at opening."""

    __tablename__ = "poll_roll"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Emargement(Model):
    """Who has voted: one row a person and a poll, and nothing finer than the day."""

    __tablename__ = "emargements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "resident_id"],
            ["poll_roll.poll_id", "poll_roll.resident_id"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(12))


class SecretBallot(Model):
    """A sealed ballot in the box: a random key and a payload, no person, no time, no order."""

    __tablename__ = "secret_ballots"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class PublicBallot(Model):
    """A ballot with its voter's name, in a poll that says so."""

    __tablename__ = "public_ballots"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "resident_id"],
            ["emargements.poll_id", "emargements.resident_id"],
            ondelete="CASCADE",
        ),
    )

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str]
    cast_at: Mapped[datetime] = mapped_column(default=now)


class OpenedBallot(Model):
    """A counted ballot as published: its choice and nothing else."""

    __tablename__ = "opened_ballots"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    choice: Mapped[str]
