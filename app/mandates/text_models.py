"""The règlement intérieur and the charter of an instance, version after version."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body, Meeting
from app.core.clock import now
from app.core.db import Model


class TextVersion(Model):
    """A version of a text of an instance; its words never change, by trigger.

    `kind`: « reglement » or « charte ». Once adopted, the day and the meeting are frozen too.
    """

    __tablename__ = "text_versions"
    __table_args__ = (
        UniqueConstraint("body_id", "kind", "number"),
        CheckConstraint("kind IN ('reglement', 'charte')", name="kind"),
        CheckConstraint("meeting_id IS NULL OR adopted_on IS NOT NULL", name="adopted_there"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    content: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    proposed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    adopted_on: Mapped[date | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))

    body: Mapped[Body] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    proposed_by: Mapped[Resident | None] = relationship()


class TextAmendment(Model):
    """What a member would change in a version: a passage, and other words for it."""

    __tablename__ = "text_amendments"
    __table_args__ = (CheckConstraint("answer IN ('taken', 'refused')", name="answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("text_versions.id"), index=True)
    author_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    passage: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str | None] = mapped_column(String(8))

    version: Mapped[TextVersion] = relationship()
    author: Mapped[Resident] = relationship()
