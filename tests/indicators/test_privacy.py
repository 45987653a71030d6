"""Small numbers of people are not shown, nor found again by subtraction."""

import pytest
from flask import Flask

from app.indicators import periods
from app.indicators.details import detail
from app.indicators.privacy import Cell, hide_small
from tests.factories import make_quartier
from tests.indicators.acts import YEAR, attended_by, figure


def shown(*numbers: int, threshold: int = 5) -> list[float | None]:
    cells = [Cell(str(number), number) for number in numbers]
    return [cell.value for cell in hide_small(cells, threshold)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((9, 8, 7), [9, 8, 7]),
        ((9, 8, 2), [9, None, None]),
        ((9, 3, 2), [9, None, None]),
        ((9, 1, 1), [None, None, None]),
        ((9, 2, 0), [None, None, 0]),
        ((3,), [None]),
        ((), []),
    ],
)
def test_a_small_cell_is_hidden_with_what_would_give_it_back(
    numbers: tuple[int, ...], expected: list[int | None]
) -> None:
    assert shown(*numbers) == expected


def test_nothing_is_hidden_without_a_threshold() -> None:
    assert shown(1, 2, 9, threshold=0) == [1, 2, 9]


def test_the_public_does_not_see_four_people_but_the_team_does(app: Flask) -> None:
    attended_by(4)

    assert (figure("3.2.3", public=True).value, figure("3.2.3", public=True).hidden) == (None, True)
    assert figure("3.2.3").value == 4


def test_the_public_sees_five_people(app: Flask) -> None:
    attended_by(5)

    assert figure("3.2.3", public=True).value == 5


def test_a_quartier_of_two_people_is_hidden_with_the_next_smallest(app: Flask) -> None:
    for number in (9, 6, 2):
        attended_by(number, quartier_id=make_quartier(f"Quartier de {number}").id)

    cells = detail("3.2.3", periods.of(*YEAR), public=True).by_quartier

    assert [(cell.label, cell.value) for cell in cells] == [
        ("Quartier de 9", 9),
        ("Quartier de 6", None),
        ("Quartier de 2", None),
    ]


def test_the_months_hide_a_small_beginning(app: Flask) -> None:
    attended_by(2, when=YEAR[0])
    attended_by(6)

    months = [number for _label, number in detail("3.2.3", periods.of(*YEAR)).months]

    assert months[:3] == [None, None, 8]
