"""What the platform can answer by itself to the yearly survey."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.associations.models import Association
from app.centre.age_bands import labels
from app.centre.settings import rule
from app.core.clock import PARIS
from app.core.db import db
from app.indicators import periods
from app.indicators.periods import Period
from app.indicators.queries import figures
from app.indicators.reckoning import same_people
from app.ledger.acts import Act, Standing
from app.ledger.live import is_live
from app.ledger.models import Entry

BANDS = ("0-10", "11-25", "26-59", "60+")
"""Those of the survey; where the centre counts by others, their answers are typed in."""

EVENTS = ("animation_quartier", "fete_quartier")
PUBLIC = (Standing.HABITANT.value, Standing.OUTSIDE.value)


def counts(year: int) -> dict[str, float | None]:
    """What each `calcul` of `senacs.toml` gives for a year; None where it cannot be known."""
    period = periods.civil_year(year)
    found: dict[str, float | None] = {}
    for figure in figures(period, public=False):
        found[figure.code] = figure.value
        found.update({other.code: other.value for other in figure.beside})
    return found | _volunteers(period) | _publics(period) | _others(period)


def _people() -> tuple[Any, Any]:
    """Whoever did what an entry tells, files joined since included; and the join it takes."""
    same = same_people()
    return func.coalesce(same.c.same_as, Entry.participation_key), same


def _volunteers(period: Period) -> dict[str, float | None]:
    who, same = _people()
    row = db.session.execute(
        select(func.count(who.distinct()), func.sum(Entry.minutes))
        .select_from(Entry)
        .outerjoin(same, same.c.key == Entry.participation_key)
        .where(
            is_live(),
            Entry.act == Act.SESSION_ATTENDED.value,
            Entry.role == "volunteer",
            Entry.standing.in_(PUBLIC),
            Entry.day.between(period.start, period.end),
        )
    ).one()
    return {"volunteers": row[0], "volunteer_hours": round((row[1] or 0) / 60, 1)}


def _publics(period: Period) -> dict[str, float | None]:
    """People by age band at their first act of the year: bands rise as people grow older."""
    who, same = _people()
    people = (
        select(func.min(Entry.age_band).label("band"))
        .select_from(Entry)
        .outerjoin(same, same.c.key == Entry.participation_key)
        .where(
            is_live(),
            Entry.act.in_((Act.SESSION_ATTENDED.value, Act.MEETING_ATTENDED.value)),
            Entry.participation_key.is_not(None),
            Entry.standing.in_(PUBLIC),
            Entry.day.between(period.start, period.end),
        )
        .group_by(who)
        .subquery()
    )
    rows = db.session.execute(select(people.c.band, func.count()).group_by(people.c.band))
    found = {band or "": number for band, number in rows}
    if labels(tuple(rule("age_bands"))) != BANDS or not set(found) <= {"", *BANDS}:
        return {f"public:{band}": None for band in ("", *BANDS)}
    return {f"public:{band}": found.get(band, 0) for band in ("", *BANDS)}


def _others(period: Period) -> dict[str, float | None]:
    events = (
        select(func.count())
        .select_from(Entry)
        .where(
            is_live(),
            Entry.act == Act.SESSION_HELD.value,
            Entry.kind.in_(EVENTS),
            Entry.day.between(period.start, period.end),
        )
    )
    over = datetime(period.end.year + 1, 1, 1, tzinfo=PARIS)
    listed = (
        select(func.count())
        .select_from(Association)
        .where(Association.status == "approved", Association.listed_at < over)
    )
    return {"events": db.session.scalar(events), "associations": db.session.scalar(listed)}
