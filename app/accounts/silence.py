"""What is answered to someone whom a sanction keeps from writing for a time."""

from app.accounts.models import Resident
from app.core.clock import civil_day
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.typography import date_fr


def silence_words(person: Resident) -> str:
    """Until when, and what stays open to them."""
    until = date_fr(civil_day(person.silenced_until)) if person.silenced_until else ""
    return _(
        "Vous ne pouvez pas écrire jusqu’au %(day)s. Vous pouvez toujours voter, soutenir et "
        "venir aux activités.",
        day=until,
    )


def check_may_write(person: Resident) -> None:
    """Let through whoever no sanction keeps from writing.

    Raises:
        Forbidden: a sanction is in force; says until when.
    """
    if person.is_silenced:
        raise Forbidden(silence_words(person))
