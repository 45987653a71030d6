"""The relevé de décisions: what was decided, who answers for it, and what becomes of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body, Meeting
from app.core.clock import now
from app.core.db import Model


class Decision(Model):
    """A numbered line of the relevé de décisions, and what becomes of it.


    Who answers for it: a person of the house (`owner_id`), or words (`owner`) for anyone else.
    `told_soon_for` and `told_late_for`: the deadline of which that person was reminded.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("year", "rank"),
        CheckConstraint(
            "outcome IN ('avis', 'valide', 'transmis', 'adopte', 'refuse', 'realise')",
            name="outcome",
        ),
        CheckConstraint("outcome <> 'refuse' OR reason IS NOT NULL", name="refusal_has_reason"),
        CheckConstraint("owner_id IS NULL OR owner = ''", name="one_owner"),
        Index("ix_decisions_board", "outcome", "due_on", "body_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    year: Mapped[int]
    rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None]
    owner: Mapped[str] = mapped_column(String(120), default="")
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    due_on: Mapped[date | None]
    told_soon_for: Mapped[date | None]
    told_late_for: Mapped[date | None]
    decided_on: Mapped[date]

    body: Mapped[Body] = relationship()
    meeting: Mapped[Meeting] = relationship()
    held_by: Mapped[Resident | None] = relationship()
    steps: Mapped[list["DecisionStep"]] = relationship(
        back_populates="decision", order_by="DecisionStep.id"
    )

    @property
    def number(self) -> str:
        """« 2026-14 »."""
        return f"{self.year}-{self.rank:02d}"

    @property
    def ledger_label(self) -> str:
        return f"{self.number} {self.title}"


class DecisionQuestion(Model):
    """The question put to the members that a decision came of."""

    __tablename__ = "decision_questions"

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberations.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)


class DecisionStep(Model):
    """One change in a decision's follow-up: who, when, what."""

    __tablename__ = "decision_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))

    decision: Mapped[Decision] = relationship(back_populates="steps")
    by: Mapped[Resident | None] = relationship()
