"""Nobody discovers on the day that a term is over."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from app.core.clock import at, today
from app.mandates.alerts import warn_of_ends
from app.mandates.jobs import tend_mandates
from tests.bodies.factories import make_seat
from tests.mandates.factories import make_seated
from tests.support import told

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_the_person_and_the_direction_are_told_ninety_and_thirty_days_before_once(
    app: Flask,
) -> None:
    with at(START):
        body, director = make_seated()
        end = today() + timedelta(days=200)
        mandate = make_seat(body, director=director, ends_on=end, starts_on=today())
        make_seat(body, director=director, starts_on=today())
    heard = []
    for left in (91, 90, 89, 31, 30, 29, 1, 0):
        with at(START + timedelta(days=200 - left)):
            heard += [(left, warn_of_ends()), (left, warn_of_ends())]

    assert [left for left, many in heard if many] == [90, 30]
    assert [text for text in told(mandate.resident) if "dans" in text] == [
        "Votre mandat au conseil se termine dans 90 jours.",
        "Votre mandat au conseil se termine dans 30 jours.",
    ]
    assert len([text for text in told(director) if "se termine dans" in text]) == 2


def test_a_short_term_is_told_once_at_its_own_distance(app: Flask) -> None:
    with at(START):
        body, director = make_seated()
        end = today() + timedelta(days=20)
        mandate = make_seat(body, director=director, ends_on=end, starts_on=today())

        assert [warn_of_ends(), warn_of_ends()] == [1, 0]

    assert told(mandate.resident)[-1] == "Votre mandat au conseil se termine dans 20 jours."


def test_the_job_ends_what_is_over_and_run_again_does_nothing(app: Flask) -> None:
    with at(START):
        body, director = make_seated()
        make_seat(body, director=director, ends_on=today(), starts_on=today())
    with at(START + timedelta(days=1)):
        assert [tend_mandates.call_local(), tend_mandates.call_local()] == [1, 0]
