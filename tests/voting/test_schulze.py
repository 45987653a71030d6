"""Worked examples of Markus Schulze's paper, and what must hold of any election."""

import json
from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods.ballots import RankingBallot
from app.voting.methods.base import InvalidBallot, InvalidCount, InvalidRules
from app.voting.methods.pairwise import pairwise_matrix
from app.voting.methods.schulze import Schulze, SchulzeResult, SchulzeRules
from tests.voting.elections import names, rankings, strict_orders, unhurried, weak_orders

METHOD = Schulze()
RULES = SchulzeRules()
ELECTORATES = st.lists(weak_orders(4), max_size=9)

# Smith, « Burlington Vermont 2009 IRV mayoral election » (RangeVoting.org): the ballots among the
# three strongest, as published by the city. A is Montroll, B is Kiss, C is Wright.
BURLINGTON = "1332 ABC, 767 ACB, 455 A, 2043 BAC, 371 BCA, 568 B, 1513 CAB, 495 CBA, 1289 C"
# Wikipedia, « Condorcet method »: A is Memphis, B Nashville, C Chattanooga, D Knoxville.
TENNESSEE = "42 ABCD, 26 BCDA, 15 CDBA, 17 DCBA"


def count(ballots: Counter[RankingBallot], options: int = 4) -> SchulzeResult:
    return METHOD.count(range(1, options + 1), ballots, RULES)


def test_the_example_of_45_voters_gives_the_published_matrices_and_order() -> None:
    """Schulze 2011, section 3, and the example of his « monotonic, clone-independent » draft."""
    text = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"

    result = count(rankings(text), 5)

    assert names(result.ranking) == "E>A>C>B>D"
    assert result.duels == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert result.paths == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]
    assert result.condorcet_winner is None


@pytest.mark.parametrize(
    ("text", "options", "order"),
    [
        (
            "5 ACBD, 2 ACDB, 3 ADCB, 4 BACD, 3 CBDA, 3 CDBA, 1 DACB, 5 DBAC, 4 DCBA",
            4,
            "D>A>C>B",
        ),
        (
            "3 ABDEC, 5 ADEBC, 1 ADECB, 2 BADEC, 2 BDECA, 4 CABDE, 6 CBADE, 2 DBECA, 5 DECAB",
            5,
            "B>A>D>E>C",
        ),
        ("3 ABCD, 2 DABC, 2 DBCA, 2 CBDA", 4, "BD>AC"),
    ],
)
def test_the_other_examples_of_the_paper_come_out_as_published(
    text: str, options: int, order: str
) -> None:
    assert names(count(rankings(text), options).ranking) == order


def test_a_chain_tells_through_which_duels_one_option_stands_above_another() -> None:
    text = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"

    result = count(rankings(text), 5)

    first = result.chains[0]
    assert (first.first, first.second, first.strength, first.back) == (5, 1, 25, 24)
    for chain in result.chains:
        duels = [result.duels[a - 1][b - 1] for a, b in pairwise(chain.path)]
        assert min(duels) == chain.strength
        assert (chain.path[0], chain.path[-1]) == (chain.first, chain.second)


def test_burlington_would_have_elected_montroll_who_won_each_duel() -> None:
    result = count(rankings(BURLINGTON), 3)

    assert result.duels == [[0, 4067, 4597], [3477, 0, 4314], [3668, 4064, 0]]
    assert names(result.ranking) == "A>B>C"
    assert result.condorcet_winner == 1


def test_tennessee_chooses_nashville() -> None:
    result = count(rankings(TENNESSEE))

    assert names(result.ranking) == "B>C>D>A"
    assert result.condorcet_winner == 2


def test_winning_votes_and_not_margins_measure_a_duel() -> None:
    # A cycle A>B>C>A where B>C has most votes for it, and A>B the widest margin.
    ballots = rankings("8 A>B=C, 7 B>C>A, 3 C>A>B, 1 C>A=B, 3 A=B>C")

    result = count(ballots, 3)

    a, b, c = range(3)
    duels = result.duels
    assert (duels[a][b], duels[b][a]) == (11, 7)
    assert (duels[b][c], duels[c][b]) == (10, 4)
    assert (duels[c][a], duels[a][c]) == (11, 11)


