"""Calls for candidates, those who stand, and draws by lot."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.clock import now
from app.core.db import Model
from app.core.moderated import Moderated


class Call(Model):
    """A call for candidates to seats of a collège, until `closes_at`.

    What came of it: a vote (`poll_id`), or a draw.
    """

    __tablename__ = "mandate_calls"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 60", name="seats"),
        CheckConstraint("closes_at >= opened_at", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    college: Mapped[str] = mapped_column(String(20))
    seats: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closes_at: Mapped[datetime]
    poll_id: Mapped[int | None] = mapped_column(
        ForeignKey("polls.id", ondelete="SET NULL"), unique=True
    )

    body: Mapped[Body] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether people may stand."""
        return at < self.closes_at


class Candidacy(Moderated, Model):
    """Someone stands: they agreed that their name and these words be public.

    `ballot_name`: what the vote calls them, once it is prepared.
    """

    __tablename__ = "candidacies"
    __table_args__ = (UniqueConstraint("call_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("mandate_calls.id"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    stood_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    ballot_name: Mapped[str | None] = mapped_column(String(160))

    call: Mapped[Call] = relationship()
    resident: Mapped[Resident] = relationship()


class Draw(Model):
    """A draw among the candidates of a call, that anyone can do again.

    `strata`: nothing, « sex » or « quartier ». `commitment` is the SHA-256 of the seed, published
    with the list; from then on both are frozen by triggers. `sealed_seed` is under the site's own
    key until `drawn_at`, when `seed` tells it.
    """

    __tablename__ = "draws"
    __table_args__ = (
        CheckConstraint("strata IN ('', 'sex', 'quartier')", name="strata"),
        CheckConstraint("seats BETWEEN 1 AND 60", name="seats"),
        CheckConstraint("(seed IS NULL) = (drawn_at IS NULL)", name="told_when_drawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("mandate_calls.id"), unique=True)
    seats: Mapped[int]
    strata: Mapped[str] = mapped_column(String(10), default="")
    commitment: Mapped[str | None] = mapped_column(String(64))
    sealed_seed: Mapped[str]
    seed: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime] = mapped_column(default=now)
    drawn_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship()


class DrawEntry(Model):
    """A line of the frozen list: a number, and the stratum it is of."""

    __tablename__ = "draw_entries"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    stratum: Mapped[str] = mapped_column(String(60), default="")
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )


class DrawAnswer(Model):
    """What someone drawn answered, in order: they sit, or the next one is called."""

    __tablename__ = "draw_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draw_id", "number"],
            ["draw_entries.draw_id", "draw_entries.number"],
            name="fk_draw_answers_entry",
        ),
        CheckConstraint("answer IN ('accepted', 'refused')", name="answer"),
        UniqueConstraint("draw_id", "place"),
    )

    draw_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int]
    answer: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[datetime] = mapped_column(default=now)
