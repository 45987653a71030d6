"""The programme, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, case, func, select

from app.centre.models import Quartier
from app.core.clock import civil_day, now
from app.core.db import db
from app.core.pagination import Page, paginate
from app.programme.kinds import PUBLIC_WORDS
from app.programme.models import Action, ActionKind, Session
from app.programme.registration_models import Registration

MOST_SHOWN = 3000


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
    public: str
    takes_registrations: bool
    places_left: int | None
    cancel_reason: str | None

    @property
    def public_words(self) -> str:
        """For whom, where it is not for everyone."""
        return "" if self.public == "tous" else str(PUBLIC_WORDS[self.public])

    @property
    def day(self) -> date:
        """The day it starts, at the centre."""
        return civil_day(self.starts_at)


@dataclass(frozen=True)
class Filters:
    """What a list of sessions keeps; an empty word keeps all.

    Args:
        kind: a code of the table of kinds.
        public: a code of `kinds.PUBLIC_WORDS`; what is for everyone comes with it.
        where: « centre » or « dehors ».
    """

    kind: str = ""
    quartier_id: int = 0
    public: str = ""
    where: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """As conditions on Action."""
        found: list[ColumnElement[bool]] = []
        if self.kind:
            found.append(Action.kind == self.kind)
        if self.quartier_id:
            found.append(Action.quartier_id == self.quartier_id)
        if self.public:
            found.append(Action.public.in_((self.public, "tous")))
        if self.where:
            found.append(Action.is_offsite.is_(self.where == "dehors"))
        return found


EVERYTHING = Filters()


def between(start: datetime, end: datetime, filters: Filters = EVERYTHING) -> list[SessionCard]:
    """The sessions under way at some moment from `start` to just before `end`; one statement.

    Cancelled ones included, the earliest first, 3,000 at most.
    """
    rows = db.session.execute(
        _cards()
        .where(Session.starts_at < end, Session.ends_at > start, *filters.conditions())
        .order_by(Session.starts_at, Session.id)
        .limit(MOST_SHOWN)
    )
    return [_card(row) for row in rows]


def upcoming(limit: int) -> list[SessionCard]:
    """The next sessions, one being held included; one statement."""
    rows = db.session.execute(
        _cards()
        .where(Session.status == "planned", Session.ends_at > now())
        .order_by(Session.starts_at, Session.id)
        .limit(limit)
    )
    return [_card(row) for row in rows]


def sessions(
    number: int, *, past: bool = False, filters: Filters = EVERYTHING
) -> Page[SessionCard]:
    """Those to come, the nearest first, or those that were, the latest first; two statements."""
    query = _cards().where(*filters.conditions())
    if past:
        over = query.where(Session.ends_at <= now(), Session.status != "cancelled")
        query = over.order_by(Session.starts_at.desc(), Session.id.desc())
    else:
        query = query.where(Session.ends_at > now()).order_by(Session.starts_at, Session.id)
    page = paginate(query, number)
    return Page([_card(row) for row in page.items], page.number, page.size, page.total)


def by_day(cards: Sequence[SessionCard]) -> list[tuple[date, list[SessionCard]]]:
    """The same, in the same order, day by day."""
    days: dict[date, list[SessionCard]] = {}
    for card in cards:
        days.setdefault(card.day, []).append(card)
    return list(days.items())


def places_left() -> ColumnElement[int | None]:
    """On a query of Session and Action: the places that nobody has; NULL without a capacity."""
    taken = (
        select(func.count())
        .where(Registration.session_id == Session.id, Registration.place.is_not(None))
        .correlate(Session)
        .scalar_subquery()
    )
    left = Action.capacity - taken
    return case((left < 0, 0), else_=left)


def _cards() -> Select[*tuple[object, ...]]:
    return (
        select(
            Session.id,
            Session.action_id,
            Action.title,
            ActionKind.label.label("kind"),
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Action.place,
            Quartier.name.label("quartier"),
            Action.is_offsite,
            Action.public,
            Action.takes_registrations,
            places_left().label("places_left"),
            Session.cancel_reason,
        )
        .join(Action, Action.id == Session.action_id)
        .join(ActionKind, ActionKind.code == Action.kind)
        .join(Quartier, Quartier.id == Action.quartier_id, isouter=True)
    )


def _card(row: Row[*tuple[object, ...]]) -> SessionCard:
    return SessionCard(**row._asdict())
