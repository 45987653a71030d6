"""Who brings earlier years in."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_import_past(person: Resident) -> bool:
    """The director and the administrator."""
    return person.may(Right.IMPORT_PAST)
