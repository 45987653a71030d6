"""What the result of an election says in words, each worked out by hand."""

from typing import Any

import pytest

from app.voting.stories import story
from app.voting.stories.stv import StvStory
from app.voting.wording import Option
from tests.voting.telling import ABC, counted, told

pytestmark = pytest.mark.usefixtures("speaking")


def test_an_election_tells_its_quota_and_each_stage() -> None:
    """9 ballots, 2 seats: quota 4. Ana has 5, one too many, which goes to Bo at 1/5 each."""
    result = counted("stv", {"A>B": 5, "B": 2, "C": 2}, seats=2)
    stv = story("stv")
    assert isinstance(stv, StvStory)
    stages = stv.stages(result, ABC)

    assert told(result) == (
        "Ana et Bo sont élus | Il fallait 4 voix pour être élu : c’est le quota, pour 2 sièges et"
        " 9 bulletins valables. | Dans l’ordre : Ana et Bo."
    )
    assert stages[0].sentences[-1] == "Ana obtient un siège."
    assert stages[1].title.replace("\u00a0", " ") == "Le surplus de voix : Ana"
    assert "Reçoivent : Bo +1." in [one.replace("\u00a0", " ") for one in stages[1].sentences]
    assert [(one.name, one.votes) for one in stages[1].standings] == [
        ("Ana", "4"),
        ("Bo", "3"),
        ("Chloé", "2"),
    ]


def test_one_person_elected_and_a_tie_by_lots() -> None:
    result = counted("stv", {"A": 3, "B": 1, "C": 1}, seats=1, seed="9 juin")
    assert told(result).startswith("Ana remporte l’élection")

    drawn = counted("stv", {"A": 1, "B": 1, "C": 1}, seats=1, seed="9 juin")
    stv = story("stv")
    assert isinstance(stv, StvStory)
    said = " ".join(line for stage in stv.stages(drawn, ABC) for line in stage.sentences)
    assert "Le tirage au sort décide." in said


def test_a_seat_that_no_one_can_take_stays_empty() -> None:
    assert "1 siège reste vide." in told(counted("stv", {"A>B>C": 2}, seats=4))


def stages_of(result: dict[str, Any], options: tuple[Option, ...]) -> list[str]:
    stv = story("stv")
    assert isinstance(stv, StvStory)
    return [
        " | ".join((one.title, *one.sentences)).replace("\u00a0", " ")
        for one in stv.stages(result, options)
    ]


FOUR = (*ABC, Option(4, "Dé"))


def test_whoever_leaves_for_want_of_an_open_seat_is_not_said_to_have_fewest_votes() -> None:
    """12 ballots, 2 seats, quota 5: Ana takes one, the other is Chloé's or Dé's; Bo has 4."""
    colleges = {"associations": {"members": [3, 4], "reserved": 1}}
    result = counted("stv", {"A": 5, "B": 4, "C": 1, "D": 2}, FOUR, seats=2, colleges=colleges)

    assert stages_of(result, FOUR)[1].startswith(
        "Plus de siège possible : Bo | Il ne reste qu’un siège, réservé au collège"
        " « associations ». Bo ne peut plus être élu."
    )
    assert result["stages"][1]["reserved"] == {
        "cause": "barred",
        "left": 1,
        "colleges": ["associations"],
        "people": ["2"],
    }


def test_the_last_reserved_seat_says_who_was_not_to_have_it() -> None:
    colleges = {"associations": {"members": [3], "reserved": 1}}
    result = counted("stv", {"A": 5, "B": 4, "C": 1}, seats=2, colleges=colleges)

    last = stages_of(result, ABC)[1]

    assert "Il ne reste qu’un siège" in last and "Bo ne peut plus être élu." in last
    assert "pas plus de personnes que de sièges" not in last


def test_whoever_stays_with_fewer_votes_for_a_reserved_seat_is_named() -> None:
    colleges = {"associations": {"members": [3], "reserved": 1}}
    result = counted("stv", {"A": 4, "B": 4, "D": 3, "C": 1}, FOUR, seats=2, colleges=colleges)

    assert stages_of(result, FOUR)[1].startswith(
        "Moins de voix, sans siège réservé : Dé | Chloé n’a pas plus de voix, mais reste : un siège"
        " est réservé au collège « associations »."
    )
