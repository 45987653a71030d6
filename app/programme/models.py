"""What the centre does with people, and who came."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import Model

LEADS = ("centre", "ville", "partenaire", "association", "habitants")
PUBLICS = ("tous", "enfants", "jeunes", "familles", "seniors")
MOST_PLACES = 2000


class ActionKind(Model):
    """What an action may be; `counts_as` is the code of `programme.kinds` that figures read."""

    __tablename__ = "action_kinds"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(60), unique=True)
    counts_as: Mapped[str] = mapped_column(String(40))
    is_built_in: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]


class Action(Model):
    """Something the centre offers, once or again.

    `nature` is what a meeting of partners is for, or before whom the centre is presented;
    `renews_id` the action that this one goes on with. Without `takes_registrations` people simply
    come; `capacity` is in people a session.
    """

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint(
            "lead IN ('centre', 'ville', 'partenaire', 'association', 'habitants')", name="lead"
        ),
        CheckConstraint(
            "nature IN ('echange', 'coordination', 'autre',"
            " 'habitants', 'partenaires', 'elus', 'equipe')",
            name="nature",
        ),
        CheckConstraint(
            "public IN ('tous', 'enfants', 'jeunes', 'familles', 'seniors')", name="public"
        ),
        CheckConstraint("capacity BETWEEN 1 AND 2000", name="capacity"),
        CheckConstraint("renews_id <> id", name="renews_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(ForeignKey("action_kinds.code"), index=True)
    nature: Mapped[str | None] = mapped_column(String(20))
    public: Mapped[str] = mapped_column(String(12), default="tous", server_default="tous")
    takes_registrations: Mapped[bool] = mapped_column(default=False, server_default=false())
    capacity: Mapped[int | None]
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    description: Mapped[str] = mapped_column(default="")
    lead: Mapped[str] = mapped_column(String(12), default="centre")
    is_offsite: Mapped[bool] = mapped_column(default=False)
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    place: Mapped[str] = mapped_column(String(160), default="")
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    quartier: Mapped[Quartier | None] = relationship()
    kind_row: Mapped[ActionKind] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="action", order_by="Session.starts_at"
    )

    @property
    def ledger_label(self) -> str:
        return self.title

    @property
    def counts_as(self) -> str:
        """The code that figures read."""
        return self.kind_row.counts_as


class Session(Model):
    """One meeting of an action. `status`: planned, held, cancelled.

    `sequence`: how many times calendars had to change it, the last of them at `changed_at`.
    `lasted_minutes` is said at its closing, where it did not last as planned.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("status IN ('planned', 'held', 'cancelled')", name="status"),
        CheckConstraint("head_count BETWEEN 0 AND 5000", name="head_count"),
        CheckConstraint(
            "head_count IS NULL OR (count_method <> '' AND counted_by <> '')", name="count_signed"
        ),
        CheckConstraint("lasted_minutes BETWEEN 1 AND 1440", name="lasted"),
        Index("ix_sessions_starts", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("action_series.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12), default="planned")
    cancel_reason: Mapped[str | None]
    head_count: Mapped[int | None]
    count_method: Mapped[str] = mapped_column(String(80), default="")
    counted_by: Mapped[str] = mapped_column(String(80), default="")
    lasted_minutes: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )

    action: Mapped[Action] = relationship(back_populates="sessions")

    def tell_calendars(self) -> None:
        """Other people's calendars must change it: a later version replaces an earlier one."""
        self.sequence, self.changed_at = self.sequence + 1, now()

    @property
    def ledger_label(self) -> str:
        return self.action.title

    @property
    def minutes(self) -> int:
        """How long it lasted; as planned, unless its closing said otherwise."""
        planned = int((self.ends_at - self.starts_at).total_seconds() // 60)
        return self.lasted_minutes or planned


class SessionAttendance(Model):
    """A resident came, as public or as volunteer; `channel` is how their name was written."""

    __tablename__ = "session_attendances"
    __table_args__ = (
        CheckConstraint("role IN ('public', 'volunteer')", name="role"),
        CheckConstraint("channel IN ('online', 'paper')", name="channel"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(12))
    signed_at: Mapped[datetime] = mapped_column(default=now)
    channel: Mapped[str] = mapped_column(String(8), default="online", server_default="online")

    resident: Mapped[Resident] = relationship()