def test_options_left_out_are_under_all_the_others_and_tied_with_each_other() -> None:
    result = count(rankings("1 A>B"))

    assert result.duels == [[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert names(result.ranking) == "A>B>CD"


def test_blank_ballots_are_counted_apart_and_nobody_wins_without_a_choice() -> None:
    blank = RankingBallot(())

    result = count(rankings("2 AB") + Counter({blank: 3}))
    nobody = count(Counter({blank: 3}))

    assert (result.ballots, result.blank, result.winners) == (5, 3, (1,))
    assert (nobody.winners, nobody.condorcet_winner) == ((), None)


@unhurried
@given(ELECTORATES)
def test_the_matrix_in_bits_is_the_one_counted_by_hand(electorate: list[RankingBallot]) -> None:
    def rank(ballot: RankingBallot, option: int) -> int:
        found = [place for place, tier in enumerate(ballot.tiers) if option in tier]
        return found[0] if found else 99

    by_hand = [
        [sum(rank(ballot, a) < rank(ballot, b) for ballot in electorate) for b in range(1, 5)]
        for a in range(1, 5)
    ]

    assert pairwise_matrix(range(1, 5), Counter(electorate)) == by_hand


@unhurried
@given(ELECTORATES)
def test_paths_are_the_strongest_of_all_paths(electorate: list[RankingBallot]) -> None:
    result = count(Counter(electorate))

    duels = result.duels
    won = [[n if n > duels[j][i] else 0 for j, n in enumerate(row)] for i, row in enumerate(duels)]
    for start, end in permutations(range(4), 2):
        others = [place for place in range(4) if place not in (start, end)]
        every_path = [
            min(won[a][b] for a, b in pairwise((start, *through, end)))
            for length in range(3)
            for through in permutations(others, length)
        ]
        assert result.paths[start][end] == max(every_path)


@unhurried
@given(ELECTORATES)
def test_who_wins_each_duel_wins_alone(electorate: list[RankingBallot]) -> None:
    result = count(Counter(electorate))

    if result.condorcet_winner is not None:
        assert result.winners == (result.condorcet_winner,)


@unhurried
@given(ELECTORATES, st.permutations(range(1, 5)))
def test_the_names_and_order_of_options_change_nothing(
    electorate: list[RankingBallot], renamed: list[int]
) -> None:
    moved = Counter(
        RankingBallot(tuple(tuple(sorted(renamed[o - 1] for o in tier)) for tier in ballot.tiers))
        for ballot in electorate
    )

    before = count(Counter(electorate))
    after = METHOD.count(renamed, moved, RULES)

    assert after.ranking == tuple(
        tuple(sorted(renamed[option - 1] for option in tier)) for tier in before.ranking
    )


@unhurried
@given(st.lists(strict_orders(4), min_size=1, max_size=9), st.data())
def test_raising_a_winner_on_a_ballot_never_makes_it_lose(
    electorate: list[RankingBallot], data: st.DataObject
) -> None:
    result = count(Counter(electorate))
    if not result.winners:
        return
    winner = data.draw(st.sampled_from(result.winners))
    place = data.draw(st.integers(0, len(electorate) - 1))
    others = tuple(tier for tier in electorate[place].tiers if tier != (winner,))

    raised = [*electorate]
    raised[place] = RankingBallot(((winner,), *others))

    assert winner in count(Counter(raised)).winners


@unhurried
@given(ELECTORATES, st.integers(2, 10**9))
def test_a_town_a_million_times_larger_that_thinks_alike_decides_alike(
    electorate: list[RankingBallot], times: int
) -> None:
    larger = Counter({ballot: n * times for ballot, n in Counter(electorate).items()})

    assert count(larger).ranking == count(Counter(electorate)).ranking


def test_ballots_of_another_poll_stop_the_count() -> None:
    with pytest.raises(InvalidCount):
        count(rankings("1 AB"), 1)

    with pytest.raises(InvalidCount, match="250"):
        count(Counter(), 251)


def test_a_ranking_typed_as_numbers_is_the_ballot_sent_as_tiers() -> None:
    options = [1, 2, 3, 4]

    typed = METHOD.parse(options, {"ranks": {"1": "2", "3": "1", "4": "2", "2": ""}}, RULES)

    assert typed == METHOD.parse(options, {"ranking": [[3], [4, 1]]}, RULES)
    assert METHOD.loads(options, typed.dumps(), RULES) == typed
    assert METHOD.parse(options, {"blank": "1"}, RULES).is_blank


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"ranking": []},
        {"ranking": [[]]},
        {"ranking": [[1], [1]]},
        {"ranking": [[9]]},
        {"ranking": "1"},
        {"ranking": [1]},
        {"ranks": {"1": "0"}},
        {"ranks": {"1": "un"}},
        {"ranks": {"9": "1"}},
        {"ranks": {"1": ""}},
        {"ranks": {"1": "1"}, "blank": True},
    ],
)
def test_what_is_not_a_ranking_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(InvalidBallot, match=r"\.$"):
        METHOD.parse([1, 2], raw, RULES)


def test_rules_read_back_as_they_were_written_and_no_others_exist() -> None:
    assert METHOD.rules(json.loads(json.dumps(RULES.to_json()))) == RULES

    with pytest.raises(InvalidRules):
        METHOD.rules({"strength": "margins"})


def test_the_result_can_be_published_as_json() -> None:
    written = json.loads(json.dumps(count(rankings("2 AB, 1 BA"), 2).to_json()))

    assert written == {
        "method": "schulze",
        "options": [1, 2],
        "ballots": 3,
        "blank": 0,
        "ranking": [[1], [2]],
        "winners": [1],
        "duels": [[0, 2], [1, 0]],
        "strongest_paths": [[0, 2], [0, 0]],
        "condorcet_winner": 1,
        "chains": [{"first": 1, "second": 2, "path": [1, 2], "strength": 2, "back": 0}],
        "rules": {"strength": "winning_votes", "unranked": "last_and_tied"},
    }
