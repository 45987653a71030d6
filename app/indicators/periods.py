"""The periods figures are read over: a civil year, a season, or any dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from app.centre.settings import rule
from app.core.clock import today
from app.core.i18n import _
from app.core.typography import date_fr

FIRST_YEAR, LAST_YEAR = 2000, 2100
A_YEAR = 366
LONGEST = 10 * A_YEAR


def year_before(day: date) -> date:
    """The same day a year earlier; the 28th for a 29th of February."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


@dataclass(frozen=True)
class Month:
    """A month of a period, cut at its ends."""

    label: str
    start: date
    end: date


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both in it. `key` is what the address carries."""

    key: str
    label: str
    start: date
    end: date

    @property
    def year(self) -> int | None:
        """The civil year, when the period is one: a target is set for a civil year."""
        whole = (self.start, self.end) == (
            date(self.start.year, 1, 1),
            date(self.start.year, 12, 31),
        )
        return self.start.year if whole else None

    @property
    def query(self) -> dict[str, str]:
        """What a link adds to stay in this period."""
        if self.key == "dates":
            start, end = self.start.isoformat(), self.end.isoformat()
            return {"periode": "dates", "debut": start, "fin": end}
        return {"periode": self.key}

    @property
    def is_running(self) -> bool:
        """Whether it has begun and is not over."""
        return self.start <= today() <= self.end

    @property
    def previous(self) -> "Period":
        """A year earlier, or the same length just before for a period longer than a year."""
        length = (self.end - self.start).days + 1
        if length > A_YEAR:
            start, end = self.start - timedelta(days=length), self.start - timedelta(days=1)
            return dates(start, end)
        start, end = year_before(self.start), year_before(self.end)
        if self.end.month == 2 and self.end == _month_end(self.end):
            end = _month_end(end)
        kind, _dash, number = self.key.partition("-")
        makers = {"annee": civil_year, "saison": season}
        return makers[kind](int(number) - 1) if kind in makers else dates(start, end)

    @property
    def compared_until(self) -> date:
        """The last day of the previous period to compare with: as far as we are in this one."""
        if not self.is_running:
            return self.previous.end
        elapsed = today() - self.start
        same_day = (
            self.previous.start + elapsed if self.longer_than_a_year else year_before(today())
        )
        return min(same_day, self.previous.end)

    @property
    def until_now(self) -> "Period":
        """The previous period, as far into it as we are in this one."""
        return dates(self.previous.start, self.compared_until)

    @property
    def longer_than_a_year(self) -> bool:
        return (self.end - self.start).days + 1 > A_YEAR

    def months(self) -> Iterator[Month]:
        """Its months in order, named with their year when there are several."""
        start = self.start
        pattern = "MMM" if not self.longer_than_a_year else "MMM yy"
        while start <= self.end:
            end = min(_month_end(start), self.end)
            yield Month(format_date(start, pattern, locale="fr"), start, end)
            start = end + timedelta(days=1)


def civil_year(year: int) -> Period:
    """From January to December."""
    return Period(f"annee-{year}", str(year), date(year, 1, 1), date(year, 12, 31))


def season(year: int) -> Period:
    """A year from the month set by the centre, September by default."""
    month = rule("season_month")
    start, end = date(year, month, 1), date(year + 1, month, 1) - timedelta(days=1)
    label = _("saison %(first)d-%(second)d", first=year, second=year + 1)
    if end.year == year:
        label = _("saison %(year)d", year=year)
    return Period(f"saison-{year}", label, start, end)


def agrement() -> Period:
    """The years that the centre's agrément covers."""
    first = rule("agrement_year")
    last = first + rule("agrement_years") - 1
    label = _("agrément %(first)d-%(last)d", first=first, last=last)
    return Period(f"agrement-{first}", label, date(first, 1, 1), date(last, 12, 31))


def dates(start: date, end: date) -> Period:
    """Between any two days."""
    label = _("du %(start)s au %(end)s", start=date_fr(start), end=date_fr(end))
    return Period("dates", label, start, end)


def of(start: date, end: date) -> Period:
    """The period between two days, as a civil year when it is one."""
    found = dates(start, end)
    return civil_year(found.year) if found.year else found


def usual() -> Period:
    """The period shown first: the civil year we are in or the season, as the centre chose."""
    return current_year() if rule("figures_year") == 1 else season(_latest_season())


def current_year() -> Period:
    """The civil year we are in."""
    return civil_year(today().year)


def named(key: str) -> Period | None:
    """The year or the season of this key; None when it is no such thing."""
    kind, _dash, number = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) == 4):
        return None
    if not FIRST_YEAR <= int(number) < LAST_YEAR:
        return None
    if kind == "annee":
        return civil_year(int(number))
    if kind == "agrement":
        return agrement() if key == agrement().key else None
    return season(int(number)) if kind == "saison" else None


def choices() -> list[tuple[str, str]]:
    """(key, words) of the years and seasons offered, the latest first, then free dates."""
    year = today().year
    years = [civil_year(year - n) for n in range(4)]
    seasons = [season(_latest_season() - n) for n in range(4)]
    offered = [(period.key, _("Année %(year)s", year=period.label)) for period in years]
    longer = [*seasons, agrement()]
    offered += [(period.key, period.label[:1].upper() + period.label[1:]) for period in longer]
    return [*offered, ("dates", _("Entre deux dates"))]


def _latest_season() -> int:
    return today().year if today().month >= rule("season_month") else today().year - 1


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)
