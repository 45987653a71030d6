"""The relevé de décisions, and what becomes of each of its lines."""

from datetime import date

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.decision_models import Decision, DecisionQuestion, DecisionStep
from app.bodies.decision_policies import can_follow_decision, outcomes_for
from app.bodies.decision_queries import decision_of
from app.bodies.deliberation_models import Deliberation
from app.bodies.labels import OUTCOMES
from app.bodies.models import Meeting
from app.bodies.numbering import DECISIONS, next_rank
from app.bodies.policies import can_record_decision
from app.bodies.signals import decision_followed, decision_recorded
from app.bodies.telling import path
from app.core import search
from app.core.clock import civil_day, now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record


@atomic
def record_decision(
    by: Resident,
    meeting: Meeting,
    *,
    title: str,
    outcome: str,
    text: str = "",
    reason: str | None = None,
    owner: str = "",
    due_on: date | None = None,
    proposal_id: int | None = None,
    question: Deliberation | None = None,
) -> Decision:
    """Add a numbered decision to a meeting that was held.

    Args:
        question: what the members adopted at this meeting, where the decision comes of it.

    Raises:
        Forbidden: the person does not manage the instance, or the meeting was not held.
        Invalid: a refusal without its reason, a deadline before the meeting, no such proposal.
        Conflict: the question has its decision already, or was not adopted here.
    """
    lock(meeting)
    if not can_record_decision(by, meeting):
        raise Forbidden(_("Une décision s’ajoute à une réunion tenue, par qui la conduit."))
    given = _check_outcome(outcome, reason, field="reason")
    decided_on = civil_day(meeting.starts_at)
    if due_on is not None and due_on < decided_on:
        raise Invalid(_("L’échéance vient après la réunion."), field="due_on")
    if question is not None:
        _check_question(question, meeting)
    year = decided_on.year
    highest = select(func.max(Decision.rank)).where(Decision.year == year)
    decision = Decision(
        body_id=meeting.body_id,
        meeting_id=meeting.id,
        proposal_id=proposal_id,
        year=year,
        rank=next_rank(DECISIONS, year, highest),
        title=title,
        text=text,
        outcome=outcome,
        reason=given,
        owner=owner,
        due_on=due_on,
        decided_on=decided_on,
    )
    unknown = _("Il n’y a pas de proposition n° %(number)s.", number=proposal_id)
    with unique_or(Invalid(unknown, field="proposal_id")):
        db.session.add(decision)
    if question is not None:
        db.session.add(DecisionQuestion(deliberation_id=question.id, decision_id=decision.id))
    add_step(decision, by, given or "")
    record(Act.DECISION_RECORDED, actor=by, subject=decision, **body_facts(meeting.body))
    url = path("bodies.decision", number=decision.number)
    search.index("decisions", decision.id, f"{decision.number} {title}", url, text)
    decision_recorded.send(decision, by=by)
    return decision


def _check_question(question: Deliberation, meeting: Meeting) -> None:
    if question.meeting_id != meeting.id or question.outcome != "adopted":
        raise Conflict(_("Cette question n’a pas été adoptée à cette réunion."))
    if number := decision_of(question.id):
        raise Conflict(_("Cette question a déjà sa décision, la n° %(number)s.", number=number))


@atomic
def follow_decision(by: Resident, decision: Decision, *, outcome: str, note: str = "") -> None:
    """Say what became of a decision; its history keeps every line.

    Raises:
        Forbidden: the person neither manages the instance nor answers for the decision.
        Invalid: a refusal without its reason, nothing new, or an outcome not theirs to give.
    """
    lock(decision)
    if not can_follow_decision(by, decision):
        raise Forbidden(_("Le suivi est écrit par le responsable, les référents ou la direction."))
    given = _check_outcome(outcome, note, field="note")
    if outcome not in outcomes_for(by, decision):
        raise Invalid(_("Seuls les référents et la direction donnent cette suite."), "outcome")
    if outcome == decision.outcome and not note.strip():
        raise Invalid(_("Dites ce qui a changé."), field="note")
    decision.outcome = outcome
    decision.reason = given
    add_step(decision, by, note.strip())
    record(Act.DECISION_FOLLOWED, actor=by, subject=decision, **body_facts(decision.body))
    decision_followed.send(decision, by=by)


def add_step(decision: Decision, by: Resident, note: str) -> None:
    """One more line of its history, under its present outcome."""
    step = DecisionStep(
        decision_id=decision.id, outcome=decision.outcome, note=note, at=now(), by_id=by.id
    )
    db.session.add(step)
    db.session.flush()


def _check_outcome(outcome: str, reason: str | None, field: str) -> str | None:
    """The reason to keep: required for a refusal, and for it alone."""
    if outcome not in OUTCOMES:
        raise Invalid(_("Choisissez une suite de la liste."), field="outcome")
    if outcome != "refuse":
        return None
    if not (reason or "").strip():
        raise Invalid(_("Un refus donne sa raison."), field=field)
    return (reason or "").strip()
