"""Attendance sheets, as the team reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.search_text import fold
from app.core.sheet_opening import opening_words
from app.programme.models import Action, ActionKind, Session, SessionAttendance
from app.programme.publics import mark

MOST_FOUND = 20


@dataclass(frozen=True)
class SheetPage:
    """What the attendance sheet says of its session."""

    id: int
    action_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    status: str
    head_count: int | None
    count_method: str
    counted_by: str
    public: str
    meets_partners: bool
    has_started: bool

    @property
    def opens(self) -> str:
        """From when names may be noted, in words, where it is too early; empty once they may."""
        return opening_words(self.starts_at)

    def mark(self, year_of_birth: int | None) -> str:
        """What to say beside a name whose age surprises (see `publics`)."""
        return mark(self.public, year_of_birth)


@dataclass(frozen=True)
class Signed:
    """A resident on an attendance sheet; for the team."""

    resident_id: int
    name: str
    role: str
    year_of_birth: int | None


@dataclass(frozen=True)
class Found:
    """A resident found for the sheet; the year tells namesakes apart."""

    resident_id: int
    name: str
    year_of_birth: int | None


def sheet_page(session_id: int) -> SheetPage | None:
    """The head of an attendance sheet; one statement."""
    row = db.session.execute(
        select(
            Session.id,
            Session.action_id,
            Action.title,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Session.head_count,
            Session.count_method,
            Session.counted_by,
            Action.public,
            (ActionKind.counts_as == "reunion_partenariale").label("meets_partners"),
        )
        .select_from(Session)
        .join(Action)
        .join(ActionKind, ActionKind.code == Action.kind)
        .where(Session.id == session_id)
    ).first()
    return SheetPage(**row._asdict(), has_started=row.starts_at <= now()) if row else None


def signed(session_id: int) -> list[Signed]:
    """Who is on a sheet, by name; one statement."""
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.given_name,
            Resident.family_name,
            SessionAttendance.role,
            Resident.year_of_birth,
        )
        .join(SessionAttendance, SessionAttendance.resident_id == Resident.id)
        .where(SessionAttendance.session_id == session_id)
        .order_by(Resident.folded_name, Resident.id)
    )
    return [
        Signed(row.id, _listed(row.family_name, row.given_name), row.role, row.year_of_birth)
        for row in rows
    ]


def residents_to_sign(session_id: int, typed: str) -> list[Found]:
    """Residents not yet on the sheet, by card number or the start of a name; one statement.

    Nothing under two letters, and at most 20 people.
    """
    wanted = fold(typed)[:130]
    if len(wanted) < 2:
        return []
    digits = "".join(wanted.split())
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        match = Resident.card_number == digits
    else:
        match = or_(
            Resident.folded_name.startswith(wanted, autoescape=True),
            Resident.folded_name.contains(f" {wanted}", autoescape=True),
        )
    there = select(SessionAttendance.resident_id).where(SessionAttendance.session_id == session_id)
    rows = db.session.execute(
        select(Resident.id, Resident.given_name, Resident.family_name, Resident.year_of_birth)
        .where(match, Resident.id.not_in(there))
        .order_by(Resident.folded_name, Resident.id)
        .limit(MOST_FOUND)
    )
    return [
        Found(row.id, _listed(row.family_name, row.given_name), row.year_of_birth) for row in rows
    ]


def _listed(family: str, given: str) -> str:
    """As a sign-in sheet says it; a child may have no family name here."""
    return f"{family} {given}".strip()
