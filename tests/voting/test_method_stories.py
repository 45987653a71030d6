"""What results say in words, each worked out by hand."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from app.voting import results
from app.voting.methods import METHODS
from app.voting.stories import story
from app.voting.stories.budget import BudgetStory
from app.voting.stories.schulze import SchulzeStory
from app.voting.stories.stv import StvStory
from app.voting.wording import Option, figures, joined, money, share

ABC = tuple(Option(number, name) for number, name in enumerate(("Ana", "Bo", "Chloé"), start=1))
NOTHING: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def page(suite_app: Flask) -> Any:
    with suite_app.test_request_context():
        yield


def counted(
    method: str, ballots: Mapping[str, int], options: tuple[Option, ...] = ABC, **rules: Any
) -> dict[str, Any]:
    """A poll's result; ballots are written « A>B=C », « AB » or « AAB », and nothing for blank."""
    counter = METHODS[method]
    given = counter.rules(rules)
    numbers = [option.id for option in options]
    grouped = counter.group(
        numbers, [(_text(counter.holds, words), times) for words, times in ballots.items()], given
    )
    result: dict[str, Any] = counter.count(numbers, grouped, given).to_json()
    return {**result, "quorum_met": True, "signed": result["ballots"]}


def _text(holds: str, words: str) -> str:
    number = {"A": 1, "B": 2, "C": 3, "D": 4}
    if not words:
        return '{"blank": true}'
    if holds == "ranking":
        tiers = [[number[one] for one in tier.split("=")] for tier in words.split(">")]
        return f'{{"ranking": {tiers}}}'
    if holds == "points":
        dots = {str(number[one]): words.count(one) for one in sorted(set(words))}
        return '{"dots": ' + str(dots).replace("'", '"') + "}"
    return f'{{"approved": {[number[one] for one in words]}}}'


def told(result: dict[str, Any], options: tuple[Option, ...] = ABC) -> str:
    """The headline, then the sentences; spaces that do not break made plain."""
    said = [results.headline(result, options), *results.sentences(result, options)]
    return " | ".join(said).replace("\u00a0", " ").replace("\u202f", " ")


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


COSTS = {"1": 400, "2": 700, "3": 900}


def test_equal_shares_say_who_pays_and_what_was_missing() -> None:
    """Shares grow from 240 € to 449 €: at 450 € two people would buy the third, past the budget."""
    result = counted("equal_shares", {"AB": 3, "C": 2}, budget=1200, costs=COSTS)
    shares = story("equal_shares")
    assert isinstance(shares, BudgetStory)
    why = [one.why.replace("\u00a0", " ") for one in shares.projects(result, ABC)]

    assert told(result).startswith(
        "Le budget finance Ana et Bo | Sur un budget de 1 200 €, 1 100 € sont dépensés."
        " Il reste 100 €."
    )
    assert why[0] == "Les 3 personnes qui l’ont coché le paient : 133,33 € chacune au plus."
    assert why[2] == (
        "2 personnes l’ont coché. Il leur restait 898 € en tout, et le reste du budget (100 €) ne"
        " suffisait pas."
    )


def test_equal_shares_say_where_they_began_and_how_far_they_grew() -> None:
    """240 € times 5 voters is the budget; 449 € each is far more, and only said as a growth."""
    result = counted("equal_shares", {"AB": 3, "C": 2}, budget=1200, costs=COSTS)

    assert told(result).endswith(
        "Au départ, chaque votant avait une part égale du budget : 240 €, à mettre dans les projets"
        " qu’il avait cochés. | Tout l’argent n’était pas utilisé. On a donc augmenté toutes les"
        " parts peu à peu, d’un euro à chaque fois, jusqu’à 449 €. Un euro de plus, et les projets"
        " choisis coûtaient plus que le budget."
    )


def test_a_share_cut_to_the_euro_says_so() -> None:
    result = counted("equal_shares", {"AB": 5, "C": 2}, budget=1200, costs=COSTS)

    assert "part égale du budget : 171 € (arrondie à l’euro en dessous), à mettre" in told(result)


def test_shares_that_never_grew_are_said_once() -> None:
    costs = {"1": 400, "2": 400, "3": 400}
    result = counted("equal_shares", {"ABC": 3}, budget=1200, costs=costs)

    assert "400 €" in told(result) and "peu à peu" not in told(result)


def test_one_person_alone_with_a_project_is_told_of_in_the_singular() -> None:
    result = counted("equal_shares", {"AB": 4, "C": 1}, budget=1200, costs=COSTS)
    shares = story("equal_shares")
    assert isinstance(shares, BudgetStory)

    why = shares.projects(result, ABC)[-1].why.replace("\u00a0", " ")

    assert why.startswith("1 personne l’a coché. Il lui restait ")


def test_a_budget_that_no_one_wants_anything_from() -> None:
    result = counted("greedy", {"": 2}, budget=1200, costs=COSTS)

    assert told(result).startswith("Aucun projet n’est financé | Sur un budget de 1 200 €, 0 €")


def test_many_projects_are_counted_in_the_headline() -> None:
    options = (*ABC, Option(4, "Dé"))
    result = counted("greedy", {"ABCD": 2}, options, budget=1200, costs=dict.fromkeys("1234", 10))

    assert told(result, options).startswith("Le budget finance 4 projets")


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
