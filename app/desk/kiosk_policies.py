"""Who puts a tablet at everyone's disposal, and who signs in on it."""

from app.accounts.models import Resident
from app.core.rights import Right


def can_open_kiosk(person: Resident) -> bool:
    """The team."""
    return person.may(Right.OPEN_KIOSK)


def can_use_kiosk(person: Resident) -> bool:
    """Not those who decide for others, nor whoever asked for more than a card and its code.

    A code of six digits, typed before everyone, opens no right of the team.
    """
    return not person.is_team and person.totp_secret is None
