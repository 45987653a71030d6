"""The programme, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Row, Select, func, or_, select

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import PARIS, civil_day, now, today
from app.core.db import db
from app.core.pagination import Page, paginate
from app.core.search_text import fold
from app.programme.kinds import KINDS, LEAD_WORDS
from app.programme.models import Action, Session, SessionAttendance

MOST_FOUND = 20


@dataclass(frozen=True)
class SessionCard:
    """A session in a list."""

    id: int
    action_id: int
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    status: str
    place: str
    quartier: str | None
    is_offsite: bool

    @property
    def day(self) -> date:
        """The day it starts, at the centre."""
        return civil_day(self.starts_at)


@dataclass(frozen=True)
class ActionPage:
    """What the page of an action shows above its sessions."""

    id: int
    title: str
    kind: str
    description: str
    lead: str
    is_offsite: bool
    quartier: str | None
    place: str


@dataclass(frozen=True)
class SessionLine:
    """A session on the page of its action."""

    id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    cancel_reason: str | None
    has_started: bool


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
    has_started: bool


@dataclass(frozen=True)
class Signed:
    """A resident on an attendance sheet; for the team."""

    resident_id: int
    name: str
    role: str


@dataclass(frozen=True)
class Found:
    """A resident found for the sheet; the year tells namesakes apart."""

    resident_id: int
    name: str
    year_of_birth: int | None


def upcoming(limit: int) -> list[SessionCard]:
    """The next sessions, one being held included; one statement."""
    rows = db.session.execute(
        _cards()
        .where(Session.status == "planned", Session.ends_at > now())
        .order_by(Session.starts_at, Session.id)
        .limit(limit)
    )
    return [_card(row) for row in rows]


def count_this_week() -> int:
    """How many sessions, cancelled ones aside, start from Monday to Sunday; one statement."""
    monday = today() - timedelta(days=today().weekday())
    query = select(func.count(Session.id)).where(
        Session.status != "cancelled",
        Session.starts_at >= _midnight(monday),
        Session.starts_at < _midnight(monday + timedelta(days=7)),
    )
    return db.session.scalar(query) or 0


def sessions(
    number: int, *, past: bool = False, kind: str = "", quartier_id: int = 0
) -> Page[SessionCard]:
    """Those to come, the nearest first, or those that were, the latest first; two statements."""
    query = _cards()
    if past:
        over = query.where(Session.ends_at <= now(), Session.status != "cancelled")
        query = over.order_by(Session.starts_at.desc(), Session.id.desc())
    else:
        query = query.where(Session.ends_at > now()).order_by(Session.starts_at, Session.id)
    if kind:
        query = query.where(Action.kind == kind)
    if quartier_id:
        query = query.where(Action.quartier_id == quartier_id)
    page = paginate(query, number)
    return Page([_card(row) for row in page.items], page.number, page.size, page.total)


def by_day(cards: Sequence[SessionCard]) -> list[tuple[date, list[SessionCard]]]:
    """The same, in the same order, day by day."""
    days: dict[date, list[SessionCard]] = {}
    for card in cards:
        days.setdefault(card.day, []).append(card)
    return list(days.items())


def action_page(action_id: int) -> ActionPage | None:
    """One action; one statement."""
    row = db.session.execute(
        select(
            Action.id,
            Action.title,
            Action.kind,
            Action.description,
            Action.lead,
            Action.is_offsite,
            Quartier.name.label("quartier"),
            Action.place,
        )
        .join(Quartier, isouter=True)
        .where(Action.id == action_id)
    ).first()
    if row is None:
        return None
    return ActionPage(
        row.id,
        row.title,
        _kind(row.kind),
        row.description,
        str(LEAD_WORDS[row.lead]),
        row.is_offsite,
        row.quartier,
        row.place,
    )


def sessions_of(action_id: int, number: int) -> Page[SessionLine]:
    """The sessions of an action, the latest date first; two statements."""
    query = (
        select(
            Session.id, Session.starts_at, Session.ends_at, Session.status, Session.cancel_reason
        )
        .where(Session.action_id == action_id)
        .order_by(Session.starts_at.desc(), Session.id.desc())
    )
    page = paginate(query, number)
    moment = now()
    lines = [
        SessionLine(**row._asdict(), has_started=row.starts_at <= moment) for row in page.items
    ]
    return Page(lines, page.number, page.size, page.total)


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
        )
        .join(Action)
        .where(Session.id == session_id)
    ).first()
    return SheetPage(*row, row.starts_at <= now()) if row else None


def signed(session_id: int) -> list[Signed]:
    """Who is on a sheet, by name; one statement."""
    rows = db.session.execute(
        select(Resident.id, Resident.given_name, Resident.family_name, SessionAttendance.role)
        .join(SessionAttendance, SessionAttendance.resident_id == Resident.id)
        .where(SessionAttendance.session_id == session_id)
        .order_by(Resident.folded_name, Resident.id)
    )
    return [Signed(row.id, _listed(row.family_name, row.given_name), row.role) for row in rows]


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


def _cards() -> Select[*tuple[object, ...]]:
    return (
        select(
            Session.id,
            Session.action_id,
            Action.title,
            Action.kind,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Action.place,
            Quartier.name.label("quartier"),
            Action.is_offsite,
        )
        .join(Action, Action.id == Session.action_id)
        .join(Quartier, Quartier.id == Action.quartier_id, isouter=True)
    )


def _card(row: Row[*tuple[object, ...]]) -> SessionCard:
    values = row._asdict()
    return SessionCard(**{**values, "kind": _kind(values["kind"])})


def _kind(code: str) -> str:
    return str(KINDS.get(code, code))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
