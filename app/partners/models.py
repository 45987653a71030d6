"""Partners, what they do and for whom, their contacts, and what they do with the centre."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import Model
from app.core.files import StoredFile
from app.programme.models import Action, Session


class Mission(Model):
    """What partners may be there for; the centre adds to the list and retires from it."""

    __tablename__ = "missions"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded_name: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[date | None]


class Partner(Model):
    """An organisation that works with the centre. `kind` is a code of `partners.words`.

    One that serves no quartier in particular serves them all.
    """

    __tablename__ = "partners"
    __table_args__ = (Index("ix_partners_archived", "archived_on", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    folded_name: Mapped[str] = mapped_column(String(160), unique=True)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    purpose: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(30))
    website: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime] = mapped_column(default=now)
    archived_on: Mapped[date | None]

    missions: Mapped[list[Mission]] = relationship(
        secondary="partner_missions", order_by=(Mission.position, Mission.name)
    )
    quartiers: Mapped[list[Quartier]] = relationship(
        secondary="partner_quartiers", order_by=Quartier.position
    )
    publics: Mapped[list["PartnerPublic"]] = relationship(
        back_populates="partner", cascade="all, delete-orphan"
    )

    @property
    def ledger_label(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/partenaires/{self.slug}"


class PartnerMission(Model):
    """A mission that a partner has."""

    __tablename__ = "partner_missions"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("missions.id"), primary_key=True, index=True)


class PartnerQuartier(Model):
    """A quartier where a partner works."""

    __tablename__ = "partner_quartiers"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True)
    quartier_id: Mapped[int] = mapped_column(
        ForeignKey("quartiers.id"), primary_key=True, index=True
    )


class PartnerPublic(Model):
    """A public that a partner serves (a code of `partners.words`)."""

    __tablename__ = "partner_publics"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True)
    public: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)

    partner: Mapped[Partner] = relationship(back_populates="publics")


class Contact(Model):
    """Whom the team asks for at a partner's: the team alone reads it."""

    __tablename__ = "partner_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(254))

    partner: Mapped[Partner] = relationship()


class ActionPartner(Model):
    """A partner that takes part in an action."""

    __tablename__ = "action_partners"
    __table_args__ = (CheckConstraint("role IN ('co-organises', 'present')", name="role"),)

    action_id: Mapped[int] = mapped_column(
        ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True
    )
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(12))

    action: Mapped[Action] = relationship()
    partner: Mapped[Partner] = relationship()


class SessionPartner(Model):
    """A partner that was there at a session, or is expected."""

    __tablename__ = "session_partners"
    __table_args__ = (CheckConstraint("role IN ('co-organises', 'present')", name="role"),)

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(12))

    session: Mapped[Session] = relationship()
    partner: Mapped[Partner] = relationship()


class Convention(Model):
    """What the centre and a partner agreed upon, from a day to another, both in it.

    `notice_months` is how long before its end it must be thought of; `follows_id` the one it
    renews, at most one renewal each.
    """

    __tablename__ = "conventions"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("notice_months BETWEEN 0 AND 24", name="notice"),
        CheckConstraint("follows_id <> id", name="follows_another"),
        Index("ix_conventions_ends", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    notice_months: Mapped[int] = mapped_column(default=3)
    signed_by: Mapped[str] = mapped_column(String(160), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("conventions.id"), unique=True)
    told_soon_on: Mapped[date | None]
    told_ended_on: Mapped[date | None]

    partner: Mapped[Partner] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class Scheme(Model):
    """A social scheme the team watches: whom it helps, where to ask, until when it holds."""

    __tablename__ = "schemes"
    __table_args__ = (CheckConstraint("valid_until >= valid_from", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    folded_title: Mapped[str] = mapped_column(String(160), unique=True)
    text: Mapped[str]
    audience: Mapped[str] = mapped_column(String(300), default="")
    where_to_go: Mapped[str] = mapped_column(default="")
    source_url: Mapped[str | None] = mapped_column(String(300))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    checked_on: Mapped[date]
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    archived_on: Mapped[date | None]

    checked_by: Mapped[Resident | None] = relationship()

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/dispositifs/{self.id}"
