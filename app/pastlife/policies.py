"""Who brings earlier years in."""

from app.accounts.models import Resident
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.rights import Right


def can_import_past(person: Resident) -> bool:
    """The director and the administrator."""
    return person.may(Right.IMPORT_PAST)


def refuse_others(by: Resident) -> None:
    """Raises Forbidden: not the direction."""
    if not can_import_past(by):
        raise Forbidden(_("Seule la direction reprend les années passées."))
