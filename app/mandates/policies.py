"""Who may do what with seats: functions of the person, the thing and the moment."""

from app.accounts.models import Resident
from app.bodies.models import Mandate
from app.core.clock import today


def can_resign(person: Resident | None, mandate: Mandate) -> bool:
    """Whoever holds the seat, while they hold it."""
    mine = person is not None and person.id == mandate.resident_id
    over = mandate.ended_on is not None or (
        mandate.ends_on is not None and mandate.ends_on < today()
    )
    return mine and not over
