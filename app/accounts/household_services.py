"""Who lives with whom."""

from sqlalchemy import select

from app.accounts.family_models import Household, HouseholdMember
from app.accounts.family_policies import can_answer_for_children, can_link_families
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.i18n import _


def household_of(person: Resident) -> Household:
    """Their first household, made when they have none."""
    found = db.session.scalars(
        select(Household)
        .join(HouseholdMember)
        .where(HouseholdMember.resident_id == person.id)
        .order_by(Household.id)
        .limit(1)
    ).first()
    if found is None:
        found = Household(name=_("Chez %(name)s", name=person.given_name))
        db.session.add(found)
        db.session.flush()
        join_home(found, person)
    return found


def lives_in(person: Resident, household: Household) -> bool:
    """Whether someone is of a household."""
    return db.session.get(HouseholdMember, (household.id, person.id)) is not None


@atomic
def rename_home(by: Resident, household: Household, name: str) -> None:
    """Call a household something else.

    Raises:
        Forbidden: someone who does not live there, or a child.
    """
    if not lives_in(by, household) or not can_answer_for_children(by):
        raise Forbidden(_("Un adulte du foyer change son nom."))
    household.name = " ".join(name.split())[:80]


def join_home(household: Household, person: Resident) -> None:
    """Add someone to a household, inside the caller's act; nothing when they are of it."""
    db.session.merge(HouseholdMember(household_id=household.id, resident_id=person.id))
    db.session.flush()


@atomic
def gather(desk: Resident, person: Resident, other: Resident) -> None:
    """Say at the desk that two people live together, in the first one's household.

    Raises:
        Forbidden: not one of the team.
    """
    if not can_link_families(desk):
        raise Forbidden(_("L’accueil change les foyers."))
    household = household_of(person)
    join_home(household, other)
    note(AuditAct.HOUSEHOLD_CHANGED, desk, household, after={"joined": other.id})


@atomic
def part(desk: Resident, household: Household, person: Resident) -> None:
    """Say at the desk that someone no longer lives there.

    Raises:
        Forbidden: not one of the team.
    """
    if not can_link_families(desk):
        raise Forbidden(_("L’accueil change les foyers."))
    member = db.session.get(HouseholdMember, (household.id, person.id))
    if member is not None:
        db.session.delete(member)
        note(AuditAct.HOUSEHOLD_CHANGED, desk, household, before={"left": person.id})
