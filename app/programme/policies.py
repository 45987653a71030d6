"""Who runs the programme."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_run_programme(person: Resident) -> bool:
    """Desk, director and administrator."""
    return person.may(Right.RUN_PROGRAMME)
