"""Several profiles on one phone: speaking for oneself, or for a child one answers for."""

from dataclasses import dataclass

from flask import g
from flask_login import current_user
from sqlalchemy import and_, or_, select

from app.accounts import services as accounts
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.family_models import Guardianship
from app.accounts.family_queries import live_link
from app.accounts.login import current_sign_in
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden
from app.core.i18n import _


@dataclass(frozen=True)
class Profile:
    """Someone as whom this phone may speak."""

    id: int
    name: str


@dataclass(frozen=True)
class Speaker:
    """Who speaks now, whose sign-in it is, and the others as whom it may speak."""

    name: str
    own: Profile
    others: tuple[Profile, ...]
    is_child: bool


@atomic
def speak_for(sign_in: SignIn, child_id: int) -> Resident:
    """Use the profile of a child for whom the person signed in answers, until they come back.

    Raises:
        Forbidden: no live link, a person of 15 or more, or a session that the desk holds.
    """
    link = live_link(sign_in.resident_id, child_id)
    if link is not None:
        # Whoever undoes the link holds it too: a session never outlives it.
        lock(link)
    free = sign_in.acting_as != ActingAs.ASSISTANCE
    if link is None or link.ended_at is not None or not free:
        raise Forbidden(_("Vous ne pouvez pas parler pour cette personne."))
    if link.child.closed_at is not None:
        raise Forbidden(_("Ce profil est fermé : rouvrez-le d’abord, dans « Ma famille »."))
    if not link.child.is_under_15_on(today()) or not link.child.is_active:
        raise Forbidden(_("À partir de 15 ans, chacun parle avec son propre compte."))
    accounts.act_for(sign_in, link.child, ActingAs.GUARDIAN, None)
    return link.child


@atomic
def speak_for_oneself(sign_in: SignIn) -> None:
    """Back to one's own profile; a session that the desk holds ends by the desk's own button."""
    if sign_in.acting_as == ActingAs.GUARDIAN:
        accounts.stop_acting(sign_in)


def speaking() -> Speaker | None:
    """Who speaks, for whoever has children here; at most one statement a request."""
    if not current_user.is_authenticated:
        return None
    sign_in = current_sign_in()
    as_guardian = sign_in is not None and sign_in.acting_as == ActingAs.GUARDIAN
    as_oneself = sign_in is not None and sign_in.acting_for_id is None
    if sign_in is None or not (as_guardian or (as_oneself and current_user.has_children)):
        return None
    if "speaker" not in g:
        g.speaker = _speaker(sign_in, current_user.id)
    speaker: Speaker = g.speaker
    return speaker


def _speaker(sign_in: SignIn, speaking_id: int) -> Speaker:
    children = select(Guardianship.child_id).where(
        Guardianship.guardian_id == sign_in.resident_id, Guardianship.ended_at.is_(None)
    )
    rows = db.session.execute(
        select(Resident.id, Resident.display_name)
        .where(
            or_(
                Resident.id == sign_in.resident_id,
                and_(Resident.id.in_(children), Resident.closed_at.is_(None)),
            )
        )
        .order_by(Resident.id != sign_in.resident_id, Resident.year_of_birth, Resident.id)
    )
    people = [Profile(*row) for row in rows]
    return Speaker(
        name=next((one.name for one in people if one.id == speaking_id), ""),
        own=people[0],
        others=tuple(one for one in people if one.id != speaking_id),
        is_child=speaking_id != sign_in.resident_id,
    )
