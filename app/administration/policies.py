"""Who reads the team's journal."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_read_audit(person: Resident) -> bool:
    """The director and the administrator."""
    return person.may(Right.READ_AUDIT)
