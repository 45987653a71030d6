"""Associations of the territory, their connections, and collectifs of residents."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.associations.families import SENSITIVE
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import Model
from app.core.moderated import Moderated


class Association(Moderated, Model):
    """An association in the directory. `family` is the national register's code of social object.

    `status`: pending, approved, refused.
    """

    __tablename__ = "associations"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'approved', 'refused')", name="status"),
        CheckConstraint("status <> 'refused' OR refusal_reason IS NOT NULL", name="refusal_reason"),
        Index("ix_associations_status_name", "status", "folded_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    folded_name: Mapped[str] = mapped_column(String(160), unique=True)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    purpose: Mapped[str]
    activities: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(String(3), index=True)
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"), index=True)
    rna: Mapped[str | None] = mapped_column(String(10), unique=True)
    siren: Mapped[str | None] = mapped_column(String(9))
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(30))
    website: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(10), default="pending")
    refusal_reason: Mapped[str | None]
    listed_at: Mapped[datetime] = mapped_column(default=now)
    listed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )

    quartier: Mapped[Quartier | None] = relationship()
    publics: Mapped[list["AssociationPublic"]] = relationship(
        back_populates="association", cascade="all, delete-orphan"
    )

    @property
    def ledger_label(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/associations/{self.slug}"

    @property
    def is_sensitive(self) -> bool:
        """Whether belonging to it tells an opinion or a faith."""
        return self.family in SENSITIVE


class AssociationPublic(Model):
    """A public that an association serves (a code of `associations.publics`)."""

    __tablename__ = "association_publics"

    association_id: Mapped[int] = mapped_column(ForeignKey("associations.id"), primary_key=True)
    public: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)

    association: Mapped[Association] = relationship(back_populates="publics")


class Connection(Model):
    """One association asks to meet another.

    `status`: asked, accepted, declined, withdrawn; the first two are live.
    """

    __tablename__ = "connections"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="two_associations"),
        CheckConstraint("status IN ('asked', 'accepted', 'declined', 'withdrawn')", name="status"),
        Index(
            "uq_connections_live",
            text("(CASE WHEN from_id < to_id THEN from_id ELSE to_id END)"),
            text("(CASE WHEN from_id < to_id THEN to_id ELSE from_id END)"),
            unique=True,
            sqlite_where=text("status IN ('asked', 'accepted')"),
            postgresql_where=text("status IN ('asked', 'accepted')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("associations.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("associations.id"), index=True)
    message: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(String(10), default="asked")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )

    asker: Mapped[Association] = relationship(foreign_keys=[from_id])
    asked: Mapped[Association] = relationship(foreign_keys=[to_id])

    @property
    def ledger_label(self) -> str:
        return f"{self.asker.name} ↔ {self.asked.name}"


class Collectif(Moderated, Model):
    """Residents who act together without an association. `status`: forming, formed, dropped."""

    __tablename__ = "collectifs"
    __table_args__ = (
        CheckConstraint("status IN ('forming', 'formed', 'dropped')", name="status"),
        CheckConstraint("(status = 'formed') = (formed_on IS NOT NULL)", name="formed_on"),
        Index(
            "uq_collectifs_live_name",
            text("lower(name)"),
            unique=True,
            sqlite_where=text("status <> 'dropped'"),
            postgresql_where=text("status <> 'dropped'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str]
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    referent_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(String(10), default="forming")
    started_at: Mapped[datetime] = mapped_column(default=now)
    formed_on: Mapped[date | None]

    quartier: Mapped[Quartier | None] = relationship()
    referent: Mapped[Resident | None] = relationship()
    members: Mapped[list["CollectifMember"]] = relationship(back_populates="collectif")

    @property
    def ledger_label(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/collectifs/{self.id}"


class CollectifMember(Model):
    """Someone invited to a collectif, who has accepted, declined, or not answered yet."""

    __tablename__ = "collectif_members"
    __table_args__ = (
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
    )

    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectifs.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    invited_at: Mapped[datetime] = mapped_column(default=now)
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    collectif: Mapped[Collectif] = relationship(back_populates="members")
    resident: Mapped[Resident] = relationship()
