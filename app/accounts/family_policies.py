"""Who answers for children, and who may link or unlink families."""

from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.core.clock import today
from app.core.rights import Right

GROWN_AGE = 18


def can_answer_for_children(person: Resident) -> bool:
    """A confirmed adult whose account lives; a year of birth, where it is known, must say so."""
    year = person.year_of_birth
    return (
        person.is_active
        and person.is_confirmed
        and (year is None or today().year - year >= GROWN_AGE)
    )


def can_link_families(person: Resident) -> bool:
    """The team."""
    return person.may(Right.LINK_FAMILIES)


def can_register_child(person: Resident, guardian: Resident) -> bool:
    """The guardian themselves, or the team with them."""
    return can_answer_for_children(guardian) and (
        person.id == guardian.id or can_link_families(person)
    )


def can_end_link(person: Resident, link: Guardianship) -> bool:
    """The guardian, for their own link, or the team."""
    mine = person.id == link.guardian_id
    return link.ended_at is None and (mine or can_link_families(person))
