"""Every hour: conventions that end soon or are over are told to the direction, once each."""

from app.core.jobs import job
from app.partners.conventions import warn_of_ends


@job(every_hour=True)
def tend_conventions() -> int:
    """How many were told of; running it twice tells no more."""
    return warn_of_ends()
