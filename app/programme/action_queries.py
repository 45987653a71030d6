"""An action, its dates, and what each person may do about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import db
from app.core.pagination import Page, paginate
from app.programme.kinds import FEEDS, LEAD_WORDS, NATURE_WORDS, PUBLIC_WORDS
from app.programme.models import Action, ActionKind, Session
from app.programme.publics import AIMED, mark
from app.programme.queries import places_left
from app.programme.registration_models import Registration, VolunteerNeed, VolunteerSignup
from app.programme.registration_queries import theirs

LINE = (Session.id, Session.starts_at, Session.ends_at, Session.status, Session.cancel_reason)


@dataclass(frozen=True)
class ActionPage:
    """What the page of an action shows above its sessions; `feeds` is for the team."""

    id: int
    title: str
    kind: str
    description: str
    lead: str
    is_offsite: bool
    quartier: str | None
    quartier_id: int | None
    place: str
    public: str
    public_code: str
    nature: str
    takes_registrations: bool
    capacity: int | None
    renews: tuple[int, str] | None
    feeds: str

    @property
    def aimed(self) -> str:
        """For whom, as a sentence; empty when for everyone, or for families."""
        return str(AIMED.get(self.public_code, ""))

    def awaits(self, reader: Resident | None) -> bool:
        """Whether someone's age, where known, is one that this public awaits."""
        return reader is None or not self.mark(reader.year_of_birth)

    def mark(self, year_of_birth: int | None) -> str:
        """What to say beside a name whose age surprises (see `publics`)."""
        return mark(self.public_code, year_of_birth)


@dataclass(frozen=True)
class Task:
    """Hands wanted at a session; `mine` is the number of the reader's own offer."""

    need_id: int
    label: str
    wanted: int
    offered: int
    mine: int | None

    @property
    def missing(self) -> int:
        """How many hands are still wanted."""
        return max(0, self.wanted - self.offered)


@dataclass(frozen=True)
class Ours:
    """The reader, or one of theirs, at a session; `state` is « placed » or « waiting »."""

    resident_id: int
    name: str
    is_me: bool
    state: str


