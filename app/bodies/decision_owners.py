"""Who answers for a decision: someone of the house, or words for anyone else."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select, union

from app.accounts.models import UNSURE_AGE, Resident
from app.accounts.role_models import Grant, live_grant
from app.bodies.decision_models import Decision
from app.bodies.decision_services import add_step
from app.bodies.labels import is_late
from app.bodies.models import Body, Mandate, Membership
from app.bodies.policies import can_manage_body
from app.bodies.queries import live_mandate
from app.bodies.telling import path
from app.core.clock import today
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Role
from app.core.search_text import fold
from app.core.typography import date_fr
from app.notifications.services import notify

MOST_FOUND = 20
MOST_WORDS = 6
SOON = timedelta(days=14)
"""How long before its deadline the person who answers for a decision is reminded of it."""
TEAM = (Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Candidate:
    """Someone who may answer for a decision; `hint` tells two people of one name apart."""

    resident_id: int
    name: str
    hint: str


def candidates(body: Body, words: str, *, full_names: bool) -> list[Candidate]:
    """Members of the instance and the team, 20 at most, by name; one statement.

    Args:
        words: parts of a name; every one of them when there is none.
    """
    name = Resident.full_name if full_names else Resident.display_name
    query = select(Resident.id, name, Resident.card_number).where(_may_own(body))
    for word in fold(words.replace("\x00", "")[:80]).split()[:MOST_WORDS]:
        query = query.where(Resident.folded_name.contains(word, autoescape=True))
    rows = db.session.execute(query.order_by(Resident.folded_name, Resident.id).limit(MOST_FOUND))
    return [Candidate(number, called, f"…{card[-3:]}") for number, called, card in rows]


def owner_name(decision: Decision) -> str:
    """Who answers for it, as the members of the instance read it; nothing when nobody does."""
    return decision.held_by.display_name if decision.held_by else decision.owner


@atomic
def give_to(by: Resident, decision: Decision, resident: Resident) -> None:
    """Give a decision to someone of the house, who is told.

    Raises:
        Forbidden: only who manages the instance may.
        Invalid: neither a member of the instance nor of the team, a child, or theirs already.
    """
    _hold(by, decision)
    its_own = select(Resident.id).where(_may_own(decision.body), Resident.id == resident.id)
    if db.session.scalar(its_own) is None:
        raise Invalid(_("Choisissez un membre de cette instance ou de l’équipe."))
    if decision.owner_id == resident.id:
        raise Invalid(_("Cette personne s’en occupe déjà."))
    decision.owner_id, decision.owner = resident.id, ""
    forget_reminders(decision)
    add_step(decision, by, _("La décision a un nouveau responsable."))
    if resident.id != by.id:
        _tell(decision, resident)


@atomic
def give_to_others(by: Resident, decision: Decision, words: str) -> None:
    """Say in words who answers for it, someone outside the house; nothing for nobody yet.

    Raises:
        Forbidden: only who manages the instance may.
        Invalid: nothing changes.
    """
    _hold(by, decision)
    if decision.owner_id is None and decision.owner == words:
        raise Invalid(_("C’est déjà ce qui est écrit."), field="owner")
    decision.owner_id, decision.owner = None, words
    is_given = _("La décision a un nouveau responsable.")
    add_step(decision, by, is_given if words else _("La décision n’a plus de responsable."))


@atomic
def change_deadline(by: Resident, decision: Decision, due_on: date | None, reason: str) -> None:
    """Give a decision another deadline, or none; its history keeps both days and the reason.

    Raises:
        Forbidden: only who manages the instance may.
        Invalid: no reason, the same day, or a day before the decision.
    """
    _hold(by, decision)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi la date change."), field="reason")
    if due_on == decision.due_on:
        raise Invalid(_("C’est déjà cette date."), field="due_on")
    if due_on is not None and due_on < decision.decided_on:
        raise Invalid(_("L’échéance vient après la réunion."), field="due_on")
    before, decision.due_on = decision.due_on, due_on
    forget_reminders(decision)
    add_step(decision, by, f"{_change(before, due_on)} {reason.strip()}")
    if decision.held_by is not None and decision.owner_id != by.id:
        words = _("La décision n° %(number)s a une autre échéance.", number=decision.number)
        notify(decision.held_by, words, address(decision), body=_change(before, due_on))


def forget_reminders(decision: Decision) -> None:
    """What was told of another deadline, or to someone else, is to be told again.

    But not within the hour of what is being told now.
    """
    soon = decision.due_on is not None and decision.due_on <= today() + SOON
    decision.told_soon_for = decision.due_on if soon else None
    late = is_late(decision.outcome, decision.due_on, today())
    decision.told_late_for = decision.due_on if late else None


def address(decision: Decision) -> str:
    """The path of its page."""
    return path("bodies.decision", number=decision.number)


def _hold(by: Resident, decision: Decision) -> None:
    lock(decision)
    if not can_manage_body(by, decision.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le changent."))


def _tell(decision: Decision, resident: Resident) -> None:
    words = _(
        "On compte sur vous pour la décision n° %(number)s : %(title)s",
        number=decision.number,
        title=decision.title,
    )
    said = _("Vous pouvez dire sur sa page où elle en est. Tout le monde le lira.")
    if decision.due_on is not None:
        said = f"{_('À faire avant le %(day)s.', day=date_fr(decision.due_on))} {said}"
    notify(resident, words, address(decision), body=said)


def _change(before: date | None, after: date | None) -> str:
    if after is None:
        return _("Plus d’échéance.")
    if before is None:
        return _("Échéance : %(day)s.", day=date_fr(after))
    return _(
        "Nouvelle échéance : %(day)s, au lieu du %(before)s.",
        day=date_fr(after),
        before=date_fr(before),
    )


def _may_own(body: Body) -> ColumnElement[bool]:
    """On Resident: a member of the instance or of the team, grown up, whose account is open."""
    follow = select(Membership.resident_id).where(
        Membership.body_id == body.id, Membership.left_at.is_(None)
    )
    sit = select(Mandate.resident_id).where(Mandate.body_id == body.id, live_mandate(today()))
    referent = (Grant.role == Role.REFERENT) & (Grant.body_id == body.id)
    work = select(Grant.resident_id).where(live_grant(), or_(Grant.role.in_(TEAM), referent))
    of_age = Resident.year_of_birth < today().year - UNSURE_AGE
    return (
        Resident.id.in_(union(follow, sit, work))
        & Resident.closed_at.is_(None)
        & Resident.erased_at.is_(None)
        & Resident.merged_into_id.is_(None)
        & or_(Resident.year_of_birth.is_(None), of_age)
    )
