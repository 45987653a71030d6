"""Actions and the dates on which they take place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.core import search
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _l
from app.core.typography import number_fr
from app.programme.kinds import NATURES_OF
from app.programme.models import LEADS, MOST_PLACES, PUBLICS, Action, ActionKind, Session
from app.programme.places import fill_places
from app.programme.policies import can_run_programme
from app.programme.signals import session_planned
from app.programme.trainings import sync_offer

LONGEST = timedelta(days=14)


_UNSAID = {
    "reunion_partenariale": _l("Dites à quoi sert la réunion de partenaires."),
    "presentation_concept": _l("Dites devant qui le centre se présente."),
}


@dataclass(frozen=True)
class ActionDetails:
    """What an action is; `kind` is a code of the table of kinds, the other words of `kinds`.

    `nature` is for the kinds that say more (see `kinds.NATURES_OF`); `capacity`, in people, for
    what takes registrations; `renews_id` names the action that this one goes on with.
    """

    title: str
    kind: str
    description: str = ""
    lead: str = "centre"
    is_offsite: bool = False
    quartier_id: int | None = None
    place: str = ""
    public: str = "tous"
    nature: str | None = None
    takes_registrations: bool = False
    capacity: int | None = None
    renews_id: int | None = None


@atomic
def create_action(person: Resident, details: ActionDetails) -> Action:
    """Add an action to the programme; it shows there once it has a session.

    Silent: what counts is a session held.

    Raises:
        Forbidden: not of the team.
        Invalid: no title, an unknown kind, lead, public or nature, a capacity that cannot be, or
            no quartier while it is outside.
    """
    refuse_outsiders(person)
    action = Action()
    _describe(action, details)
    return action


@atomic
def edit_action(person: Resident, action: Action, details: ActionDetails) -> None:
    """Change what an action is; sessions held keep in the ledger what was true then.

    A larger capacity gives places to those who wait, who are told. Raises as `create_action`.
    """
    refuse_outsiders(person)
    lock(action)
    told = _in_calendars(action)
    _describe(action, details)
    db.session.expire(action, ["kind_row"])
    for session in to_come(action.id):
        if _in_calendars(action) != told:
            session.tell_calendars()
        sync_offer(session, person)
        fill_places(session)


@atomic
def add_session(
    person: Resident, action: Action, starts_at: datetime, ends_at: datetime
) -> Session:
    """Give an action one more date.

    Silent: what counts is a session held.

    Raises:
        Forbidden: not of the team.
        Invalid: it ends before it starts, or lasts more than 14 days.
        Conflict: the action has a session at that very moment.
    """
    refuse_outsiders(person)
    check_times(starts_at, ends_at)
    lock(action)
    if starts_at in moments_taken(action.id):
        raise Conflict(_("Cette séance est déjà au programme."), field="starts_at")
    session = Session(action_id=action.id, starts_at=starts_at, ends_at=ends_at)
    put_on_programme(person, session)
    return session


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raises Invalid where it ends before it starts, or lasts more than 14 days."""
    if ends_at <= starts_at:
        raise Invalid(_("La fin doit venir après le début."), field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("Une séance dure 14 jours au plus : faites-en plusieurs."), field="ends_at")


def moments_taken(action_id: int) -> set[datetime]:
    """When an action's sessions start, those cancelled aside."""
    mine = (Session.action_id == action_id) & (Session.status != "cancelled")
    return set(db.session.scalars(select(Session.starts_at).where(mine)))


def put_on_programme(person: Resident, session: Session) -> None:
    """Keep a new session and tell the features above, inside the caller's act."""
    db.session.add(session)
    db.session.flush()
    sync_offer(session, person)
    session_planned.send(session, by=person)


def to_come(action_id: int) -> list[Session]:
    """The planned sessions of an action that have not started, the nearest first."""
    query = select(Session).where(
        Session.action_id == action_id, Session.status == "planned", Session.starts_at > now()
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.id)))


def refuse_outsiders(person: Resident) -> None:
    """Raises Forbidden unless the person runs the programme."""
    if not can_run_programme(person):
        raise Forbidden(_("Seule l’équipe tient le programme."))


def _in_calendars(action: Action) -> tuple[object, ...]:
    """What other people's calendars hold of an action."""
    return action.title, action.description, action.place, action.quartier_id


def _describe(action: Action, details: ActionDetails) -> None:
    kind = _check(action, details)
    for name in ActionDetails.__dataclass_fields__:
        setattr(action, name, getattr(details, name))
    action.title, action.place = details.title.strip(), details.place.strip()
    action.description = details.description.strip()
    if kind.counts_as not in NATURES_OF:
        action.nature = None
    if not details.takes_registrations:
        action.capacity = None
    db.session.add(action)
    db.session.flush()
    search.index(
        "actions",
        action.id,
        action.title,
        f"/programme/{action.id}",
        action.description,
        action.place,
        kind.label,
    )


def _check(action: Action, details: ActionDetails) -> ActionKind:
    if not details.title.strip():
        raise Invalid(_("Donnez un titre."), field="title")
    kind = db.session.get(ActionKind, details.kind)
    if kind is None or (kind.archived_at is not None and action.kind != kind.code):
        raise Invalid(_("Choisissez un type dans la liste."), field="kind")
    if details.lead not in LEADS:
        raise Invalid(_("Choisissez dans la liste."), field="lead")
    if details.public not in PUBLICS:
        raise Invalid(_("Choisissez dans la liste."), field="public")
    if kind.counts_as in NATURES_OF and details.nature not in NATURES_OF[kind.counts_as]:
        raise Invalid(str(_UNSAID[kind.counts_as]), field="nature")
    if details.is_offsite and details.quartier_id is None:
        raise Invalid(_("Hors les murs, dites dans quel quartier."), field="quartier_id")
    if details.capacity is not None and not 1 <= details.capacity <= MOST_PLACES:
        most = number_fr(MOST_PLACES)
        raise Invalid(_("Un nombre entre 1 et %(most)s.", most=most), field="capacity")
    if details.renews_id is not None and (
        details.renews_id == action.id or db.session.get(Action, details.renews_id) is None
    ):
        raise Invalid(_("Choisissez une autre action."), field="renews_id")
    return kind
