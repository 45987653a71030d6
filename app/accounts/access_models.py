"""How people got in: sign-ins, the second factor's spare codes, a change of address under way."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class ActingAs(StrEnum):
    """Why someone signed in uses another person's profile."""

    ASSISTANCE = "assistance"
    GUARDIAN = "guardian"


class SignIn(Model):
    """A sign-in on one device; only the token's hash is kept.

    While `acting_for_id` is set the session is that person's, for the team who assists them
    until `acting_until`, or for their guardian.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("(acting_for_id IS NULL) = (acting_as IS NULL)", name="acting"),
        CheckConstraint("acting_as IN ('assistance', 'guardian')", name="acting_as"),
        CheckConstraint("acting_as <> 'assistance' OR acting_until IS NOT NULL", name="bounded"),
    )

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    method: Mapped[str] = mapped_column(String(20))
    device: Mapped[str | None] = mapped_column(String(200))
    is_kiosk: Mapped[bool] = mapped_column(default=False)
    signed_in_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    acting_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE")
    )
    acting_as: Mapped[str | None] = mapped_column(String(12))
    acting_until: Mapped[datetime | None]


class RecoveryCode(Model):
    """A spare code of the second factor: it serves once. Only its digest is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("resident_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class EmailChange(Model):
    """An address to be replaced once both the old one and the new one have said yes.

    `told_at` is set once the mails are written, after the answer to whoever asked.
    """

    __tablename__ = "email_changes"

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    new_email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    old_confirmed_at: Mapped[datetime | None]
    new_confirmed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class LinkKind(StrEnum):
    """What a mailed link is for."""

    REGISTER = "register"
    ENTER = "enter"
    RESET = "reset"


class MailedLink(Model):
    """A link that someone asked for an address, whether or not it has an account.

    The request only adds the row; a job then looks the address up, writes the mail and keeps the
    digest of the link, or drops the row. The row goes when the link has served.
    """

    __tablename__ = "mailed_links"
    __table_args__ = (CheckConstraint("kind IN ('register', 'enter', 'reset')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(254), index=True)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    written_at: Mapped[datetime | None]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
