"""Being reminded by e-mail of the votes that wait for one, or not."""

from datetime import timedelta

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.mail import address_of
from app.core.security import sign, unsign

PURPOSE = "stop-vote-reminders"
LASTS = timedelta(days=365)


@atomic
def set_vote_reminders(resident: Resident, wanted: bool) -> None:
    """Say whether one wants these mails; what is told on the site stays."""
    resident.vote_reminders = wanted


def stop_address(resident: Resident) -> str:
    """Where a mail's link leads, to receive no more of them without signing in."""
    return address_of("accounts.stop_reminders", token=sign(PURPOSE, [resident.id]))


def reminded_by(token: str) -> Resident | None:
    """Whom a mail was sent to; None for a link that is not ours, or too old."""
    value = unsign(PURPOSE, token, int(LASTS.total_seconds()))
    return db.session.get(Resident, value[0]) if value else None
