"""From a rhythm in plain words to the days it gives, in the centre's own time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from app.core.clock import PARIS
from app.core.errors import Invalid
from app.core.i18n import _

MOST_DATES = 200
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("weekly", "fortnightly", "monthly")
RANKS = (1, 2, 3, 4, -1)
LONGEST_NIGHT = 12 * 60
"""Minutes: an end before the start is on the next day, unless it was typed by mistake."""


@dataclass(frozen=True)
class Rhythm:
    """How often, and at what time.

    Args:
        weekdays: from 0, Monday.
        rank: which one in the month, for « monthly »: 1 to 4, or -1 for the last.
        starts_on, until: both included.
        hour: « HH:MM », by the centre's clocks.
        minutes: how long a session lasts, by the same clocks.
    """

    frequency: str
    weekdays: tuple[int, ...]
    starts_on: date
    until: date
    hour: str
    minutes: int
    rank: int = 1
    skips_holidays: bool = True


def rule_of(rhythm: Rhythm) -> str:
    """The rule as RFC 5545 writes it, without its bounds."""
    codes = [DAY_CODES[number] for number in sorted(set(rhythm.weekdays))]
    if rhythm.frequency == "monthly":
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{rhythm.rank}{code}" for code in codes)
    every = ";INTERVAL=2" if rhythm.frequency == "fortnightly" else ""
    return f"FREQ=WEEKLY{every};BYDAY=" + ",".join(codes)


def days_of(rhythm: Rhythm) -> list[date]:
    """Every day of the rhythm, school holidays or not.

    Raises:
        Invalid: a rhythm that cannot be, that gives no day, or more than 200.
    """
    _check(rhythm)
    first = datetime.combine(rhythm.starts_on, time())
    last = datetime.combine(rhythm.until, time())
    found = rrulestr(rule_of(rhythm), dtstart=first).xafter(first, inc=True)
    days: list[date] = []
    for moment in islice(found, MOST_DATES + 1):
        if moment > last:
            break
        days.append(moment.date())
    if not days:
        raise Invalid(_("Aucune date ne correspond entre ces deux jours."), field="until")
    if len(days) > MOST_DATES:
        raise Invalid(
            _("C’est plus de %(most)d dates : raccourcissez la période.", most=MOST_DATES),
            field="until",
        )
    return days


def is_within(day: date, periods: Iterable[tuple[date, date]]) -> bool:
    """Whether a day falls in one of these periods, both ends included."""
    return any(first <= day <= last for first, last in periods)


def local_moment(day: date, hour: str, after: timedelta = timedelta()) -> datetime:
    """A moment by the clocks of Paris, in UTC: 14:00 stays 14:00 in summer and in winter."""
    told = datetime.combine(day, time.fromisoformat(hour)) + after
    return told.replace(tzinfo=PARIS).astimezone(UTC)


def _check(rhythm: Rhythm) -> None:
    if rhythm.frequency not in FREQUENCIES:
        raise Invalid(_("Choisissez un rythme."), field="frequency")
    if not rhythm.weekdays or not set(rhythm.weekdays) <= set(range(7)):
        raise Invalid(_("Choisissez au moins un jour de la semaine."), field="weekdays")
    if rhythm.rank not in RANKS:
        raise Invalid(_("Choisissez dans la liste."), field="rank")
    if rhythm.until < rhythm.starts_on:
        raise Invalid(_("Le dernier jour doit venir après le premier."), field="until")
    if rhythm.until.year - rhythm.starts_on.year > 5:
        raise Invalid(_("C’est trop loin : planifiez une saison à la fois."), field="until")
    if not 1 <= rhythm.minutes <= LONGEST_NIGHT:
        raise Invalid(_("La fin doit venir après le début."), field="ends_time")
