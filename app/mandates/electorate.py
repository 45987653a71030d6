"""Who may stand for a collège, and is told of its calls."""

from typing import Any

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.accounts.role_models import Grant, live_grant
from app.accounts.taking_part import old_enough_for
from app.bodies.labels import COLLEGES
from app.core.clock import today
from app.core.rights import Role
from app.ledger.acts import Standing

OF_ROLES = {
    "associations": (Role.ASSOCIATION,),
    "equipe": (Role.DESK, Role.DIRECTOR),
}
"""Collèges of those who hold a role here."""

CALLED = {key: words for key, words in COLLEGES.items() if key in ("habitants", *OF_ROLES)}
"""Collèges that candidates are called for; the others name their own people."""


def may_represent(person: Resident, college: str) -> bool:
    """Whether someone is of those whom a collège sits for."""
    if college in OF_ROLES:
        return any(person.has_role(role) for role in OF_ROLES[college])
    grown = not person.is_under_15_on(today()) and person.is_confirmed
    return grown and person.standing == Standing.HABITANT.value


def represented_by(college: str) -> Any:
    """Numbers of those people, for an `IN`: as `may_represent`."""
    if college in OF_ROLES:
        roles = [role.value for role in OF_ROLES[college]]
        return select(Grant.resident_id).where(Grant.role.in_(roles), live_grant())
    seen = or_(Resident.email_confirmed_at.is_not(None), Resident.registered_by_id.is_not(None))
    return select(Resident.id).where(
        Resident.standing == Standing.HABITANT.value, seen, old_enough_for(None)
    )
