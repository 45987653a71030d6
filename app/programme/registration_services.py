"""A place kept at a session, or one's turn on its waiting list; coming is another matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.family_models import HouseholdMember
from app.accounts.family_queries import live_link
from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.programme.models import Action, Session
from app.programme.places import fill_places, free_place
from app.programme.policies import can_run_programme
from app.programme.registration_models import Registration
from app.programme.registration_policies import can_register_other, can_register_themselves
from app.programme.services import to_come
from app.programme.telling import tell_place


@dataclass(frozen=True)
class Registered:
    """At how many sessions someone now has a place, and at how many they wait."""

    placed: int
    waiting: int


@atomic
def register(person: Resident, session: Session, resident: Resident) -> Registration:
    """Keep a place for someone, or put them last on the waiting list.

    Silent: registering is not presence. Two people for the last place: the action's row is held,
    and the database gives each place once.

    Raises:
        Forbidden: the person may not register this one.
        Invalid: one comes to this action without registering.
        Conflict: registered already, or the session is over, cancelled or has begun.
    """
    lock(session.action)
    db.session.refresh(session)
    _check(person, session.action, resident)
    _refuse_unless_to_come(session)
    given = _register(session, resident, _places([session.id]).get(session.id, []))
    if person.id != resident.id:
        tell_place(resident, session, given.place, freed=False)
    return given


@atomic
def register_everywhere(person: Resident, action: Action, resident: Resident) -> Registered:
    """Register someone at each date to come of an action, where they are not yet.

    Silent, and raises, as `register`; Conflict when there is nothing to come or nothing new.
    """
    lock(action)
    _check(person, action, resident)
    sessions = to_come(action.id)
    already = set(
        db.session.scalars(
            select(Registration.session_id).where(Registration.resident_id == resident.id)
        )
    )
    wanted = [session for session in sessions if session.id not in already]
    if not wanted:
        raise Conflict(_("Il n’y a pas d’autre date où s’inscrire."))
    taken = _places(session.id for session in wanted)
    places = [_register(one, resident, taken.get(one.id, [])).place for one in wanted]
    if person.id != resident.id:
        tell_place(resident, wanted[0], places[0], freed=False)
    waiting = places.count(None)
    return Registered(len(places) - waiting, waiting)


@atomic
def withdraw(person: Resident, session: Session, resident: Resident) -> None:
    """Give the place back: whoever waits longest has it. Nothing happens if there was none.

    Silent: nothing came of it.

    Raises:
        Forbidden: the person may not do it for this one.
        Conflict: the session has begun, or is over or cancelled.
    """
    lock(session.action)
    db.session.refresh(session)
    check_may(person, resident)
    _refuse_unless_to_come(session)
    _withdraw([session], resident)


@atomic
def withdraw_everywhere(person: Resident, action: Action, resident: Resident) -> None:
    """Give back every place to come in an action. Silent, and raises, as `withdraw`."""
    lock(action)
    check_may(person, resident)
    _withdraw(to_come(action.id), resident)


def _withdraw(sessions: list[Session], resident: Resident) -> None:
    by_id = {session.id: session for session in sessions}
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.resident_id == resident.id, Registration.session_id.in_(by_id))
        .order_by(Registration.session_id)
    ).all()
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    for row in rows:
        fill_places(by_id[row.session_id])


def _register(session: Session, resident: Resident, taken: list[int]) -> Registration:
    place = free_place(taken, session.action.capacity)
    given = Registration(session_id=session.id, resident_id=resident.id, place=place)
    said = _("%(name)s est déjà sur la liste.", name=resident.called)
    with unique_or(Conflict(said)):
        db.session.add(given)
    return given


def _places(session_ids: Iterable[int]) -> dict[int, list[int]]:
    rows = db.session.execute(
        select(Registration.session_id, Registration.place).where(
            Registration.session_id.in_(list(session_ids)), Registration.place.is_not(None)
        )
    )
    found: dict[int, list[int]] = {}
    for session_id, place in rows:
        if place is not None:
            found.setdefault(session_id, []).append(place)
    return found


def _check(person: Resident, action: Action, resident: Resident) -> None:
    check_may(person, resident)
    if not action.takes_registrations:
        raise Invalid(_("On vient à cette action sans s’inscrire."))


def check_may(person: Resident, resident: Resident) -> None:
    """Let through whoever may register or withdraw someone.

    Raises:
        Forbidden: with what to do about it.
    """
    if person.id == resident.id:
        if can_register_themselves(person):
            return
        if person.is_under_15_on(today()):
            raise Forbidden(_("Avant 15 ans, c’est un parent qui inscrit : demandez-lui."))
        raise Forbidden(_("Confirmez d’abord votre adresse e-mail, ou passez à l’accueil."))
    answers = live_link(person.id, resident.id) is not None
    lives_with = _live_together(person.id, resident.id)
    if can_register_other(person, resident, answers=answers, lives_with=lives_with):
        return
    # A stranger learns nothing of a child.
    is_known = lives_with or can_run_programme(person)
    if is_known and resident.is_under_15_on(today()) and not resident.has_guardian:
        raise Forbidden(_("Avant 15 ans, il faut d’abord relier l’enfant à un parent."))
    raise Forbidden(_("Vous inscrivez vos enfants et les personnes de votre foyer."))


def _live_together(one_id: int, other_id: int) -> bool:
    homes = select(HouseholdMember.household_id).where(HouseholdMember.resident_id == one_id)
    shared = select(HouseholdMember.household_id).where(
        HouseholdMember.resident_id == other_id, HouseholdMember.household_id.in_(homes)
    )
    return db.session.scalar(shared.limit(1)) is not None


def _refuse_unless_to_come(session: Session) -> None:
    if session.status == "cancelled":
        raise Conflict(_("Cette séance a été annulée."))
    if session.status != "planned" or session.starts_at <= now():
        raise Conflict(_("Cette séance a commencé : les inscriptions sont closes."))
