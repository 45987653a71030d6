"""Who may see, carry away and erase what the house holds of someone."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_erase_people(person: Resident) -> bool:
    """The direction, for someone who asks it of them."""
    return person.may(Right.ERASE_PEOPLE)


def can_call_people_back(person: Resident) -> bool:
    """The team: it telephones those whose account is about to be erased, and keeps it if asked."""
    return person.may(Right.REGISTER_PEOPLE)


def can_erase(by: Resident, person: Resident, *, is_guardian: bool) -> bool:
    """Oneself, a child one answers for, or anyone for the direction; never someone gone already.

    A child whom a guardian answers for does not go alone.
    """
    if not person.is_active:
        return False
    if by.id == person.id:
        return not person.has_guardian
    return is_guardian or can_erase_people(by)
