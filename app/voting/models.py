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

    `status`: draft (only those who may open it see it), scheduled (rules set, not yet open), open,
    closed (counted and published), cancelled. `electorate`: all, or body (the comité's members,
    the conseil's voting mandates). `quorum_percent` is of the electoral roll, 0 for none;
    `quorum_represented`: those who vote by proxy count for it, as the setting said at opening.

    Rules are frozen at opening, those about what may happen later too: `proxies_most` proxies a
    holder (0: none), `has_paper` (counted once `paper_closed_at`), `claims_until` for whoever finds
    themselves missing from the roll, `extendable_until` for a later closing, once (`extended_from`:
    what it was).

    `typed`: what its form held, by field, to be edited until it opens; nothing once it has.

    `box_key` seals the ballots of a secret poll. What opens them is `sealing_key`, kept until
    closing; or, where `tellers_needed` is not 0, what so many tellers know together: a trigger
    refuses both.
    """

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("quorum_percent BETWEEN 0 AND 100", name="quorum"),
        CheckConstraint(
            "status IN ('draft', 'scheduled', 'open', 'closed', 'cancelled')", name="status"
        ),
        CheckConstraint("electorate IN ('all', 'body')", name="electorate"),
        CheckConstraint("electorate <> 'body' OR body_id IS NOT NULL", name="body_named"),
        CheckConstraint("proxies_most BETWEEN 0 AND 3", name="proxies"),
        # A paper bears no name, and a public ballot does.
        CheckConstraint("NOT has_paper OR is_secret", name="paper_secret"),
        CheckConstraint(
            "archived_at IS NULL OR status IN ('closed', 'cancelled')", name="archived"
        ),
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
    quorum_represented: Mapped[bool] = mapped_column(default=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    extendable_until: Mapped[datetime | None]
    extended_from: Mapped[datetime | None]
    claims_until: Mapped[datetime | None]
    proxies_most: Mapped[int] = mapped_column(default=0)
    has_paper: Mapped[bool] = mapped_column(default=False)
    paper_closed_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(String(12), default="scheduled")
    tellers_needed: Mapped[int] = mapped_column(default=0)
    box_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    sealing_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    roll_size: Mapped[int | None]
    turnout: Mapped[int | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    closed_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    reminded_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("decisions.id", ondelete="SET NULL"), unique=True
    )
    typed: Mapped[dict[str, Any] | None] = mapped_column(JSON)
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


def _lasting_as(table: str) -> ForeignKeyConstraint:
    """What is kept of someone in a poll goes when their row of that table does."""
    ours = ("poll_id", "resident_id")
    return ForeignKeyConstraint(ours, [f"{table}.{name}" for name in ours], ondelete="CASCADE")


class RollEntry(Model):
    """The electoral roll, frozen at opening."""

    __tablename__ = "poll_roll"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Emargement(Model):
    """Who has voted: one row a person and a poll, and nothing finer than the day.

    `represented`: someone else voted for them, by proxy.
    """

    __tablename__ = "emargements"
    __table_args__ = (_lasting_as("poll_roll"), {"sqlite_with_rowid": False})

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(12))
    represented: Mapped[bool] = mapped_column(default=False)


class SecretBallot(Model):
    """A sealed ballot in the box: a random key and a payload, no person, no time, no order.

    `tag` is made by the site's own key, which is not in the database: whoever writes to the
    database alone can neither add a ballot nor alter one unseen.
    """

    __tablename__ = "secret_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    tag: Mapped[bytes] = mapped_column(LargeBinary(32))


class PublicBallot(Model):
    """A ballot with its voter's name, in a poll that says so."""

    __tablename__ = "public_ballots"
    __table_args__ = (_lasting_as("emargements"),)

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str]
    cast_at: Mapped[datetime] = mapped_column(default=now)


class PublicChange(Model):
    """A choice that its voter replaced, kept: a public poll hides no change of mind."""

    __tablename__ = "public_changes"
    __table_args__ = (
        _lasting_as("emargements"),
        Index("ix_public_changes_poll", "poll_id", "resident_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int]
    resident_id: Mapped[int]
    choice: Mapped[str]
    replaced_at: Mapped[datetime] = mapped_column(default=now)


class OpenedBallot(Model):
    """A counted ballot as published: its choice and nothing else."""

    __tablename__ = "opened_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    choice: Mapped[str]


class PollEvent(Model):
    """What happened to a poll, each chained to the one before; ballots never are.

    Append-only, by trigger. `facts` name nobody.
    """

    __tablename__ = "poll_events"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(default=now)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