@dataclass(frozen=True)
class SessionLine:
    """A session on the page of its action.

    `ours` are the reader and theirs who are registered there, the reader first.
    """

    id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    cancel_reason: str | None
    places_left: int | None
    has_started: bool
    waiting: int = 0
    ours: tuple[Ours, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether one may still register or offer help."""
        return self.status == "planned" and not self.has_started

    @property
    def includes_me(self) -> bool:
        """Whether the reader is registered."""
        return any(one.is_me for one in self.ours)

    @property
    def helps(self) -> bool:
        """Whether the reader has offered their hands."""
        return any(task.mine is not None for task in self.tasks)


def action_page(action_id: int) -> ActionPage | None:
    """One action; one statement."""
    before = aliased(Action)
    row = db.session.execute(
        select(Action, ActionKind, Quartier.name, before.id, before.title)
        .join(ActionKind, ActionKind.code == Action.kind)
        .join(Quartier, Quartier.id == Action.quartier_id, isouter=True)
        .join(before, before.id == Action.renews_id, isouter=True)
        .where(Action.id == action_id)
    ).first()
    if row is None:
        return None
    action, kind, quartier, before_id, before_title = row
    return ActionPage(
        action.id,
        action.title,
        kind.label,
        action.description,
        str(LEAD_WORDS[action.lead]),
        action.is_offsite,
        quartier,
        action.quartier_id,
        action.place,
        str(PUBLIC_WORDS[action.public]),
        action.public,
        str(NATURE_WORDS[action.nature]) if action.nature else "",
        action.takes_registrations,
        action.capacity,
        (before_id, before_title) if before_id else None,
        str(FEEDS.get(kind.counts_as, "")),
    )


def sessions_of(
    action_id: int, number: int, *, past: bool = False, reader: Resident | None = None
) -> Page[SessionLine]:
    """The sessions of an action: those to come, the nearest first, or the others; six statements.

    Args:
        reader: whose registrations and offers are told, if someone is signed in.
    """
    moment = now()
    query = (
        select(*LINE, places_left().label("places_left"))
        .join(Action, Action.id == Session.action_id)
        .where(Session.action_id == action_id)
    )
    if past:
        query = query.where(Session.ends_at <= moment)
        query = query.order_by(Session.starts_at.desc(), Session.id.desc())
    else:
        query = query.where(Session.ends_at > moment).order_by(Session.starts_at, Session.id)
    page = paginate(query, number, 12)
    ids = [row.id for row in page.items]
    waiting, ours = _waiting(ids), _ours(ids, reader)
    tasks = {} if past else tasks_of(action_id, ids, reader)
    lines = [
        SessionLine(
            **row._asdict(),
            has_started=row.starts_at <= moment,
            waiting=waiting.get(row.id, 0),
            ours=ours.get(row.id, ()),
            tasks=tuple(tasks.get(row.id, ())),
        )
        for row in page.items
    ]
    return Page(lines, page.number, page.size, page.total)


def one_session(session_id: int, reader: Resident) -> SessionLine | None:
    """One session as its action's page shows it, tasks aside; three statements."""
    moment = now()
    row = db.session.execute(
        select(*LINE, places_left().label("places_left"))
        .join(Action, Action.id == Session.action_id)
        .where(Session.id == session_id)
    ).first()
    if row is None:
        return None
    return SessionLine(
        **row._asdict(),
        has_started=row.starts_at <= moment,
        waiting=_waiting([session_id]).get(session_id, 0),
        ours=_ours([session_id], reader).get(session_id, ()),
    )


def tasks_of(
    action_id: int, session_ids: Sequence[int], reader: Resident | None
) -> dict[int, list[Task]]:
    """The hands wanted at each of these sessions of an action; two statements."""
    needs = db.session.scalars(
        select(VolunteerNeed).where(VolunteerNeed.action_id == action_id).order_by(VolunteerNeed.id)
    ).all()
    me = reader.id if reader else 0
    own = func.max(VolunteerSignup.id).filter(VolunteerSignup.resident_id == me)
    rows = db.session.execute(
        select(VolunteerSignup.need_id, VolunteerSignup.session_id, func.count(), own)
        .where(VolunteerSignup.session_id.in_(session_ids))
        .group_by(VolunteerSignup.need_id, VolunteerSignup.session_id)
    )
    offered = {(need_id, session_id): (many, mine) for need_id, session_id, many, mine in rows}
    return {
        session_id: [
            Task(need.id, need.label, need.wanted, *offered.get((need.id, session_id), (0, None)))
            for need in needs
            if need.session_id in (None, session_id)
        ]
        for session_id in session_ids
    }


def renewable(but: int | None) -> list[tuple[int, str]]:
    """The actions that another may renew, by title: the latest 200; one statement."""
    query = select(Action.id, Action.title).order_by(Action.id.desc()).limit(200)
    if but is not None:
        query = query.where(Action.id != but)
    return sorted(((row.id, row.title) for row in db.session.execute(query)), key=lambda r: r[1])


def _waiting(session_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Registration.session_id, func.count())
        .where(Registration.session_id.in_(session_ids), Registration.place.is_(None))
        .group_by(Registration.session_id)
    )
    return {session_id: many for session_id, many in rows}


def _ours(session_ids: Sequence[int], reader: Resident | None) -> dict[int, tuple[Ours, ...]]:
    if reader is None:
        return {}
    rows = db.session.execute(
        select(Registration.session_id, Registration.place, Resident.id, Resident.called)
        .join(Resident, Resident.id == Registration.resident_id)
        .where(
            Registration.session_id.in_(session_ids), Registration.resident_id.in_(theirs(reader))
        )
        .order_by(Resident.id != reader.id, Resident.folded_name, Resident.id)
    )
    found: dict[int, tuple[Ours, ...]] = {}
    for session_id, place, number, name in rows:
        one = Ours(number, name, number == reader.id, "waiting" if place is None else "placed")
        found[session_id] = (*found.get(session_id, ()), one)
    return found
