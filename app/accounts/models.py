"""Residents, their sign-ins and what they may do."""

import secrets
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import now
from app.core.db import Model
from app.ledger.acts import Standing


class Role(StrEnum):
    """What a grant gives; some hold for one body or one association only."""

    REFERENT = "referent"
    CONSEIL = "conseil"
    ASSOCIATION = "association"
    DESK = "desk"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


AGE_BANDS = ((0, 10, "0-10"), (11, 25, "11-25"), (26, 59, "26-59"), (60, 200, "60+"))


class Resident(Model):
    """A person known to the centre; e-mail and password are both optional."""

    __tablename__ = "residents"
    __table_args__ = (
        CheckConstraint("sex IN ('F', 'H')", name="sex"),
        CheckConstraint("year_of_birth BETWEEN 1900 AND 2100", name="year_of_birth"),
        Index("ix_residents_folded_name", "folded_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str] = mapped_column(String(60))
    family_name: Mapped[str] = mapped_column(String(60))
    folded_name: Mapped[str] = mapped_column(String(130))
    year_of_birth: Mapped[int | None]
    sex: Mapped[str | None] = mapped_column(String(1))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    phone: Mapped[str | None] = mapped_column(String(30))
    card_number: Mapped[str] = mapped_column(String(8), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    standing: Mapped[str] = mapped_column(String(12), default=Standing.HABITANT.value)
    registered_at: Mapped[datetime] = mapped_column(default=now)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="resident", foreign_keys="Grant.resident_id", lazy="selectin"
    )
    participation: Mapped["Participation | None"] = relationship(
        back_populates="resident", lazy="joined", cascade="all, delete-orphan"
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return True

    @property
    def display_name(self) -> str:
        """What others read: the given name and an initial."""
        return f"{self.given_name} {self.family_name[:1]}."

    @property
    def full_name(self) -> str:
        """For the desk and the person alone."""
        return f"{self.given_name} {self.family_name}"

    @property
    def is_confirmed(self) -> bool:
        """The e-mail was confirmed, or the desk saw the person."""
        return self.email_confirmed_at is not None or self.registered_by_id is not None

    @property
    def participation_key(self) -> str | None:
        return self.participation.key if self.participation else None

    @property
    def ledger_label(self) -> str:
        return ""

    def age_band_on(self, day: date) -> str | None:
        """The band of the age reached in the year of `day`; None when the year is not known."""
        if self.year_of_birth is None:
            return None
        age = day.year - self.year_of_birth
        return next((label for low, high, label in AGE_BANDS if low <= age <= high), None)

    def has_role(self, role: Role, *, body_id: int | None = None) -> bool:
        """Whether a live grant gives the role, for this body where one is named."""
        return any(
            grant.role == role and grant.ended_at is None and body_id in (None, grant.body_id)
            for grant in self.grants
        )

    def represents(self, association_id: int) -> bool:
        """Whether the person speaks for this association."""
        return any(
            grant.role == Role.ASSOCIATION
            and grant.ended_at is None
            and grant.association_id == association_id
            for grant in self.grants
        )

    @property
    def is_team(self) -> bool:
        """Desk, director or administrator."""
        return any(
            grant.ended_at is None and grant.role in (Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR)
            for grant in self.grants
        )

    @property
    def is_director(self) -> bool:
        return self.has_role(Role.DIRECTOR) or self.has_role(Role.ADMINISTRATOR)


class Participation(Model):
    """The only link between a person and the ledger; erasing the person drops this row."""

    __tablename__ = "participations"

    key: Mapped[str] = mapped_column(
        String(32), primary_key=True, default=lambda: secrets.token_hex(16)
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), unique=True
    )
    resident: Mapped[Resident] = relationship(back_populates="participation")


class Grant(Model):
    """A role given to a person, for a time, in a scope."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_live",
            "resident_id",
            "role",
            text("coalesce(body_id, 0)"),
            text("coalesce(association_id, 0)"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]

    resident: Mapped[Resident] = relationship(back_populates="grants", foreign_keys=[resident_id])


class SignIn(Model):
    """An open sign-in on one device; only the token's hash is kept."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    method: Mapped[str] = mapped_column(String(20))
    device: Mapped[str | None] = mapped_column(String(200))
    signed_in_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
