"""Who may register people and give roles."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_register_people(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.may(Right.REGISTER_PEOPLE)


def can_give_code(person: Resident, to: Resident) -> bool:
    """The team; but a code signs in, so that of the direction is given by the direction alone."""
    may = person.may(Right.GIVE_CODES)
    return may and (person.may(Right.GIVE_ROLES) or not to.may(Right.GIVE_ROLES))


def can_correct(person: Resident, of: Resident) -> bool:
    """The team; an address opens the account, so that of the direction is changed by itself."""
    may = person.may(Right.REGISTER_PEOPLE) and of.is_active
    return may and (person.may(Right.GIVE_ROLES) or not of.may(Right.GIVE_ROLES))


def can_join_people(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.may(Right.MERGE_PEOPLE)


def can_take_adhesions(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.may(Right.TAKE_ADHESIONS)


def can_read_agreements(person: Resident) -> bool:
    """The desk, the director and the administrator."""
    return person.may(Right.READ_AGREEMENTS)


def can_give_roles(person: Resident) -> bool:
    """The director and the administrator."""
    return person.may(Right.GIVE_ROLES)
