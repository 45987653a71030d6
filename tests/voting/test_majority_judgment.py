"""Majority judgment, worked out by hand and as it was published."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from app.voting.methods.base import InvalidCount
from app.voting.methods.majority_judgment import GradesBallot, Separation
from tests.voting.grades import BLANK, METHOD, OPTIONS, RULES, SEVEN_GRADES, ballot, count

# OpinionWay for Terra Nova, 12-16 April 2012, 737 ballots, percentages of each grade from
# « Excellent » to « À rejeter », as published by Balinski and Laraki, in their final order.
FRANCE_2012 = {
    "Hollande": (12.48, 16.15, 16.42, 11.67, 14.79, 14.25, 14.24),
    "Bayrou": (2.58, 9.77, 21.71, 25.24, 20.08, 11.94, 8.69),
    "Sarkozy": (9.63, 12.35, 16.28, 10.99, 11.13, 7.87, 31.75),
    "Mélenchon": (5.43, 9.50, 12.89, 14.65, 17.10, 15.06, 25.37),
    "Dupont-Aignan": (0.54, 2.58, 5.97, 11.26, 20.22, 25.51, 33.92),
    "Joly": (0.81, 2.99, 6.51, 11.80, 14.65, 24.69, 38.53),
    "Poutou": (0.14, 1.36, 4.48, 7.73, 12.48, 28.09, 45.73),
    "Le Pen": (5.97, 7.33, 9.50, 9.36, 13.98, 6.24, 47.63),
    "Arthaud": (0.00, 1.36, 3.80, 6.51, 13.16, 25.24, 49.93),
    "Cheminade": (0.41, 0.81, 2.44, 5.83, 11.67, 26.87, 51.97),
}


def ballots_from_profiles(profiles: Mapping[int, Sequence[int]]) -> Counter[GradesBallot]:
    """One ballot a grade given: it fills profiles exactly when each has the same total."""
    columns = [
        [grade for grade, times in enumerate(counts) for _ in range(times)]
        for counts in profiles.values()
    ]
    return Counter(
        GradesBallot(tuple(zip(profiles, grades, strict=True)))
        for grades in zip(*columns, strict=True)
    )


def test_the_2012_french_poll_gives_the_published_order() -> None:
    names = list(FRANCE_2012)
    profiles = {
        option: [round(share * 737 / 100) for share in FRANCE_2012[name]]
        for option, name in enumerate(names)
    }

    result = METHOD.count(list(profiles), ballots_from_profiles(profiles), SEVEN_GRADES)

    assert result.judged == 737
    assert [names[option] for (option,) in result.ranking] == names
    medians = [p.majority_grade for p in result.profiles]
    grades = [SEVEN_GRADES.grades[grade] for grade in medians if grade is not None]
    assert grades == ["Assez bien"] * 2 + ["Passable"] * 2 + ["Insuffisant"] * 5 + ["À rejeter"]


def test_a_tie_on_the_median_is_broken_by_the_next_medians_as_by_hand() -> None:
    # Sorted: option 1 is 0 1 1 2 4 and option 2 is 1 1 1 2 2. Both medians are 1; then the pair
    # around it, lower first, is (2, 1) for both; then (4, 0) against (2, 1).
    profiles = {1: [1, 2, 1, 0, 1], 2: [0, 3, 2, 0, 0]}

    result = METHOD.count([1, 2], ballots_from_profiles(profiles), RULES)

    assert result.ranking == ((2,), (1,))
    assert result.separations == (
        Separation(first=2, second=1, withdrawn=3, first_grade=2, second_grade=4),
    )


def test_with_an_even_number_of_grades_the_lower_median_counts() -> None:
    result = count([ballot(o1=0), ballot(o1=3)], options=[1])

    assert result.profiles[0].majority_grade == 3
    assert (result.profiles[0].better, result.profiles[0].worse) == (1, 0)


def test_an_option_left_without_a_grade_is_judged_worst_and_the_profile_says_so() -> None:
    result = count([ballot(o1=1), ballot(o1=1, o2=0)], options=[1, 2])

    (_, second) = result.profiles
    assert second.counts == (1, 0, 0, 0, 1)
    assert second.missing == 1
    assert result.winners == (1,)


def test_blank_ballots_are_counted_apart_and_change_nothing() -> None:
    voted = [ballot(o1=1, o2=2), ballot(o1=0, o2=4), ballot(o1=3, o2=0)]

    without, with_blank = count(voted, [1, 2]), count([*voted, BLANK, BLANK], [1, 2])

    assert with_blank.profiles == without.profiles
    assert with_blank.ranking == without.ranking
    assert (with_blank.ballots, with_blank.blank, with_blank.judged) == (5, 2, 3)


def test_options_with_exactly_the_same_grades_share_their_rank() -> None:
    result = count([ballot(o9=0, o2=3, o5=4), ballot(o9=3, o2=0, o5=4)], options=[9, 2, 5])

    assert result.ranking == ((2, 9), (5,))
    assert result.winners == (2, 9)
    assert len(result.separations) == 1


def test_nobody_wins_when_nobody_judged() -> None:
    for result in (count([]), count([BLANK])):
        assert result.winners == ()
        assert result.ranking == (tuple(OPTIONS),)
        assert all(profile.majority_grade is None for profile in result.profiles)


def test_billions_of_ballots_are_counted_at_once_to_the_last_one() -> None:
    many = 5_000_000_000
    ballots = {
        ballot(o1=0, o2=4): many,
        ballot(o1=4, o2=0): many,
        ballot(o1=2, o2=2): 2 * many + 1,
        ballot(o1=1, o2=2): 1,
        ballot(o1=2, o2=3): 1,
    }

    result = METHOD.count([1, 2], ballots, RULES)

    assert result.ballots == 4 * many + 3
    assert result.ranking == ((1,), (2,))
    # The medians are equal for the 2 × many + 1 grades in the middle; one ballot decides.
    assert result.separations[0].withdrawn > 2 * many


def test_ballots_of_another_poll_stop_the_count() -> None:
    with pytest.raises(InvalidCount):
        count([ballot(o1=0)], options=[2])

    with pytest.raises(InvalidCount):
        count([ballot(o1=6)], options=[1])

    with pytest.raises(InvalidCount):
        METHOD.count([1], {ballot(o1=0): -1}, RULES)


def test_the_result_can_be_published_as_json() -> None:
    result = count([ballot(o1=0, o2=1), ballot(o1=1, o2=1), ballot(o1=1), BLANK], [1, 2])

    assert json.loads(json.dumps(result.to_json())) == {
        "method": "majority_judgment",
        "options": [1, 2],
        "ballots": 4,
        "blank": 1,
        "judged": 3,
        "ranking": [[1], [2]],
        "winners": [1],
        "profiles": [
            {
                "option": 1,
                "counts": [1, 2, 0, 0, 0],
                "missing": 0,
                "majority_grade": 1,
                "better": 1,
                "worse": 0,
            },
            {
                "option": 2,
                "counts": [0, 2, 0, 0, 1],
                "missing": 1,
                "majority_grade": 1,
                "better": 0,
                "worse": 1,
            },
        ],
        "separations": [
            {"first": 1, "second": 2, "withdrawn": 1, "first_grade": 1, "second_grade": 4}
        ],
        "rules": {
            "grades": ["Très bien", "Bien", "Assez bien", "Passable", "À rejeter"],
            "missing": "worst",
        },
    }
