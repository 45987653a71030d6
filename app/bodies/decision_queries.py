"""The relevé de décisions: the list with its filters, and one decision with its history."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Resident
from app.bodies.labels import FINISHED
from app.bodies.models import Body, Decision, DecisionStep
from app.bodies.queries import DECISION_COLUMNS, DecisionLine, decision_line
from app.core.clock import today
from app.core.db import db
from app.core.pagination import Page, paginate

_NUMBER = re.compile(r"(\d{4})-(\d{2,5})\Z", re.ASCII)


@dataclass(frozen=True)
class DecisionFilter:
    """What the reader asked to see; None asks for everything."""

    body_id: int | None = None
    year: int | None = None
    outcome: str | None = None
    late: bool = False


@dataclass(frozen=True)
class Step:
    """One line of a decision's history."""

    at: datetime
    outcome: str
    note: str
    by: str | None


def decision_page(number: int, wanted: DecisionFilter) -> Page[DecisionLine]:
    """Decisions of every instance, the newest first; two statements."""
    query = (
        select(*DECISION_COLUMNS)
        .join(Body, Body.id == Decision.body_id)
        .order_by(Decision.year.desc(), Decision.rank.desc())
    )
    if wanted.body_id is not None:
        query = query.where(Decision.body_id == wanted.body_id)
    if wanted.year is not None:
        query = query.where(Decision.year == wanted.year)
    if wanted.outcome is not None:
        query = query.where(Decision.outcome == wanted.outcome)
    if wanted.late:
        query = query.where(Decision.due_on < today(), Decision.outcome.not_in(FINISHED))
    page = paginate(query, number)
    return Page([decision_line(row) for row in page.items], page.number, page.size, page.total)


def decision_years() -> list[int]:
    """Years that have decisions, the newest first."""
    return list(db.session.scalars(select(Decision.year).distinct().order_by(Decision.year.desc())))


def decision_by_number(number: str) -> Decision | None:
    """« 2026-14 » with its instance and its meeting; None when there is none."""
    found = _NUMBER.match(number)
    if found is None:
        return None
    return db.session.scalar(
        select(Decision)
        .join(Decision.body)
        .options(contains_eager(Decision.body), joinedload(Decision.meeting))
        .where(Decision.year == int(found[1]), Decision.rank == int(found[2]))
    )


def decision_steps(decision_id: int) -> list[Step]:
    """A decision's history, the oldest first."""
    rows = db.session.execute(
        select(
            DecisionStep.at,
            DecisionStep.outcome,
            DecisionStep.note,
            Resident.display_name,
        )
        .outerjoin(Resident, Resident.id == DecisionStep.by_id)
        .where(DecisionStep.decision_id == decision_id)
        .order_by(DecisionStep.id)
    )
    return [Step(*row) for row in rows]
