"""A series put on the programme, and the school holidays that it leaves out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.db import atomic, db, lock
from app.core.errors import Invalid
from app.core.i18n import _
from app.programme.models import Action, Session
from app.programme.recurrence import Rhythm, days_of, is_within, local_moment, rule_of
from app.programme.series_models import SchoolHoliday, Series, SeriesException
from app.programme.services import moments_taken, put_on_programme, refuse_outsiders


@dataclass(frozen=True)
class Planned:
    """A day of a rhythm: its moments, and why it is left out, if it is (a code).

    `left_out` is « holiday », « taken » where the action has a session at that very moment, or
    empty.
    """

    day: date
    starts_at: datetime
    ends_at: datetime
    left_out: str = ""


def season_end(day: date) -> date:
    """The last day of the season that a day belongs to."""
    month = int(rule("season_month"))
    return date(day.year + (day.month >= month), month, 1) - timedelta(days=1)


def preview(action: Action, rhythm: Rhythm) -> list[Planned]:
    """What a rhythm would give, nothing written; three statements.

    Raises:
        Invalid: as `recurrence.days_of`.
    """
    days = days_of(rhythm)
    periods = _holidays() if rhythm.skips_holidays else []
    return list(_planned(days, rhythm, periods, moments_taken(action.id)))


@atomic
def plan_series(
    person: Resident, action: Action, rhythm: Rhythm, kept: Collection[date] | None = None
) -> Series:
    """Put the dates of a rhythm on the programme, in one act.

    Args:
        kept: of the days of the rhythm, those wanted; all but the holidays by default.

    Silent: what counts is a session held.

    Raises:
        Forbidden: not of the team.
        Invalid: a rhythm that cannot be, or that leaves no date.
    """
    refuse_outsiders(person)
    lock(action)
    planned = preview(action, rhythm)
    chosen = [one for one in planned if _is_wanted(one, kept)]
    if not chosen:
        raise Invalid(_("Gardez au moins une date."))
    series = Series(
        action_id=action.id,
        rule=rule_of(rhythm),
        starts_on=rhythm.starts_on,
        until=rhythm.until,
        starts_at_time=rhythm.hour,
        minutes=rhythm.minutes,
        skips_holidays=rhythm.skips_holidays,
    )
    db.session.add(series)
    db.session.flush()
    wanted = {one.day for one in chosen}
    for one in planned:
        if one.day not in wanted:
            db.session.add(SeriesException(series_id=series.id, day=one.day))
            continue
        put_on_programme(
            person,
            Session(
                action_id=action.id,
                series_id=series.id,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
            ),
        )
    return series


@atomic
def add_holiday(person: Resident, label: str, starts_on: date, ends_on: date) -> SchoolHoliday:
    """Say when there is no school; series planned from then on leave it out.

    Silent: a calendar is not an act of participation.

    Raises:
        Forbidden: not of the team.
        Invalid: no name, or it ends before it starts.
    """
    refuse_outsiders(person)
    if not label.strip():
        raise Invalid(_("Donnez un nom à cette période."), field="label")
    if ends_on < starts_on:
        raise Invalid(_("Le dernier jour doit venir après le premier."), field="ends_on")
    holiday = SchoolHoliday(label=label.strip()[:80], starts_on=starts_on, ends_on=ends_on)
    db.session.add(holiday)
    db.session.flush()
    return holiday


@atomic
def remove_holiday(person: Resident, holiday: SchoolHoliday) -> None:
    """Forget a period; dates already on the programme stay as they are. Silent, as above.

    Raises:
        Forbidden: not of the team.
    """
    refuse_outsiders(person)
    db.session.delete(holiday)


def _holidays() -> list[tuple[date, date]]:
    query = select(SchoolHoliday.starts_on, SchoolHoliday.ends_on)
    return [(row.starts_on, row.ends_on) for row in db.session.execute(query)]


def _planned(
    days: Iterable[date],
    rhythm: Rhythm,
    periods: Collection[tuple[date, date]],
    taken: Collection[datetime],
) -> Iterable[Planned]:
    length = timedelta(minutes=rhythm.minutes)
    for day in days:
        start, end = local_moment(day, rhythm.hour), local_moment(day, rhythm.hour, length)
        why = "taken" if start in taken else "holiday" if is_within(day, periods) else ""
        yield Planned(day, start, end, why)


def _is_wanted(one: Planned, kept: Collection[date] | None) -> bool:
    """A day of the holidays may be kept all the same; a moment already taken never is twice."""
    if one.left_out == "taken":
        return False
    return not one.left_out if kept is None else one.day in kept
