"""What other features ask of the instances; the pages' own queries are in the modules beside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.labels import is_late
from app.bodies.models import (
    COMITE,
    CONSEIL,
    AgendaItem,
    Body,
    Mandate,
    Meeting,
    Membership,
    Subscription,
)
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _

_SLUG = re.compile(r"[a-z0-9-]{1,120}\Z")


@dataclass(frozen=True)
class MeetingLine:
    """A meeting to come, with the titles of its ordre du jour."""

    id: int
    title: str
    body_name: str
    starts_at: datetime
    place: str
    is_open: bool
    agenda: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision as lists show it."""

    number: str
    title: str
    outcome: str
    decided_on: date
    due_on: date | None
    owner: str
    body_name: str
    is_late: bool
    days_late: int


def live_mandate(on: date) -> ColumnElement[bool]:
    """Condition on Mandate: the seat is held on that day."""
    return and_(
        Mandate.starts_on <= on,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= on),
        or_(Mandate.ended_on.is_(None), Mandate.ended_on > on),
    )


def comite_choices(theme: str | None = None) -> list[tuple[int, str]]:
    """(id, name) of the open comités, perhaps of one theme, by name."""
    query = (
        select(Body.id, Body.name)
        .where(Body.kind == COMITE, Body.closed_on.is_(None))
        .order_by(Body.name)
    )
    rows = db.session.execute(query.where(Body.theme == theme) if theme else query)
    return [(row.id, row.name) for row in rows]


def body_by_slug(slug: str) -> Body | None:
    """The instance with this address, open or closed; None when there is none."""
    if not _SLUG.match(slug):
        return None
    return db.session.scalar(select(Body).where(Body.slug == slug))


def conseil_body() -> Body | None:
    """The conseil de maison in being, or None before it is opened."""
    return db.session.scalar(
        select(Body)
        .where(Body.kind == CONSEIL, Body.closed_on.is_(None))
        .order_by(Body.id)
        .limit(1)
    )


def is_subscribed(body_id: int, person: Resident | None) -> bool:
    """Whether someone asked to be told of this instance's minutes."""
    if person is None:
        return False
    return db.session.get(Subscription, (body_id, person.id)) is not None


def is_member(body_id: int, resident_id: int) -> bool:
    """Whether someone is a member of this comité, or sits at this conseil today."""
    follows = select(Membership.id).where(
        Membership.body_id == body_id,
        Membership.resident_id == resident_id,
        Membership.left_at.is_(None),
    )
    sits = select(Mandate.id).where(
        Mandate.body_id == body_id, Mandate.resident_id == resident_id, live_mandate(today())
    )
    return bool(db.session.scalar(select(or_(follows.exists(), sits.exists()))))


def member_ids(body: Body) -> list[int]:
    """Ids of the members of a comité, or of who holds a voice at the conseil today.

    A suppléant has one in a meeting alone, in the place of a titulaire who is not there.
    """
    if body.kind == CONSEIL:
        query = select(Mandate.resident_id).where(
            Mandate.body_id == body.id,
            Mandate.is_voting,
            Mandate.is_titulaire,
            live_mandate(today()),
        )
    else:
        query = select(Membership.resident_id).where(
            Membership.body_id == body.id, Membership.left_at.is_(None)
        )
    return sorted(db.session.scalars(query))


def next_meetings(limit: int, body_id: int | None = None) -> list[MeetingLine]:
    """The planned meetings to come, the soonest first; one statement."""
    soonest = (
        select(Meeting)
        .where(Meeting.status == "planned", Meeting.starts_at >= now())
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
    )
    if body_id is not None:
        soonest = soonest.where(Meeting.body_id == body_id)
    coming = soonest.subquery()
    rows = db.session.execute(
        select(
            coming.c.id,
            coming.c.title,
            coming.c.starts_at,
            coming.c.place,
            coming.c.is_open,
            Body.name.label("body_name"),
            AgendaItem.title.label("item"),
        )
        .join(Body, Body.id == coming.c.body_id)
        .outerjoin(AgendaItem, AgendaItem.meeting_id == coming.c.id)
        .order_by(coming.c.starts_at, coming.c.id, AgendaItem.position)
    ).all()
    agendas: dict[int, list[str]] = {}
    for row in rows:
        agendas.setdefault(row.id, []).extend([row.item] if row.item else [])
    first_rows = {row.id: row for row in reversed(rows)}
    return [
        MeetingLine(
            id=meeting_id,
            title=first_rows[meeting_id].title,
            body_name=first_rows[meeting_id].body_name,
            starts_at=first_rows[meeting_id].starts_at,
            place=first_rows[meeting_id].place,
            is_open=first_rows[meeting_id].is_open,
            agenda=tuple(agenda),
        )
        for meeting_id, agenda in agendas.items()
    ]


def latest_decisions(limit: int, body_id: int | None = None) -> list[DecisionLine]:
    """The last decisions, the newest first; one statement."""
    query = (
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .order_by(Decision.year.desc(), Decision.rank.desc())
        .limit(limit)
    )
    if body_id is not None:
        query = query.where(Decision.body_id == body_id)
    return [decision_line(row) for row in db.session.execute(query)]


def decisions_about(proposal_id: int) -> list[DecisionLine]:
    """What was decided of a proposal, the newest first; one statement."""
    query = (
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .where(Decision.proposal_id == proposal_id)
        .order_by(Decision.year.desc(), Decision.rank.desc())
    )
    return [decision_line(row) for row in db.session.execute(query)]


def decision_columns() -> tuple[Any, ...]:
    """What `decision_line` reads, of Decision joined to Body; made anew, since ages change.

    Members of a comité are named to one another alone: in lists, that one of them answers for it.
    """
    name = select(Resident.display_name).where(Resident.id == Decision.owner_id)
    owner = case(
        (Decision.owner_id.is_(None), Decision.owner),
        (Body.kind == CONSEIL, name.scalar_subquery()),
        else_=literal(_("Une personne du comité")),
    )
    return (
        Decision.year,
        Decision.rank,
        Decision.title,
        Decision.outcome,
        Decision.decided_on,
        Decision.due_on,
        owner.label("owner_name"),
        Body.name.label("body_name"),
    )


def decision_line(row: Sequence[Any]) -> DecisionLine:
    """A row of `decision_columns` as pages take it."""
    year, rank, title, outcome, decided_on, due_on, owner, body_name = row
    late = is_late(outcome, due_on, today())
    return DecisionLine(
        number=f"{year}-{rank:02d}",
        title=title,
        outcome=outcome,
        decided_on=decided_on,
        due_on=due_on,
        owner=owner or "",
        body_name=body_name,
        is_late=late,
        days_late=(today() - due_on).days if late else 0,
    )
