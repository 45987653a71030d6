"""What the public is not shown: small numbers of people, and what would give them away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cell:
    """A line of a breakdown; a hidden one has no value."""

    label: str
    value: float | None
    hidden: bool = False


def is_small(value: float | None, threshold: int) -> bool:
    """Some people, but too few for the public; nobody at all gives nobody away."""
    return value is not None and 0 < value < threshold


def hide_small(cells: Sequence[Cell], threshold: int) -> tuple[Cell, ...]:
    """The cells without the small ones, nor those that the total would give back.

    A single hidden cell is the total less the others, and several that make up a small number
    are known as well: the next smallest is hidden until neither is true (complementary
    suppression; Hundepohl et al., « Statistical Disclosure Control », 2012, ch. 4).
    """
    order = sorted(
        (place for place, cell in enumerate(cells) if cell.value),
        key=lambda place: cells[place].value or 0,
    )
    hidden: list[int] = []
    for place in order:
        secret = sum(cells[known].value or 0 for known in hidden)
        gives_away = len(hidden) == 1 or secret < threshold
        if is_small(cells[place].value, threshold) or (hidden and gives_away):
            hidden.append(place)
    return tuple(
        replace(cell, value=None, hidden=True) if place in hidden else cell
        for place, cell in enumerate(cells)
    )
