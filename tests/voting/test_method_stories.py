"""What the results of ticks, dots and duels say in words, each worked out by hand."""

import pytest

from app.voting.stories import story
from app.voting.stories.schulze import SchulzeStory
from app.voting.wording import figures, joined, money, share
from tests.voting.telling import ABC, counted, told

pytestmark = pytest.mark.usefixtures("speaking")


def test_approval_names_who_is_ahead_and_who_comes_next() -> None:
    result = counted("approval", {"AB": 3, "A": 2, "C": 1, "": 1})

    assert told(result) == (
        "Ana l’emporte | En tête : Ana (5 bulletins). 6 bulletins cochent au moins un choix."
        " | Ensuite vient Bo (3 bulletins). | Bulletins blancs : 1."
    )


def test_several_seats_make_several_winners() -> None:
    result = counted("approval", {"AB": 3, "A": 2, "C": 1}, seats=2)

    assert told(result).startswith("Ana et Bo l’emportent | 2 places. En tête : Ana (5 bull")


def test_a_tie_for_the_last_seat_is_shared_where_the_rules_say_so() -> None:
    result = counted("approval", {"A": 3, "B": 2, "C": 2}, seats=2)

    assert "Ana, Bo et Chloé l’emportent" in told(result)
    assert "Bo et Chloé sont exactement à égalité. La règle le disait" in told(result)


def test_a_tie_for_the_only_seat_is_a_tie_in_the_headline() -> None:
    assert told(counted("dots", {"A": 1, "B": 1})).startswith("Ana et Bo sont à égalité")


def test_lots_are_told_with_those_between_whom_they_were_drawn() -> None:
    result = counted("approval", {"A": 3, "B": 2, "C": 2}, seats=2, seed="9 juin")
    lucky = {2: "Bo", 3: "Chloé"}[result["winners"][1]]

    assert "la dernière place : Bo et Chloé. Le tirage au sort annoncé avant le vote a désigné" in (
        told(result)
    )
    assert told(result).startswith(f"Ana et {lucky} l’emportent")


def test_dots_left_in_hand_are_told() -> None:
    result = counted("dots", {"AAB": 2, "C": 1})

    assert told(result) == (
        "Ana l’emporte | En tête : Ana (4 gommettes). | Ensuite vient Bo (2 gommettes)."
        " | 2 gommettes n’ont pas été collées."
    )


def test_whoever_wins_every_duel_is_said_to() -> None:
    result = counted("schulze", {"A>B>C": 3, "B>A>C": 2})
    schulze = story("schulze")
    assert isinstance(schulze, SchulzeStory)

    assert told(result).startswith("Ana l’emporte | Ana gagne tous ses duels")
    assert [(duel.other, duel.won, duel.lost, duel.share) for duel in schulze.duels(result, ABC)]
    assert schulze.duels(result, ABC)[0].share == 60
    assert schulze.names(result, ABC) == [(1, "Ana"), (2, "Bo"), (3, "Chloé")]


def test_a_circle_of_preferences_is_broken_by_the_strongest_chain() -> None:
    """A beats B 6 to 3, B beats C 7 to 2, C beats A 5 to 4: the weakest link is the last."""
    result = counted("schulze", {"A>B>C": 4, "B>C>A": 3, "C>A>B": 2})

    assert told(result) == (
        "Ana l’emporte | Aucun choix ne gagne tous ses duels : les préférences tournent en rond."
        " Les plus fortes chaînes de duels décident."
        " | Ana passe devant Bo : Ana bat Bo (6 contre 3). En sens inverse, la meilleure chaîne ne"
        " vaut que 5 voix."
    )


def test_a_chain_of_several_duels_is_worth_its_weakest() -> None:
    result = counted("schulze", {"A>B>C": 4, "B>C>A": 3, "C>A>B": 2})
    schulze = story("schulze")
    assert isinstance(schulze, SchulzeStory)

    first = schulze.chains({**result, "chains": [CHAIN]}, ABC)[0].replace("\u00a0", " ")

    assert first == (
        "Ana passe devant Chloé : Ana bat Bo (6 contre 3), Bo bat Chloé (7 contre 2). Le plus"
        " faible de ces duels vaut 6 voix. Aucune chaîne ne va en sens inverse."
    )


CHAIN = {"first": 1, "second": 3, "path": [1, 2, 3], "strength": 6, "back": 0}


def test_nothing_parts_two_options_that_are_equal() -> None:
    assert "Ni duel ni chaîne de duels ne départage Ana et Bo." in told(
        counted("schulze", {"A=B>C": 2})
    )


def test_names_numbers_and_sums_are_written_as_the_french_do() -> None:
    assert joined(["Ana"]) == "Ana" and joined(["Ana", "Bo", "Chloé"]) == "Ana, Bo et Chloé"
    assert (figures("12.50000", 2), figures("12.00000", 2), figures("1.06667", 5)) == (
        "12,5",
        "12",
        "1,06667",
    )
    assert money("13.23", 1).replace("\u00a0", " ") == "13,23 €"
    assert money(1250, 100).replace("\u00a0", " ") == "12,50 €"
    assert (share(1, 3), share(2, 3), share(0, 0)) == (33, 67, 0)
