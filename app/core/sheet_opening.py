"""When a sheet opens, of a session or of a meeting: nobody can have come to what is days away."""

from datetime import datetime, time, timedelta

from app.core.clock import PARIS, civil_day, now
from app.core.i18n import _
from app.core.typography import datetime_fr, day_fr

BEFORE = timedelta(hours=2)
"""How long before the beginning the first to come may be noted, where that is the day before."""


def opens_at(starts_at: datetime) -> datetime:
    """From when names may be noted: the morning of the day, or two hours before the beginning."""
    morning = datetime.combine(civil_day(starts_at), time.min, tzinfo=PARIS)
    return min(morning, starts_at - BEFORE)


def opening_words(starts_at: datetime) -> str:
    """From when names may be noted, where it is too early; empty once they may.

    « mardi 1er décembre », or with its hour where it opens the day before.
    """
    opening, day = opens_at(starts_at), civil_day(now())
    if opening <= now():
        return ""
    at_midnight = opening.astimezone(PARIS).time() == time.min
    return day_fr(opening, day) if at_midnight else datetime_fr(opening, day)


def too_early(starts_at: datetime) -> str:
    """What to answer to whoever notes a name before then; empty from then on."""
    opening = opens_at(starts_at)
    if opening <= now():
        return ""
    when = datetime_fr(starts_at, civil_day(now()))
    return _("C’est trop tôt : la séance est %(when)s. Notez les présences ce jour-là.", when=when)
