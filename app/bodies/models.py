"""Instances of concertation and what they do."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model

CONSEIL = "conseil"
COMITE = "comite"

RESIDENTS = "habitants"
COLLEGES = (RESIDENTS, "associations", "partenaires", "elus", "equipe")
OUTCOMES = ("avis", "valide", "transmis", "adopte", "refuse", "realise")


class Body(Model):
    """The conseil de maison, or a comité. `theme` is enfant, famille, senior or autre."""

    __tablename__ = "bodies"
    __table_args__ = (CheckConstraint("kind IN ('conseil', 'comite')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(20), default="autre")
    name: Mapped[str] = mapped_column(String(120), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    purpose: Mapped[str] = mapped_column(default="")
    created_on: Mapped[date]
    closed_on: Mapped[date | None]

    @property
    def ledger_label(self) -> str:
        return self.name


class Membership(Model):
    """Someone follows a comité. Being on the list alone counts for no indicator."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_live",
            "body_id",
            "resident_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship()


class Subscription(Model):
    """Someone told when minutes of an instance are published, without being of it."""

    __tablename__ = "body_subscriptions"

    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime] = mapped_column(default=now)


class Mandate(Model):
    """A seat held in the conseil, in one collège, from a day to another.

    `ends_on` is the last day of its term; `ended_on` the first day it is no longer held, and
    `end_cause` why. `origin`: how the person came. `told_days`: the nearest of the alerts sent
    before the term ends (90 days, then 30).
    """

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint(
            "origin IN ('elected', 'drawn', 'appointed', 'ex_officio', 'consent')", name="origin"
        ),
        CheckConstraint("poll_id IS NULL OR origin = 'elected'", name="elected_by_poll"),
        CheckConstraint("draw_id IS NULL OR origin = 'drawn'", name="drawn_by_draw"),
        CheckConstraint(
            "end_cause IN ('term', 'resigned', 'ended', 'stepped_up', 'closed', 'erased')",
            name="end_cause",
        ),
        CheckConstraint("(ended_on IS NULL) = (end_cause IS NULL)", name="ended_for_a_cause"),
        Index(
            "uq_mandates_live",
            "body_id",
            "resident_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    college: Mapped[str] = mapped_column(String(20))
    is_titulaire: Mapped[bool] = mapped_column(default=True)
    is_voting: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[str] = mapped_column(String(12), default="appointed")
    poll_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id", ondelete="SET NULL"))
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("draws.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_cause: Mapped[str | None] = mapped_column(String(12))
    end_reason: Mapped[str | None]
    told_days: Mapped[int | None]

    resident: Mapped[Resident] = relationship()


class Meeting(Model):
    """A meeting of a body, from its convocation to its published minutes.

    `convened_at`: when its present day and hour were sent. `online_url`: where members join from
    afar; nobody else reads it.

    `minutes` is what goes with no item of the agenda, and `minutes_version` its own; `edition` is
    that of the whole, items included. Members read them over from `circulated_at` on, and approve
    them at the meeting `approved_in_id`, or as `approval_note` says.
    `status`: planned, held, cancelled. `minutes_status`: none, draft, published.
    Published minutes are frozen by a database trigger. `quorum_present` holds
    `quorum_represented` who were there by procuration. `quorum_residents`: whether a voting
    resident was there, where the centre asks for one; None where it does not.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("minutes_year", "minutes_rank"),
        CheckConstraint("status IN ('planned', 'held', 'cancelled')", name="status"),
        CheckConstraint("minutes_status IN ('none', 'draft', 'published')", name="minutes_status"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="times"),
        Index("ix_meetings_body_starts", "body_id", "starts_at"),
        Index(
            "uq_meetings_planned",
            "body_id",
            "starts_at",
            "title",
            unique=True,
            sqlite_where=text("status = 'planned'"),
            postgresql_where=text("status = 'planned'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    title: Mapped[str] = mapped_column(String(160))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(160))
    online_url: Mapped[str | None] = mapped_column(String(300))
    is_open: Mapped[bool] = mapped_column(default=True)
    status: Mapped[str] = mapped_column(String(12), default="planned")
    convened_at: Mapped[datetime] = mapped_column(default=now)
    convened_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )
    cancel_reason: Mapped[str | None]
    quorum_needed: Mapped[int | None]
    quorum_present: Mapped[int | None]
    quorum_represented: Mapped[int | None]
    quorum_residents: Mapped[bool | None]
    minutes: Mapped[str] = mapped_column(default="")
    minutes_status: Mapped[str] = mapped_column(String(12), default="none")
    minutes_version: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=0, server_default="0")
    circulated_at: Mapped[datetime | None]
    approved_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    approval_note: Mapped[str | None] = mapped_column(String(300))
    minutes_year: Mapped[int | None]
    minutes_rank: Mapped[int | None]
    minutes_sha256: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position"
    )

    @property
    def minutes_number(self) -> str | None:
        """« 2026-07 », once published."""
        if self.minutes_year is None or self.minutes_rank is None:
            return None
        return f"{self.minutes_year}-{self.minutes_rank:02d}"

    @property
    def has_quorum(self) -> bool | None:
        if self.quorum_needed is None or self.quorum_present is None:
            return None
        return self.quorum_present >= self.quorum_needed and self.quorum_residents is not False

    @property
    def ledger_label(self) -> str:
        return self.title


class AgendaItem(Model):
    """A point of the ordre du jour, and what was said of it; it may bring a proposal.

    A private point is for members: the public reads its title alone. `salt` keeps the fingerprint
    of what is private, in the seal of the minutes, from being guessed.
    """

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    notes: Mapped[str] = mapped_column(default="", server_default="")
    notes_version: Mapped[int] = mapped_column(default=0, server_default="0")
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    salt: Mapped[str | None] = mapped_column(String(32))

    meeting: Mapped[Meeting] = relationship(back_populates="items")


class MeetingAttendance(Model):
    """Who was there (present), or said they could not be (excused).

    `present_from`: when they were signed in, None if it was noted on a later day. `left_at`: when
    they went before the end.

    `kept_name`: what the published minutes said of a member of the conseil erased since.
    """

    __tablename__ = "meeting_attendances"
    __table_args__ = (CheckConstraint("status IN ('present', 'excused')", name="status"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    status: Mapped[str] = mapped_column(String(10), default="present")
    present_from: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    kept_name: Mapped[str | None] = mapped_column(String(130))

    resident: Mapped[Resident] = relationship()


class BodyDocument(Model):
    """A PDF that a body keeps at hand; `item_id`: the point of a meeting that it goes with."""

    __tablename__ = "body_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(160))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
