"""Who keeps partners, and who is told of the end of a convention."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_keep_partners(person: Resident) -> bool:
    """Desk, director and administrator."""
    return person.may(Right.KEEP_PARTNERS)
