"""Where a convention stands on a day."""

from datetime import date

from app.core.clock import months_before

COMING, RUNNING, SOON, ENDED = "coming", "running", "soon", "ended"


def state_of(starts_on: date, ends_on: date, notice_months: int, day: date) -> str:
    """Of these four, on a day: both of its days are in it, so that it ends the day after."""
    if day > ends_on:
        return ENDED
    if day >= months_before(ends_on, notice_months):
        return SOON
    return RUNNING if day >= starts_on else COMING
