"""What a meeting decides under a point of its ordre du jour, and how it came to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import AgendaItem, Meeting
from app.core.clock import now
from app.core.db import Model


class Deliberation(Model):
    """A question put to the members at a meeting; a trigger freezes it with the minutes.

    `way`: hands (counted in the room), poll (secret, on phones) or consent (by rounds, at most
    `rounds_most`; it may fall back to hands). `outcome`: adopted or rejected, None until then.
    `voters_present`, `voters_represented`, `quorum_needed`: as they were at that moment.
    `votes_withheld`: who took no part. `said`: the result of its poll, in a sentence.
    """

    __tablename__ = "deliberations"
    __table_args__ = (
        CheckConstraint("way IN ('hands', 'poll', 'consent')", name="way"),
        CheckConstraint("outcome IN ('adopted', 'rejected')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0"
            " AND votes_withheld >= 0",
            name="votes",
        ),
        CheckConstraint(
            "votes_for + votes_against + votes_abstained + votes_withheld"
            " <= voters_present + voters_represented",
            name="no_more_votes_than_voters",
        ),
        CheckConstraint(
            "votes_for IS NULL OR (outcome = 'adopted') = (votes_for > votes_against)",
            name="majority_of_votes_cast",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    question: Mapped[str] = mapped_column(String(300))
    way: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(10))
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    votes_withheld: Mapped[int | None]
    voters_present: Mapped[int | None]
    voters_represented: Mapped[int | None]
    quorum_needed: Mapped[int | None]
    rounds_most: Mapped[int | None]
    poll_id: Mapped[int | None] = mapped_column(
        ForeignKey("polls.id", ondelete="SET NULL"), unique=True
    )
    said: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem] = relationship()
    rounds: Mapped[list["ConsentRound"]] = relationship(
        back_populates="deliberation", order_by="ConsentRound.number"
    )


class ConsentRound(Model):
    """A version of the text, on which each member present says their voice.

    `outcome`: adopted; objected, when an objection stood at its end; None while it is open.
    """

    __tablename__ = "consent_rounds"
    __table_args__ = (
        CheckConstraint("outcome IN ('adopted', 'objected')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (closed_at IS NULL)", name="closed"),
    )

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(10))

    deliberation: Mapped[Deliberation] = relationship(back_populates="rounds")


class ConsentVoice(Model):
    """What one member says in one round: consent, reserve, objection (with its reason), abstain."""

    __tablename__ = "consent_voices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["deliberation_id", "number"],
            ["consent_rounds.deliberation_id", "consent_rounds.number"],
            name="fk_consent_voices_round",
        ),
        CheckConstraint("voice IN ('consent', 'reserve', 'objection', 'abstain')", name="voice"),
        CheckConstraint("voice <> 'objection' OR reason <> ''", name="objection_has_reason"),
    )

    deliberation_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    voice: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime] = mapped_column(default=now)

    resident: Mapped[Resident] = relationship()
