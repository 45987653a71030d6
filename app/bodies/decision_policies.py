"""Who may say what became of a decision."""

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.models import OUTCOMES
from app.bodies.policies import can_manage_body


def can_follow_decision(person: Resident | None, decision: Decision) -> bool:
    """Whoever manages the instance, and who answers for the decision while they may write."""
    if person is None:
        return False
    is_theirs = decision.owner_id == person.id and not person.is_silenced
    return is_theirs or can_manage_body(person, decision.body)


def outcomes_for(person: Resident, decision: Decision) -> tuple[str, ...]:
    """What someone may say became of it: who answers for it, that it goes on or that it is done."""
    if can_manage_body(person, decision.body):
        return OUTCOMES
    return tuple(one for one in OUTCOMES if one in (decision.outcome, "realise"))
