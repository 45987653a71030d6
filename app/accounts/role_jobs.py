"""Every hour: the roles whose last day is over are written as ended."""

from app.accounts.role_services import end_lapsed_roles
from app.core.jobs import job


@job(every_hour=True)
def end_roles() -> int:
    """End what has lapsed; running it twice changes nothing more."""
    return end_lapsed_roles()
