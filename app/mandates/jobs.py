"""Every hour: mandates whose last day is over are written as ended, and ends to come are told."""

from app.bodies.mandate_services import end_terms
from app.core.jobs import job
from app.mandates.alerts import warn_of_ends


@job(every_hour=True)
def tend_mandates() -> int:
    """End what is over, tell what ends soon; running it twice changes nothing more."""
    return end_terms() + warn_of_ends()
