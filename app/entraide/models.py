"""Offers and requests of help, the private words they bring, and the thank-you that ends them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import Model
from app.core.moderated import Moderated

OFFER, REQUEST = "offer", "request"
OPEN, WITHDRAWN, THANKED, EXPIRED = "open", "withdrawn", "thanked", "expired"


class HelpNotice(Moderated, Model):
    """Someone offers a hand, or looks for one. `kind` is a code of `entraide.words`.

    `lasts_until` is its last day, in it; `folded` what a search reads; `reminded_on` the day its
    author was told that it ends soon, emptied when it is made to last.
    """

    __tablename__ = "help_notices"
    __table_args__ = (
        CheckConstraint("side IN ('offer', 'request')", name="side"),
        CheckConstraint("status IN ('open', 'withdrawn', 'thanked', 'expired')", name="status"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed_has_a_moment"),
        Index("ix_help_notices_open", "status", "lasts_until", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    when_words: Mapped[str] = mapped_column(String(80), default="")
    folded: Mapped[str]
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"), index=True)
    author_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    posted_at: Mapped[datetime] = mapped_column(default=now)
    lasts_until: Mapped[date]
    reminded_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(10), default=OPEN)
    closed_at: Mapped[datetime | None]

    author: Mapped[Resident] = relationship()
    quartier: Mapped[Quartier | None] = relationship()

    @property
    def ledger_label(self) -> str:
        """Nothing: what someone needs is theirs, and the ledger forgets nothing."""
        return ""

    def is_live_on(self, day: date) -> bool:
        """Whether it may still be answered, be it that the round has not passed yet."""
        return self.status == OPEN and self.lasts_until >= day


class HelpThread(Model):
    """What the author of a notice and one other person write to each other: theirs alone."""

    __tablename__ = "help_threads"
    __table_args__ = (UniqueConstraint("notice_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("help_notices.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)

    notice: Mapped[HelpNotice] = relationship()
    other: Mapped[Resident] = relationship()


class HelpMessage(Moderated, Model):
    """A private word; a moderator reads it only when one of the two reports it."""

    __tablename__ = "help_messages"
    __table_args__ = (Index("ix_help_messages_thread", "thread_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("help_threads.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(default=now)

    thread: Mapped[HelpThread] = relationship()
    author: Mapped[Resident] = relationship()


class HelpThanks(Model):
    """Someone was helped: once a conversation, and once a request whoever helped.

    `request_id` is the notice where it is a request, which the thanks close; an offer may help
    several people, each in their own conversation.
    """

    __tablename__ = "help_thanks"
    __table_args__ = (UniqueConstraint("thread_id"), UniqueConstraint("request_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("help_threads.id", ondelete="CASCADE"))
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("help_notices.id", ondelete="CASCADE")
    )
    thanked_at: Mapped[datetime] = mapped_column(default=now)


class HelpBlock(Model):
    """Someone wants no more words from someone else here; neither writes to the other then."""

    __tablename__ = "help_blocks"

    blocker_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(default=now)
