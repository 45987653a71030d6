"""The pages of the comités."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.role_models import Grant, live_grant
from app.bodies.models import COMITE, AgendaItem, Body, BodyDocument, Meeting, Membership
from app.core.clock import now
from app.core.db import db
from app.core.files import StoredFile
from app.core.rights import Role

MOST_MEETINGS = 40


@dataclass(frozen=True)
class ComiteCard:
    """A comité in the list."""

    slug: str
    name: str
    theme: str
    purpose: str
    closed_on: date | None
    members: int
    next_at: datetime | None


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in its instance's page; `number` of its published minutes."""

    id: int
    title: str
    starts_at: datetime
    place: str
    status: str
    number: str | None


@dataclass(frozen=True)
class DocumentRow:
    """A PDF to download."""

    id: int
    title: str
    sha256: str
    added_at: datetime


@dataclass(frozen=True)
class ComitePage:
    """All that a comité's page shows."""

    members: int
    referents: list[str]
    upcoming: list[MeetingRow]
    past: list[MeetingRow]
    latest_minutes: MeetingRow | None
    documents: list[DocumentRow]


def comite_cards() -> list[ComiteCard]:
    """Every comité, the open ones first, by name; one statement."""
    members = (
        select(func.count(Membership.id))
        .where(Membership.body_id == Body.id, Membership.left_at.is_(None))
        .scalar_subquery()
    )
    next_at = (
        select(func.min(Meeting.starts_at))
        .where(Meeting.body_id == Body.id, Meeting.status == "planned", Meeting.starts_at >= now())
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Body.slug, Body.name, Body.theme, Body.purpose, Body.closed_on, members, next_at)
        .where(Body.kind == COMITE)
        .order_by(Body.closed_on.is_not(None), Body.name)
    )
    return [ComiteCard(*row) for row in rows]


def comite_page(body: Body) -> ComitePage:
    """What a comité's page shows besides its name; four statements."""
    meetings = body_meetings(body.id)
    moment = now()
    published = [meeting for meeting in meetings if meeting.number]
    return ComitePage(
        members=member_count(body.id),
        referents=referents(body.id),
        upcoming=[m for m in reversed(meetings) if m.status == "planned" and m.starts_at >= moment],
        past=[m for m in meetings if m.status != "planned" or m.starts_at < moment],
        latest_minutes=published[0] if published else None,
        documents=documents(body.id),
    )


def member_count(body_id: int) -> int:
    """How many follow a comité; the number is public."""
    return (
        db.session.scalar(
            select(func.count(Membership.id)).where(
                Membership.body_id == body_id, Membership.left_at.is_(None)
            )
        )
        or 0
    )


def referents(body_id: int) -> list[str]:
    """Names of who looks after a comité."""
    rows = db.session.execute(
        select(Resident.display_name)
        .join(Grant, Grant.resident_id == Resident.id)
        .where(
            Grant.role == Role.REFERENT.value,
            Grant.body_id == body_id,
            live_grant(),
        )
        .order_by(Resident.given_name, Resident.id)
    )
    return [name for (name,) in rows]


def roster(body_id: int) -> list[tuple[str, datetime]]:
    """(name, member since) of each member, by name."""
    rows = db.session.execute(
        select(Resident.display_name, Membership.joined_at)
        .join(Membership, Membership.resident_id == Resident.id)
        .where(Membership.body_id == body_id, Membership.left_at.is_(None))
        .order_by(Resident.folded_name, Resident.id)
    )
    return [(name, joined_at) for name, joined_at in rows]


def body_meetings(body_id: int) -> list[MeetingRow]:
    """The latest meetings of an instance, the furthest in time first."""
    rows = db.session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Meeting.place,
            Meeting.status,
            Meeting.minutes_year,
            Meeting.minutes_rank,
        )
        .where(Meeting.body_id == body_id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(MOST_MEETINGS)
    )
    return [
        MeetingRow(
            id=row.id,
            title=row.title,
            starts_at=row.starts_at,
            place=row.place,
            status=row.status,
            number=minutes_number(row.minutes_year, row.minutes_rank),
        )
        for row in rows
    ]


def documents(body_id: int) -> list[DocumentRow]:
    """The PDF an instance keeps, the newest first."""
    rows = db.session.execute(
        select(BodyDocument.id, BodyDocument.title, StoredFile.sha256, BodyDocument.added_at)
        .join(StoredFile, StoredFile.id == BodyDocument.file_id)
        .where(BodyDocument.body_id == body_id)
        .order_by(BodyDocument.id.desc())
    )
    return [DocumentRow(*row) for row in rows]


def documents_of_points(meeting_id: int) -> dict[int | None, list[DocumentRow]]:
    """The PDF that go with each point of a meeting, the oldest first; one statement."""
    rows = db.session.execute(
        select(
            BodyDocument.item_id,
            BodyDocument.id,
            BodyDocument.title,
            StoredFile.sha256,
            BodyDocument.added_at,
        )
        .join(StoredFile, StoredFile.id == BodyDocument.file_id)
        .join(AgendaItem, AgendaItem.id == BodyDocument.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(BodyDocument.id)
    )
    found: dict[int | None, list[DocumentRow]] = {}
    for row in rows:
        document = DocumentRow(row.id, row.title, row.sha256, row.added_at)
        found.setdefault(row.item_id, []).append(document)
    return found


def minutes_number(year: int | None, rank: int | None) -> str | None:
    """« 2026-07 », as `Meeting.minutes_number`."""
    return None if year is None or rank is None else f"{year}-{rank:02d}"
