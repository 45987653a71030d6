"""Choosing someone for a role in a comité without candidates: each names, then all consent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.clock import now
from app.core.db import Model


class RoleElection(Model):
    """A role, its term and what it asks for, said first; then rounds, named by nature.

    `status`: naming, changing (towards someone named), consent, given, dropped. `round`: of
    consent, one for each person proposed.
    """

    __tablename__ = "role_elections"
    __table_args__ = (
        CheckConstraint(
            "status IN ('naming', 'changing', 'consent', 'given', 'dropped')", name="status"
        ),
        CheckConstraint("months BETWEEN 1 AND 120", name="months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    months: Mapped[int]
    criteria: Mapped[str]
    is_referent: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10), default="naming")
    round: Mapped[int] = mapped_column(default=0)
    proposed_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    opened_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    proposed: Mapped[Resident | None] = relationship()


class RoleNaming(Model):
    """Who someone names, and why; `first_id`: whom they named before changing."""

    __tablename__ = "role_namings"

    election_id: Mapped[int] = mapped_column(ForeignKey("role_elections.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    named_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str]
    first_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )


class RoleVoice(Model):
    """What someone says of the person proposed, in one round."""

    __tablename__ = "role_voices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["election_id", "voter_id"],
            ["role_namings.election_id", "role_namings.voter_id"],
            name="fk_role_voices_naming",
            ondelete="CASCADE",
        ),
        CheckConstraint("voice IN ('consent', 'reserve', 'objection', 'abstain')", name="voice"),
        CheckConstraint("voice <> 'objection' OR reason <> ''", name="objection_has_reason"),
    )

    election_id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    voter_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    voice: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(default="")
