"""Every hour: hand their account over to those who have come of age."""

from app.accounts import coming_of_age
from app.accounts.models import Resident
from app.core.db import db
from app.core.jobs import job


@job(every_hour=True)
def hand_accounts_over() -> int:
    """How many accounts were handed over; running it twice hands over no more."""
    waiting = coming_of_age.of_age()
    return sum(coming_of_age.hand_over(db.session.get_one(Resident, one)) for one in waiting)
