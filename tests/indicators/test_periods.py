"""Years, seasons and dates, and what they are compared with."""

from datetime import UTC, date, datetime

import pytest

from app.core.clock import at
from app.indicators import periods

pytestmark = pytest.mark.usefixtures("app")
IN_MAY = datetime(2026, 5, 20, 10, tzinfo=UTC)


def test_a_season_goes_from_september_to_august() -> None:
    season = periods.season(2025)

    assert (season.start, season.end) == (date(2025, 9, 1), date(2026, 8, 31))
    assert season.previous == periods.season(2024)


def test_a_year_still_running_is_compared_at_the_same_date() -> None:
    with at(IN_MAY):
        assert periods.civil_year(2026).compared_until == date(2025, 5, 20)
        assert periods.civil_year(2025).compared_until == date(2024, 12, 31)


def test_dates_that_make_a_year_are_that_year() -> None:
    assert periods.of(date(2026, 1, 1), date(2026, 12, 31)) == periods.civil_year(2026)


def test_the_end_of_february_is_compared_with_the_end_of_february() -> None:
    leap = periods.of(date(2028, 2, 1), date(2028, 2, 29))

    assert leap.previous.end == date(2027, 2, 28)
    assert periods.of(date(2029, 2, 1), date(2029, 2, 28)).previous.end == date(2028, 2, 29)


def test_four_years_are_compared_with_the_four_before() -> None:
    agreement = periods.of(date(2023, 1, 1), date(2026, 12, 31))

    assert agreement.previous.end == date(2022, 12, 31)
    assert agreement.previous.start == date(2019, 1, 1)


def test_months_are_cut_at_the_ends() -> None:
    months = list(periods.of(date(2026, 1, 15), date(2026, 3, 2)).months())

    assert [(month.start.day, month.end.day) for month in months] == [(15, 31), (1, 28), (1, 2)]


@pytest.mark.parametrize("key", ["", "annee-", "annee-26", "annee-٢٠٢٦", "mois-2026", "annee-1900"])
def test_a_key_that_names_no_period_names_none(key: str) -> None:
    assert periods.named(key) is None
