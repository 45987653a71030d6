"""Households, who answers for a child, and what was agreed to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Household(Model):
    """People who live together; a child may belong to two."""

    __tablename__ = "households"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(default=now)

    members: Mapped[list["HouseholdMember"]] = relationship(back_populates="household")


class HouseholdMember(Model):
    """Someone of a household."""

    __tablename__ = "household_members"

    household_id: Mapped[int] = mapped_column(
        ForeignKey("households.id", ondelete="CASCADE"), primary_key=True
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(default=now)

    household: Mapped[Household] = relationship(back_populates="members")
    resident: Mapped[Resident] = relationship()


class Guardianship(Model):
    """An adult answers for a child, until the child is 15 or the link is undone for a reason."""

    __tablename__ = "guardianships"
    __table_args__ = (
        CheckConstraint("guardian_id <> child_id", name="two_people"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_explained"),
        Index(
            "uq_guardianships_live",
            "guardian_id",
            "child_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    child_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(default=now)
    linked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    end_reason: Mapped[str | None] = mapped_column(String(200))

    guardian: Mapped[Resident] = relationship(foreign_keys=[guardian_id])
    child: Mapped[Resident] = relationship(foreign_keys=[child_id])


class GuardianInvitation(Model):
    """A guardian asks another adult to answer for the child too; answered once."""

    __tablename__ = "guardian_invitations"
    __table_args__ = (
        Index(
            "uq_guardian_invitations_waiting",
            "child_id",
            "invited_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    invited_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]

    child: Mapped[Resident] = relationship(foreign_keys=[child_id])
    invited_by: Mapped[Resident] = relationship(foreign_keys=[invited_by_id])


class Purpose(StrEnum):
    """What rests on consent alone."""

    PUBLIC_PROFILE = "public_profile"
    PHOTO = "photo"
    NEWSLETTER = "newsletter"


class Consent(Model):
    """Someone agreed to a purpose, for themselves or for the child they answer for.

    `text_version` names the sentence they read. A row withdrawn at the moment it was given says
    that they refused from the first.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_live",
            "resident_id",
            "purpose",
            "given_by_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[str] = mapped_column(String(20))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    @property
    def is_refusal(self) -> bool:
        """Whether they said no without ever having said yes."""
        return self.withdrawn_at == self.given_at
