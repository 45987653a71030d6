"""Every hour: those who answer for decisions are reminded of their deadlines."""

from app.bodies.decision_reminders import remind_owners
from app.core.jobs import job


@job(every_hour=True)
def tend_decisions() -> int:
    """How many reminders were sent; running it twice sends no more."""
    return remind_owners()
