"""One decision with its history, and those that someone answers for."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Resident
from app.bodies.decision_models import Decision, DecisionQuestion, DecisionStep
from app.bodies.labels import FINISHED
from app.bodies.models import CONSEIL, Body
from app.bodies.policies import can_see_roster
from app.bodies.queries import DecisionLine, decision_columns, decision_line, is_member
from app.core.db import db
from app.core.i18n import _

_NUMBER = re.compile(r"(\d{4})-(\d{2,5})\Z", re.ASCII)
MOST_OWNED = 20


@dataclass(frozen=True)
class Step:
    """One line of a decision's history."""

    at: datetime
    outcome: str
    note: str
    by: str | None


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


def decision_of(deliberation_id: int) -> str | None:
    """The number of the decision that came of a question; None before."""
    mine = select(Decision).join(DecisionQuestion).filter_by(deliberation_id=deliberation_id)
    found = db.session.scalar(mine)
    return found.number if found is not None else None


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


def owner_shown(decision: Decision, viewer: Resident | None) -> str:
    """Who answers for it, as this reader may read it; two statements at most.

    Members of a comité are named to one another, and to the team.
    """
    if decision.owner_id is None:
        return decision.owner
    body = decision.body
    if body.kind != CONSEIL and not _reads_names(decision, viewer):
        return _("Une personne du comité")
    name = select(Resident.display_name).where(Resident.id == decision.owner_id)
    return db.session.scalar(name) or ""


def owned_decisions(resident_id: int) -> list[DecisionLine]:
    """What someone answers for and is not finished, the most urgent first; one statement."""
    rows = db.session.execute(
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .where(Decision.owner_id == resident_id, Decision.outcome.not_in(FINISHED))
        .order_by(Decision.due_on.is_(None), Decision.due_on, Decision.id)
        .limit(MOST_OWNED)
    )
    return [decision_line(row) for row in rows]


def _reads_names(decision: Decision, viewer: Resident | None) -> bool:
    if viewer is None:
        return False
    if viewer.id == decision.owner_id:
        return True
    member = is_member(decision.body_id, viewer.id)
    return can_see_roster(viewer, decision.body, is_member=member)
