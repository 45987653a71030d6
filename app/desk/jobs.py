"""What the desk does by itself."""

from app.core.jobs import job
from app.desk.assistance_services import close_overdue


@job(every_minute=True)
def end_assistances() -> int:
    """End those that nobody ended: a screen left there, a session closed from elsewhere."""
    return close_overdue()
