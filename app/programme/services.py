"""Actions and the dates on which they take place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts.models import Resident
from app.core import search
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record
from app.programme.kinds import KINDS
from app.programme.models import LEADS, Action, Session, SessionAttendance
from app.programme.policies import can_run_programme
from app.programme.signals import session_cancelled, session_planned

LONGEST = timedelta(days=14)


@dataclass(frozen=True)
class ActionDetails:
    """What an action is; `kind` and `lead` are codes of `programme.kinds`."""

    title: str
    kind: str
    description: str = ""
    lead: str = "centre"
    is_offsite: bool = False
    quartier_id: int | None = None
    place: str = ""


@atomic
def create_action(person: Resident, details: ActionDetails) -> Action:
    """Add an action to the programme; it shows there once it has a session.

    Silent: what counts is a session held.

    Raises:
        Forbidden: not of the team.
        Invalid: no title, an unknown kind or lead, or no quartier while it is outside.
    """
    refuse_outsiders(person)
    action = Action()
    _describe(action, details)
    return action


@atomic
def edit_action(person: Resident, action: Action, details: ActionDetails) -> None:
    """Change what an action is; sessions held keep in the ledger what was true then.

    Silent, and raises, as `create_action`.
    """
    refuse_outsiders(person)
    _describe(action, details)


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
    if ends_at <= starts_at:
        raise Invalid(_("La fin doit venir après le début."), field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("Une séance dure 14 jours au plus : faites-en plusieurs."), field="ends_at")
    lock(action)
    same = db.session.query(Session.id).filter_by(action_id=action.id, starts_at=starts_at)
    if same.filter(Session.status != "cancelled").first():
        raise Conflict(_("Cette séance est déjà au programme."), field="starts_at")
    session = Session(action_id=action.id, starts_at=starts_at, ends_at=ends_at)
    db.session.add(session)
    db.session.flush()
    session_planned.send(session, by=person)
    return session


@atomic
def cancel_session(person: Resident, session: Session, reason: str) -> None:
    """Call a session off; it stays on the programme, with the reason.

    Raises:
        Forbidden: not of the team.
        Invalid: no reason.
        Conflict: held, cancelled already, or someone has signed.
    """
    refuse_outsiders(person)
    lock(session)
    if session.status != "planned":
        raise Conflict(_("Seule une séance prévue peut être annulée."))
    if db.session.query(SessionAttendance).filter_by(session_id=session.id).first():
        raise Conflict(_("Des personnes ont signé : retirez d’abord leurs noms."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi : les habitants liront ces mots."), field="reason")
    session.status, session.cancel_reason = "cancelled", reason.strip()[:500]
    record(
        Act.SESSION_CANCELLED,
        subject=session,
        entered_by=person,
        kind=session.action.kind,
        offsite=session.action.is_offsite,
        quartier_id=session.action.quartier_id,
        association_id=session.action.association_id,
    )
    session_cancelled.send(session, by=person)


def refuse_outsiders(person: Resident) -> None:
    """Raises Forbidden unless the person runs the programme."""
    if not can_run_programme(person):
        raise Forbidden(_("Seule l’équipe tient le programme."))


def _describe(action: Action, details: ActionDetails) -> None:
    if not details.title.strip():
        raise Invalid(_("Donnez un titre."), field="title")
    if details.kind not in KINDS:
        raise Invalid(_("Choisissez un type dans la liste."), field="kind")
    if details.lead not in LEADS:
        raise Invalid(_("Choisissez dans la liste."), field="lead")
    if details.is_offsite and details.quartier_id is None:
        raise Invalid(_("Hors les murs, dites dans quel quartier."), field="quartier_id")
    action.title, action.kind = details.title.strip(), details.kind
    action.description, action.lead = details.description.strip(), details.lead
    action.is_offsite, action.quartier_id = details.is_offsite, details.quartier_id
    action.place = details.place.strip()
    db.session.add(action)
    db.session.flush()
    search.index(
        "actions",
        action.id,
        action.title,
        f"/programme/{action.id}",
        action.description,
        action.place,
        str(KINDS[action.kind]),
    )
