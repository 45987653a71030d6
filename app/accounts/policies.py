"""Who may register people and give roles."""

from app.accounts.models import Resident


def can_register_people(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.is_team


def can_give_code(person: Resident, to: Resident) -> bool:
    """The team; but a code signs in, so that of the direction is given by the direction alone."""
    return person.is_team and (person.is_director or not to.is_director)


def can_give_roles(person: Resident) -> bool:
    """The director and the administrator."""
    return person.is_director
