"""A season planned in one act: rhythm, school holidays, changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import PARIS, at, civil_day
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import changes, series_services
from app.programme.models import Session
from app.programme.recurrence import MOST_DATES, Rhythm, days_of, local_moment, rule_of
from app.programme.series_models import Series, SeriesException
from tests.factories import make_resident, make_with_role
from tests.programme.factories import make_action
from tests.support import Ledger, Visitor

SEPTEMBER = datetime(2026, 9, 1, 8, tzinfo=UTC)


def rhythm(**fields: Any) -> Rhythm:
    """Wednesdays from 14:00 to 16:00, from September to November 2026, unless told otherwise."""
    given: dict[str, Any] = {
        "frequency": "weekly",
        "weekdays": (2,),
        "starts_on": date(2026, 9, 2),
        "until": date(2026, 11, 30),
        "hour": "14:00",
        "minutes": 120,
    }
    return Rhythm(**{**given, **fields})


def test_hours_stay_the_same_across_both_changes_of_clocks() -> None:
    for starts_on, until in (
        (date(2026, 10, 14), date(2026, 11, 4)),
        (date(2027, 3, 17), date(2027, 4, 7)),
    ):
        moments = [
            local_moment(day, "14:00") for day in days_of(rhythm(starts_on=starts_on, until=until))
        ]

        assert {moment.astimezone(PARIS).hour for moment in moments} == {14}
        assert len({moment.hour for moment in moments}) == 2


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"until": date(2026, 9, 23)}, [2, 9, 16, 23]),
        ({"until": date(2026, 9, 30), "frequency": "fortnightly"}, [2, 16, 30]),
        ({"until": date(2026, 9, 10), "weekdays": (2, 4)}, [2, 4, 9]),
        ({"until": date(2026, 9, 30), "frequency": "monthly", "rank": 2}, [9]),
        ({"until": date(2026, 9, 30), "frequency": "monthly", "rank": -1}, [30]),
    ],
)
def test_a_rhythm_gives_the_days_that_its_words_say(
    fields: dict[str, Any], expected: list[int]
) -> None:
    assert [day.day for day in days_of(rhythm(**fields))] == expected


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("frequency", {"frequency": "daily"}),
        ("weekdays", {"weekdays": ()}),
        ("weekdays", {"weekdays": (7,)}),
        ("rank", {"rank": 6, "frequency": "monthly"}),
        ("until", {"until": date(2026, 9, 1)}),
        ("until", {"until": date(2026, 9, 2), "weekdays": (0,)}),
        ("until", {"until": date(2031, 9, 2), "weekdays": tuple(range(7))}),
        ("until", {"until": date(2099, 9, 2)}),
        ("ends_time", {"minutes": 0}),
        ("ends_time", {"minutes": 23 * 60}),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused_and_plans_nothing(
    app: Flask, field: str, wrong: dict[str, Any]
) -> None:
    action, team = make_action(), make_with_role(Role.DESK)

    with pytest.raises(Invalid) as refusal:
        series_services.plan_series(team, action, rhythm(**wrong))

    assert refusal.value.field == field
    assert db.session.scalar(select(func.count(Session.id))) == 0
    assert db.session.scalar(select(func.count(Series.id))) == 0


def test_a_series_holds_no_more_than_two_hundred_dates() -> None:
    every_day = rhythm(weekdays=tuple(range(7)))

    days = days_of(rhythm(weekdays=every_day.weekdays, until=date(2027, 3, 20)))

    assert len(days) == MOST_DATES
    with pytest.raises(Invalid):
        days_of(rhythm(weekdays=every_day.weekdays, until=date(2027, 3, 21)))


def test_the_school_holidays_are_left_out_and_said(ledger: Ledger) -> None:
    action, team = make_action(), make_with_role(Role.DESK)
    autumn = (date(2026, 10, 17), date(2026, 11, 1))
    series_services.add_holiday(team, "Toussaint", *autumn)

    series = series_services.plan_series(team, action, rhythm())

    days = [civil_day(start) for start in db.session.scalars(select(Session.starts_at))]
    left_out = set(db.session.scalars(select(SeriesException.day)))
    assert (len(days), left_out) == (11, {date(2026, 10, 21), date(2026, 10, 28)})
    assert series.rule == rule_of(rhythm()) == "FREQ=WEEKLY;BYDAY=WE"
    assert ledger.acts() == []


def test_days_unticked_are_left_out_and_a_holiday_may_be_kept(app: Flask) -> None:
    action, team = make_action(), make_with_role(Role.DESK)
    series_services.add_holiday(team, "Toussaint", date(2026, 10, 17), date(2026, 11, 1))
    kept = {date(2026, 9, 9), date(2026, 10, 21), date(2030, 1, 1)}

    series_services.plan_series(team, action, rhythm(), kept)

    starts = db.session.scalars(select(Session.starts_at).order_by(Session.starts_at))
    assert [civil_day(start) for start in starts] == [date(2026, 9, 9), date(2026, 10, 21)]


def test_what_is_on_the_programme_already_is_not_added_twice(app: Flask) -> None:
    action, team = make_action(), make_with_role(Role.DESK)
    first = rhythm(until=date(2026, 9, 9))
    series_services.plan_series(team, action, first)

    series_services.plan_series(team, action, rhythm(until=date(2026, 9, 16)))
    with pytest.raises(Invalid):
        series_services.plan_series(team, action, first)

    assert db.session.scalar(select(func.count(Session.id))) == 3


def test_a_moved_date_is_an_exception_of_its_series(app: Flask) -> None:
    action, team = make_action(), make_with_role(Role.DESK)
    with at(SEPTEMBER):
        series_services.plan_series(team, action, rhythm(until=date(2026, 9, 9)))
        session = db.session.scalars(select(Session).order_by(Session.starts_at)).first()
        assert session is not None
        for days in (1, 2):
            there = datetime(2026, 9, 2 + days, 12, tzinfo=UTC)
            changes.move_session(team, session, there, there + timedelta(hours=1))

    exception = db.session.scalars(select(SeriesException)).one()
    assert (exception.day, exception.moved_to) == (date(2026, 9, 2), session.starts_at)


def test_all_those_to_come_move_and_keep_the_new_hour_in_winter(app: Flask) -> None:
    action, team = make_action(), make_with_role(Role.DESK)
    with at(SEPTEMBER):
        series_services.plan_series(team, action, rhythm())
        second = db.session.scalars(select(Session).order_by(Session.starts_at).offset(1)).first()
        assert second is not None
        start = datetime(2026, 9, 10, 15, tzinfo=PARIS)
        moved = changes.move_rest(team, second, start, start + timedelta(hours=1))

    local = [one.astimezone(PARIS) for one in db.session.scalars(select(Session.starts_at))]
    assert moved == 12
    assert sorted({(one.weekday(), one.hour) for one in local}) == [(2, 14), (3, 15)]


def test_residents_plan_nothing(ledger: Ledger) -> None:
    action, resident = make_action(), make_resident()

    for act in (
        lambda: series_services.plan_series(resident, action, rhythm()),
        lambda: series_services.add_holiday(resident, "Noël", date(2026, 12, 19), date(2027, 1, 3)),
    ):
        with pytest.raises(Forbidden):
            act()

    assert db.session.scalar(select(func.count(Session.id))) == 0
    assert ledger.acts() == []


def test_trainings_are_on_offer_as_soon_as_planned_and_until_called_off(ledger: Ledger) -> None:
    team = make_with_role(Role.DESK)
    action = make_action(kind="formation_equipe")
    with at(SEPTEMBER):
        series_services.plan_series(team, action, rhythm(until=date(2026, 9, 16)))
        first, second, _third = db.session.scalars(select(Session).order_by(Session.starts_at))
        later = second.starts_at + timedelta(days=1)
        changes.move_session(team, second, later, later + timedelta(hours=1))
        changes.cancel_session(team, first, "Formatrice malade")

    entries = ledger.entries(Act.TRAINING_OFFERED)
    voided = {entry.voids_id for entry in entries}
    live = [entry for entry in entries if not entry.voids_id and entry.id not in voided]
    assert [entry.day for entry in live] == [date(2026, 9, 16), date(2026, 9, 10)]
    assert {(entry.kind, entry.action_id) for entry in live} == {("formation_equipe", action.id)}


def test_the_team_looks_at_the_dates_before_they_are_planned(app: Flask) -> None:
    action, visitor = make_action(), Visitor(app).sign_in(make_with_role(Role.DESK))
    path = f"/programme/{action.id}/serie"
    typed: dict[str, Any] = {
        "frequency": "weekly",
        "weekdays": ["2"],
        "rank": "1",
        "starts_on": "2027-09-01",
        "until": "2027-09-15",
        "starts_time": "14:00",
        "ends_time": "16:00",
        "skips_holidays": "y",
    }

    asked = visitor.send(path, {**typed, "etape": "dates"})
    address = asked.headers["Location"]
    shown, again = visitor.get(address), visitor.get(address)
    nothing_yet = db.session.scalar(select(func.count(Session.id)))
    back = visitor.get(f"{address}&etape=rythme")
    wrong = visitor.send(path, {**typed, "weekdays": [], "etape": "dates"})
    days = ["2027-09-01", "2027-09-15", "n’importe quoi"]
    added = visitor.send(path, {**typed, "etape": "ajouter", "jour": days})

    assert asked.status_code == 302
    assert (shown.status_code, again.status_code) == (200, 200), "« Back » finds it again"
    assert shown.text.count('name="jour"') == 3
    assert (nothing_yet, back.status_code, wrong.status_code) == (0, 200, 422)
    assert added.status_code == 302
    assert db.session.scalar(select(func.count(Session.id))) == 2


@pytest.mark.parametrize("day", ["9999-12-31", "1999-12-31"])
def test_a_series_of_another_age_is_refused_in_words(client: Visitor, day: str) -> None:
    client.sign_in(make_with_role(Role.DESK))

    answer = client.get(
        f"/programme/{make_action().id}/serie?frequency=weekly&weekdays=0&rank=1"
        f"&starts_on={day}&starts_time=10:00&ends_time=11:00"
    )

    assert answer.status_code == 422
    assert "Cette date n’est pas valable." in answer.text
