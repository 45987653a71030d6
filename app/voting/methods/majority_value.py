"""Majority-values in as many steps as there are grades, however many ballots there are.

Balinski and Laraki, « Majority Judgment », MIT Press, 2011: the majority-value of an option is the
sequence of its lower medians, each taken away in turn. That is its central grade if their number
is odd, then symmetric pairs moving outward, the lower grade of each pair first.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """A pattern of one or two grades, repeated; grade 0 is the best."""

    grades: tuple[int, ...]
    times: int


class Difference(NamedTuple):
    """Where two majority-values part: how many equal medians come before, then one of each."""

    withdrawn: int
    first_grade: int
    second_grade: int


def majority_value(counts: Sequence[int]) -> tuple[Run, ...]:
    """The majority-value of an option from its ballots by grade, best first."""
    profile = [(grade, times) for grade, times in enumerate(counts) if times]
    total = sum(counts)
    half = total // 2
    uppers = _first(profile, half)[::-1]
    lowers = _first(profile[::-1], half)[::-1]
    centre = majority_grade(counts)
    runs = [Run((centre,), 1)] if total % 2 and centre is not None else []
    while uppers:
        (upper, above), (lower, under) = uppers[0], lowers[0]
        times = min(above, under)
        runs.append(Run((lower, upper), times))
        uppers = _without(uppers, times)
        lowers = _without(lowers, times)
    return tuple(runs)


def majority_grade(counts: Sequence[int]) -> int | None:
    """The lower median of a profile, or None without ballots."""
    left = sum(counts) // 2
    for grade, times in enumerate(counts):
        if left < times:
            return grade
        left -= times
    return None


def difference(first: Sequence[Run], second: Sequence[Run]) -> Difference | None:
    """Where the majority-values of two options judged by the same number of ballots part.

    None when they are equal, which only equal profiles are.
    """
    one, two = list(first), list(second)
    withdrawn = 0
    while one and two:
        for place, (a, b) in enumerate(zip(one[0].grades, two[0].grades, strict=True)):
            if a != b:
                return Difference(withdrawn + place, a, b)
        times = min(one[0].times, two[0].times)
        withdrawn += times * len(one[0].grades)
        for runs in (one, two):
            grades, left = runs.pop(0)
            if left > times:
                runs.insert(0, Run(grades, left - times))
    return None


def compare(first: Sequence[Run], second: Sequence[Run]) -> int:
    """Negative when the first option ranks before the second, zero when nothing separates them."""
    parting = difference(first, second)
    return 0 if parting is None else parting.first_grade - parting.second_grade


def _first(profile: Iterable[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    taken = []
    for grade, times in profile:
        if size <= 0:
            break
        taken.append((grade, min(times, size)))
        size -= times
    return taken


def _without(profile: list[tuple[int, int]], times: int) -> list[tuple[int, int]]:
    (grade, left), *others = profile
    return [(grade, left - times), *others] if left > times else others
