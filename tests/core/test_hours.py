"""Hours are read as hours and minutes, and computed with as decimals."""

import json

import pytest

from app.core.hours import Hours, decimal, hours_fr, read_fr
from app.core.typography import NBSP


@pytest.mark.parametrize(
    ("hours", "read"),
    [
        (0, "0 h"),
        (0.75, "45 min"),
        (1, "1 h"),
        (1.02, "1 h 01"),
        (1.25, "1 h 15"),
        (2.999, "3 h"),
        (1234.5, "1\u202f234 h 30"),
        (-1.5, "\u22121 h 30"),
    ],
)
def test_hours_are_read_to_the_minute(hours: float, read: str) -> None:
    assert hours_fr(hours) == read.replace(" ", NBSP)


def test_a_difference_of_hours_is_still_one() -> None:
    two, one = Hours(2.5), Hours(1)

    assert [read_fr(it).replace(NBSP, " ") for it in (two - one, -one, 0 - one)] == [
        "1 h 30",
        "\u22121 h",
        "\u22121 h",
    ]
    assert read_fr(1234.5) == "1\u202f234,5"


def test_whoever_computes_has_a_plain_number() -> None:
    assert [decimal(Hours(1.02)), decimal(Hours(2)), decimal(3)] == [1.02, 2, 3]
    assert str(decimal(Hours(2))) == "2"
    assert json.dumps(Hours(1.25)) == "1.25"
