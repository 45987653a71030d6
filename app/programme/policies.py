"""Who runs the programme."""

from app.accounts.models import Resident


def can_run_programme(person: Resident) -> bool:
    """Desk, director and administrator."""
    return person.is_team
