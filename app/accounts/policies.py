"""Who may register people and give roles."""

from app.accounts.models import Resident


def can_register_people(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.is_team


def can_give_roles(person: Resident) -> bool:
    """The director and the administrator."""
    return person.is_director
