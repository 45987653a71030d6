"""The texts of an instance: what is in force, what was, what is proposed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.models import Meeting
from app.core.clock import civil_day
from app.core.db import db
from app.core.typography import date_fr
from app.mandates.text_models import TextAmendment, TextVersion


@dataclass(frozen=True)
class VersionRow:
    """A version, in a list."""

    number: int
    why: str
    proposed_at: datetime
    proposed_by: str | None
    adopted_on: date | None
    meeting_id: int | None
    meeting_title: str | None


@dataclass(frozen=True)
class AmendmentRow:
    """What a member proposes."""

    id: int
    author: str
    passage: str
    words: str
    answer: str | None


def versions(body_id: int, kind: str) -> list[VersionRow]:
    """Every version, the newest first; one statement."""
    rows = db.session.execute(
        select(
            TextVersion.number,
            TextVersion.why,
            TextVersion.proposed_at,
            Resident.display_name,
            TextVersion.adopted_on,
            TextVersion.meeting_id,
            Meeting.title,
        )
        .outerjoin(Resident, Resident.id == TextVersion.proposed_by_id)
        .outerjoin(Meeting, Meeting.id == TextVersion.meeting_id)
        .where(TextVersion.body_id == body_id, TextVersion.kind == kind)
        .order_by(TextVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def version_of(body_id: int, kind: str, number: int) -> TextVersion | None:
    """One version; None when there is none of this number."""
    return db.session.scalar(
        select(TextVersion).where(
            TextVersion.body_id == body_id, TextVersion.kind == kind, TextVersion.number == number
        )
    )


def in_force(body_id: int, kind: str, before: int | None = None) -> TextVersion | None:
    """The last adopted version, perhaps of those before a number."""
    query = select(TextVersion).where(
        TextVersion.body_id == body_id,
        TextVersion.kind == kind,
        TextVersion.adopted_on.is_not(None),
    )
    if before is not None:
        query = query.where(TextVersion.number < before)
    return db.session.scalar(query.order_by(TextVersion.number.desc()).limit(1))


def amendments(version_id: int, author_id: int | None = None) -> list[AmendmentRow]:
    """What members propose on a version, or one member alone, in order; one statement."""
    query = (
        select(
            TextAmendment.id,
            Resident.display_name,
            TextAmendment.passage,
            TextAmendment.words,
            TextAmendment.answer,
        )
        .join(Resident, Resident.id == TextAmendment.author_id)
        .where(TextAmendment.version_id == version_id)
        .order_by(TextAmendment.id)
    )
    if author_id is not None:
        query = query.where(TextAmendment.author_id == author_id)
    return [AmendmentRow(*row) for row in db.session.execute(query)]


def held_meetings(body_id: int) -> list[tuple[int, str]]:
    """(id, words) of the last twenty meetings held, for a list to choose from."""
    rows = db.session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at)
        .where(Meeting.body_id == body_id, Meeting.status == "held")
        .order_by(Meeting.starts_at.desc())
        .limit(20)
    )
    return [(row.id, f"{row.title}, {date_fr(civil_day(row.starts_at))}") for row in rows]
