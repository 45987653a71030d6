"""Whom a session concerns, and what they are told of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CompoundSelect, Select, select

from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
from app.core.typography import datetime_fr
from app.notifications.models import LONGEST
from app.notifications.services import notify, notify_all
from app.programme.models import Session
from app.programme.registration_models import Registration, VolunteerSignup


def when(session: Session) -> str:
    """The moment of a session, in words."""
    return datetime_fr(session.starts_at, today())


def concerned(session_ids: Iterable[int]) -> CompoundSelect[Any]:
    """Who is registered, waits or helps at one of these sessions, and who answers for them."""
    wanted = list(session_ids)
    registered = select(Registration.resident_id).where(Registration.session_id.in_(wanted))
    helping = select(VolunteerSignup.resident_id).where(VolunteerSignup.session_id.in_(wanted))
    answering = select(Guardianship.guardian_id).where(
        Guardianship.ended_at.is_(None), Guardianship.child_id.in_(registered)
    )
    return registered.union(helping, answering)


def tell_all(sessions: Iterable[Session], text: str, body: str) -> None:
    """One message to each person whom these sessions of one action concern."""
    chosen = list(sessions)
    if chosen:
        people: Select[Any] = select(
            concerned(session.id for session in chosen).subquery().c.resident_id
        )
        notify_all(people, text, address(chosen[0]), body=body, shown=_with(text, body))


def _with(text: str, body: str) -> str:
    """The sentence and what goes with it, cut between two words where the site has no room."""
    whole = f"{text} {body}"
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rpartition(" ")[0] + "…"


def tell_place(resident: Resident, session: Session, place: int | None, *, freed: bool) -> None:
    """Tell someone, and who answers for them, that a place is theirs, or that they wait.

    Args:
        freed: they waited, and a place has become free.
    """
    _tell(resident, session, _words(session, place, freed, None))
    for guardian in _guardians(resident):
        _tell(guardian, session, _words(session, place, freed, resident.called))


def address(session: Session) -> str:
    """The page where all is said."""
    return f"/programme/{session.action_id}"


def _tell(person: Resident, session: Session, text: str) -> None:
    body = _("Vous ne pouvez pas venir ? Retirez-vous : quelqu’un d’autre aura la place.")
    notify(person, text, address(session), body=body)


def _words(session: Session, place: int | None, freed: bool, name: str | None) -> str:
    said = {"title": session.action.title, "when": when(session), "name": name}
    if place is None and name:
        return _("%(name)s est sur la liste d’attente : « %(title)s », %(when)s.", **said)
    if place is None:
        return _("Vous êtes sur la liste d’attente : « %(title)s », %(when)s.", **said)
    if freed and name:
        return _("Une place s’est libérée pour %(name)s : « %(title)s », %(when)s.", **said)
    if freed:
        return _("Une place s’est libérée pour vous : « %(title)s », %(when)s.", **said)
    if name:
        return _("Une place est gardée pour %(name)s : « %(title)s », %(when)s.", **said)
    return _("Votre place est gardée : « %(title)s », %(when)s.", **said)


def _guardians(child: Resident) -> list[Resident]:
    if not child.has_guardian:
        return []
    links = select(Guardianship.guardian_id).where(
        Guardianship.child_id == child.id, Guardianship.ended_at.is_(None)
    )
    return list(db.session.scalars(select(Resident).where(Resident.id.in_(links))))
