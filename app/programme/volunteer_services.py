"""Hands wanted for a task, and those who offer theirs."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.programme.models import Action, Session
from app.programme.places import free_place
from app.programme.policies import can_run_programme
from app.programme.registration_models import VolunteerNeed, VolunteerSignup
from app.programme.registration_policies import can_help
from app.programme.services import refuse_outsiders

MOST_HANDS = 200


@atomic
def ask_for_hands(
    person: Resident, action: Action, label: str, wanted: int, session: Session | None = None
) -> VolunteerNeed:
    """Say that people are wanted for a task, at one session or at each of the action's.

    Silent: what counts is who came.

    Raises:
        Forbidden: not of the team.
        Invalid: no words, a number that cannot be, or a session of another action.
    """
    refuse_outsiders(person)
    if not label.strip():
        raise Invalid(_("Dites ce qu’il y a à faire."), field="label")
    if not 1 <= wanted <= MOST_HANDS:
        raise Invalid(_("Un nombre entre 1 et %(most)d.", most=MOST_HANDS), field="wanted")
    if session is not None and session.action_id != action.id:
        raise Invalid(_("Choisissez une date de cette action."), field="session_id")
    need = VolunteerNeed(
        action_id=action.id,
        session_id=session.id if session else None,
        label=label.strip()[:80],
        wanted=wanted,
    )
    db.session.add(need)
    db.session.flush()
    return need


@atomic
def drop_need(person: Resident, need: VolunteerNeed) -> None:
    """Ask no more; refused once someone has offered. Silent: nothing came of it.

    Raises:
        Forbidden: not of the team.
        Conflict: someone has offered their help.
    """
    refuse_outsiders(person)
    lock(need)
    offered = select(VolunteerSignup.id).where(VolunteerSignup.need_id == need.id)
    if db.session.scalar(offered.limit(1)) is not None:
        raise Conflict(_("Des personnes ont proposé leur aide : voyez d’abord avec elles."))
    db.session.delete(need)


@atomic
def offer(person: Resident, need: VolunteerNeed, session: Session) -> VolunteerSignup:
    """Offer one's hands for a task at a session; one task a person.

    Silent: recorded is who came, as a volunteer.

    Raises:
        Forbidden: not confirmed, or under 15.
        Invalid: the task is not for this session.
        Conflict: enough hands, even at the same moment; another task taken; or it has begun.
    """
    if not can_help(person):
        raise Forbidden(_("Pour aider, il faut un compte confirmé et avoir 15 ans."))
    lock(need)
    db.session.refresh(session)
    if need.action_id != session.action_id or need.session_id not in (None, session.id):
        raise Invalid(_("Cette aide n’est pas demandée à cette date."))
    if session.status != "planned" or session.starts_at <= now():
        raise Conflict(_("Cette séance n’est plus à venir."))
    held = select(VolunteerSignup.place).where(
        VolunteerSignup.need_id == need.id, VolunteerSignup.session_id == session.id
    )
    place = free_place(db.session.scalars(held), need.wanted)
    if place is None:
        raise Conflict(_("Il y a déjà assez de monde pour cela. Merci !"))
    given = VolunteerSignup(
        need_id=need.id, session_id=session.id, resident_id=person.id, place=place
    )
    with unique_or(Conflict(_("Vous aidez déjà ce jour-là."))):
        db.session.add(given)
    return given


@atomic
def take_back(person: Resident, signup: VolunteerSignup) -> None:
    """Not to help after all. Silent: nothing came of it.

    Raises:
        Forbidden: someone else's offer, and not of the team.
        Conflict: the session has begun.
    """
    if person.id != signup.resident_id and not can_run_programme(person):
        raise Forbidden(_("Cette personne se retire elle-même."))
    session = db.session.get_one(Session, signup.session_id)
    if session.starts_at <= now():
        raise Conflict(_("Cette séance n’est plus à venir."))
    db.session.delete(signup)
