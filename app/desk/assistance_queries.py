"""What was done with people at the desk, as pages show it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.pagination import Page, paginate
from app.desk.models import Assistance, AssistedAct

PER_PAGE = 10


@dataclass(frozen=True)
class Done:
    """One thing done, in the words said then."""

    said: str
    url: str
    done_at: datetime
    can_be_undone: bool


@dataclass(frozen=True)
class Told:
    """One time with the desk."""

    id: int
    person: str
    agent: str | None
    purpose: str | None
    started_at: datetime
    ended_at: datetime | None
    is_new: bool
    acts: Sequence[Done]


def told_to(resident_id: int, number: int) -> Page[Told]:
    """What was done with someone, the newest first; three statements."""
    page = paginate(
        _assistances().where(
            Assistance.resident_id == resident_id, Assistance.ended_at.is_not(None)
        ),
        number,
        PER_PAGE,
    )
    return Page(_with_acts(page.items), page.number, page.size, page.total)


def told(assistance_id: int) -> Told | None:
    """One of them, to be printed."""
    row = db.session.execute(_assistances().where(Assistance.id == assistance_id)).one_or_none()
    return _with_acts([row])[0] if row is not None else None


def last_with(agent_id: int, resident_id: int) -> Told | None:
    """What an agent has just done with someone, in the hour."""
    row = db.session.execute(
        _assistances()
        .where(
            Assistance.agent_id == agent_id,
            Assistance.resident_id == resident_id,
            Assistance.ended_at > now() - timedelta(hours=1),
        )
        .limit(1)
    ).one_or_none()
    return _with_acts([row])[0] if row is not None else None


def _assistances() -> Any:
    agent = aliased(Resident, flat=True)
    person = aliased(Resident, flat=True)
    return (
        select(
            Assistance.id,
            person.full_name.label("person"),
            agent.given_name.label("agent"),
            Assistance.purpose,
            Assistance.started_at,
            Assistance.ended_at,
            Assistance.shown_at.is_(None).label("is_new"),
        )
        .join(person, person.id == Assistance.resident_id)
        .outerjoin(agent, agent.id == Assistance.agent_id)
        .order_by(Assistance.id.desc())
    )


def _with_acts(rows: Sequence[Any]) -> list[Told]:
    acts: dict[int, list[Done]] = defaultdict(list)
    lines = db.session.execute(
        select(
            AssistedAct.assistance_id,
            AssistedAct.said,
            AssistedAct.url,
            AssistedAct.done_at,
            AssistedAct.can_be_undone,
        )
        .where(AssistedAct.assistance_id.in_([row.id for row in rows]))
        .order_by(AssistedAct.id)
    )
    for line in lines:
        acts[line.assistance_id].append(Done(*line[1:]))
    return [Told(**row._mapping, acts=tuple(acts[row.id])) for row in rows]
