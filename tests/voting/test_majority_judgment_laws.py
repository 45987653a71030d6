"""What holds of majority judgment whatever the ballots."""

import random
from collections import Counter
from collections.abc import Sequence
from functools import cmp_to_key

from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods.majority_judgment import GradesBallot
from app.voting.methods.majority_value import compare, majority_value
from tests.voting.grades import BALLOTS, METHOD, OPTIONS, RULES, count

ELECTORATES = st.lists(BALLOTS, max_size=15)


def iterated_medians(counts: Sequence[int]) -> list[int]:
    """The definition itself: take the lower median away until nothing is left."""
    grades = [grade for grade, times in enumerate(counts) for _ in range(times)]
    return [grades.pop(len(grades) // 2) for _ in range(len(grades))]


@given(ELECTORATES)
def test_the_ranking_is_the_one_of_medians_taken_away_one_by_one(
    electorate: list[GradesBallot],
) -> None:
    result = count(electorate)

    values = {p.option: iterated_medians(p.counts) for p in result.profiles}
    naive = sorted({tuple(value) for value in values.values()})
    assert result.ranking == tuple(
        tuple(sorted(option for option in OPTIONS if tuple(values[option]) == value))
        for value in naive
    )
    for gap in result.separations:
        first, second = values[gap.first], values[gap.second]
        assert first[: gap.withdrawn] == second[: gap.withdrawn]
        assert first[gap.withdrawn] == gap.first_grade < gap.second_grade
        assert second[gap.withdrawn] == gap.second_grade


@given(st.lists(st.integers(0, 9), min_size=5, max_size=7))
def test_a_majority_value_spells_out_every_median_in_order(counts: list[int]) -> None:
    runs = majority_value(counts)

    spelt = [grade for run in runs for _ in range(run.times) for grade in run.grades]
    assert spelt == iterated_medians(counts)
    assert len(runs) <= 2 * len(counts)


@given(st.lists(st.lists(st.integers(0, 4), min_size=8, max_size=8), min_size=2, max_size=5))
def test_comparing_profiles_is_a_total_order(electorates: list[list[int]]) -> None:
    profiles = [[grades.count(grade) for grade in range(5)] for grades in electorates]
    values = [majority_value(counts) for counts in profiles]

    ranked = sorted(values, key=cmp_to_key(compare))

    for place, value in enumerate(ranked):
        assert all(compare(value, other) <= 0 for other in ranked[place:])


@given(ELECTORATES, st.randoms())
def test_the_order_of_ballots_changes_nothing(
    electorate: list[GradesBallot], chance: random.Random
) -> None:
    shuffled = list(electorate)
    chance.shuffle(shuffled)

    assert count(shuffled) == count(electorate)


@given(ELECTORATES, st.permutations(OPTIONS))
def test_the_names_and_order_of_options_change_nothing(
    electorate: list[GradesBallot], renamed: list[int]
) -> None:
    names = dict(zip(OPTIONS, renamed, strict=True))
    moved = [
        GradesBallot(tuple(sorted((names[option], grade) for option, grade in ballot.grades)))
        for ballot in electorate
    ]

    before, after = count(electorate), count(moved, options=renamed)

    assert after.ranking == tuple(
        tuple(sorted(names[option] for option in tied)) for tied in before.ranking
    )


@given(ELECTORATES)
def test_grouped_ballots_weigh_what_they_weigh_one_by_one(electorate: list[GradesBallot]) -> None:
    result = count(electorate)

    judging = [dict(ballot.grades) for ballot in electorate if not ballot.is_blank]
    for profile in result.profiles:
        one_by_one = [grades.get(profile.option, 4) for grades in judging]
        assert profile.counts == tuple(one_by_one.count(grade) for grade in range(5))


@given(ELECTORATES, st.integers(2, 10**9))
def test_a_town_a_million_times_larger_that_thinks_alike_decides_alike(
    electorate: list[GradesBallot], times: int
) -> None:
    larger = {ballot: number * times for ballot, number in Counter(electorate).items()}

    assert METHOD.count(OPTIONS, larger, RULES).ranking == count(electorate).ranking
