"""Scottish counts redone by hand, and what must hold of any of them."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods.ballots import RankingBallot
from app.voting.methods.base import InvalidCount, InvalidRules
from app.voting.methods.stv import Stv, StvResult
from app.voting.methods.stv_count import UNIT
from app.voting.methods.tallying import drawn
from tests.voting.elections import letters, names, rankings, strict_orders, unhurried
from tests.voting.test_schulze import BURLINGTON, TENNESSEE

METHOD = Stv()
ELECTORATES = st.lists(strict_orders(5), max_size=12)


def count(ballots: Counter[RankingBallot], options: int = 4, **rules: Any) -> StvResult:
    return METHOD.count(range(1, options + 1), ballots, METHOD.rules(rules))


def units(result: StvResult, stage: int) -> str:
    """The votes of a stage, « 5.00000 3.99997 »."""
    return " ".join(result.stages[stage - 1].to_json(str)["votes"].values())


def test_a_ward_of_three_seats_counted_by_hand_stage_after_stage() -> None:
    """100 papers, three seats: the quota is 26.

    1: A has 40, elected; surplus 14, so each paper moves at 14/40 = 0.35.
    2: 30 of A's papers go to B, 10.5 votes, and 10 to C, 3.5: B 28.5, elected.
    3: B's surplus is 2.5: papers of value 1 move at 2.5/28.5 = 0.08771, and those of value 0.35 at
       0.35 × 2.5/28.5 = 0.03070; 18 and 30 of them go to C: 1.57878 + 0.921 = 2.49978.
    4: E, with 10, is excluded: 10 papers for D, who has 24. C has 12 + 3.5 + 2.49978.
    5: C, under D, is excluded, and D takes the last seat.
    """
    ballots = rankings("30 ABC, 10 ACB, 18 BC, 12 C, 14 D, 10 ED, 6 F")

    result = count(ballots, 6, seats=3)

    assert (result.valid, result.quota) == (100, 26)
    assert [stage.action for stage in result.stages][:3] == ["first", "surplus", "surplus"]
    assert units(result, 1) == "40.00000 18.00000 12.00000 14.00000 10.00000 6.00000"
    assert units(result, 2) == "26.00000 28.50000 15.50000 14.00000 10.00000 6.00000"
    assert units(result, 3) == "26.00000 26.00000 17.99978 14.00000 10.00000 6.00000"
    # F's six papers have no further preference.
    assert units(result, 4) == "26.00000 26.00000 17.99978 14.00000 10.00000 0.00000"
    assert result.stages[3].exhausted == 6 * UNIT
    assert units(result, 5) == "26.00000 26.00000 17.99978 24.00000 0.00000 0.00000"
    assert letters(result.winners) == "ABD"
    assert names(result.ranking) == "A>B>D>C>E>F"


def test_what_is_cut_after_five_decimals_is_said() -> None:
    # A's surplus of 3 moves seven papers at 0.42857: 2.99999, and nothing is rounded up.
    result = count(rankings("7 AB, 1 B, 1 C"), 3, seats=2)

    assert result.quota == 4
    second = result.stages[1]
    assert second.moved == {2: 299_999}
    assert second.cut == 1


def test_papers_without_a_further_preference_keep_their_part_of_the_surplus() -> None:
    # 8 votes, quota 3 of two seats: A's surplus of 3 over six papers, of which four say no more.
    result = count(rankings("2 AB, 4 A, 1 B, 1 C"), 3, seats=2)

    second = result.stages[1]
    assert second.moved == {2: UNIT}
    assert (second.exhausted, second.cut) == (2 * UNIT, 0)


def test_the_largest_surplus_is_transferred_first() -> None:
    result = count(rankings("9 AC, 12 BE, 1 C, 1 D, 1 E, 1 F"), 6, seats=3)

    assert [stage.of for stage in result.stages[:3]] == [None, 2, 1]


def test_burlington_and_tennessee_with_one_seat_elect_as_instant_runoff_did() -> None:
    burlington = count(rankings(BURLINGTON), 3)
    tennessee = count(rankings(TENNESSEE))

    assert units(burlington, 2) == "0.00000 4314.00000 4064.00000"
    assert letters(burlington.winners) == "B"
    assert letters(tennessee.winners) == "D"


def test_equal_last_ones_are_separated_by_the_latest_stage_where_they_differed() -> None:
    # B and C end equal at 4: at the first stage B had 3, C had 4, so B goes.
    result = count(rankings("6 A, 3 B, 4 C, 1 DB"), seats=1)

    third = result.stages[2]
    assert third.of == 2
    assert third.tie is not None
    assert (third.tie.among, third.tie.stage) == ((2, 3), 1)


def test_ones_equal_at_every_stage_are_separated_by_lots_that_anyone_can_draw_again() -> None:
    ballots = rankings("3 A, 2 B, 2 C")
    gone = set()

    for seed in "abcdefgh":
        result = count(ballots, 3, seed=seed)
        tie = result.stages[1].tie
        assert tie is not None and tie.stage is None
        assert result.stages[1].of == drawn(seed, [2, 3], [1, 2, 3])[0]
        gone.add(result.stages[1].of)

    assert gone == {2, 3}


def test_a_ballot_is_read_up_to_its_first_tie() -> None:
    result = count(rankings("3 A>B=C, 2 B=C>A, 2 B"), 3, seats=1)

    assert (result.valid, result.unusable, result.null) == (5, 2, 2)
    assert result.ballots == 7
    assert letters(result.winners) == "A"


def test_as_many_people_as_seats_are_all_elected() -> None:
    result = count(rankings("2 A, 1 B"), 3, seats=5)

    assert letters(result.winners) == "ABC"
    assert result.stages[-1].action == "last"


def test_nobody_is_elected_without_a_ballot() -> None:
    result = count(Counter({RankingBallot(()): 4}), seats=2)

    assert (result.winners, result.blank, result.stages) == ((), 4, ())


def test_a_reserved_seat_goes_to_its_college_whatever_the_others_have() -> None:
    colleges = {"jeunes": {"members": [4, 5], "reserved": 1}}
    ballots = rankings("40 AB, 30 B, 20 C, 6 D, 4 ED")

    free = count(ballots, 5, seats=3)
    kept = count(ballots, 5, seats=3, colleges=colleges)

    assert letters(free.winners) == "ABC"
    assert letters(kept.winners) == "ABD"
    # Once two seats were taken, those outside the collège could no longer be elected.
    assert 3 in {stage.of for stage in kept.stages if stage.action == "exclusion"}


def test_reserved_seats_without_enough_members_are_free() -> None:
    colleges = {"jeunes": {"members": [3], "reserved": 2}}

    result = count(rankings("5 A, 4 B, 1 C"), 3, seats=2, colleges=colleges)

    assert letters(result.winners) == "AC"


@unhurried
@given(ELECTORATES, st.integers(1, 4))
def test_votes_are_neither_made_nor_lost(electorate: list[RankingBallot], seats: int) -> None:
    result = count(Counter(electorate), 5, seats=seats)

    for stage in result.stages:
        here = sum(stage.votes.values()) + stage.exhausted + stage.cut
        assert here == result.valid * UNIT
    if result.valid:
        assert len(result.winners) == seats
    assert sorted(option for tied in result.ranking for option in tied) == [1, 2, 3, 4, 5]


@unhurried
@given(ELECTORATES, st.integers(1, 4), st.randoms())
def test_the_order_of_ballots_and_of_names_changes_nothing(
    electorate: list[RankingBallot], seats: int, chance: Any
) -> None:
    shuffled, options = [*electorate], list(range(1, 6))
    chance.shuffle(shuffled)
    chance.shuffle(options)

    again = METHOD.count(options, Counter(shuffled), METHOD.rules({"seats": seats}))

    assert again.winners == count(Counter(electorate), 5, seats=seats).winners


@unhurried
@given(ELECTORATES, st.integers(1, 4))
def test_a_solid_group_with_a_quota_elects_one_of_its_own(
    electorate: list[RankingBallot], seats: int
) -> None:
    result = count(Counter(electorate), 5, seats=seats)

    for group in ({1}, {1, 2}, {2, 3, 4}):
        solid = sum(
            {option for tier in ballot.tiers[: len(group)] for option in tier} == group
            for ballot in electorate
        )
        # One vote more than the quota covers the decimals that are cut.
        if solid > result.quota:
            assert group & set(result.winners)


@unhurried
@given(ELECTORATES, st.integers(1, 4), st.integers(0, 3))
def test_reserved_seats_are_filled_in_any_election(
    electorate: list[RankingBallot], seats: int, reserved: int
) -> None:
    reserved = min(reserved, seats)
    colleges = {"x": {"members": [3, 4, 5], "reserved": reserved}}

    result = count(Counter(electorate), 5, seats=seats, colleges=colleges)

    if result.valid:
        assert len(result.winners) == seats
        assert len({3, 4, 5} & set(result.winners)) >= reserved


@pytest.mark.parametrize(
    "raw",
    [
        {"seats": 0},
        {"seats": "trois"},
        {"seed": 3},
        {"quota": "hare"},
        {"colleges": []},
        {"colleges": {"x": {"members": [1]}}},
        {"colleges": {"x": {"members": ["?"], "reserved": 1}}},
        {"colleges": {"x": {"members": [1, 2], "reserved": 2}}},
        {
            "seats": 2,
            "colleges": {
                "x": {"members": [1], "reserved": 1},
                "y": {"members": [1], "reserved": 0},
            },
        },
    ],
)
def test_rules_that_make_no_sense_are_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(InvalidRules):
        METHOD.rules(raw)


def test_rules_read_back_as_they_were_written() -> None:
    rules = METHOD.rules(
        {"seats": 3, "seed": "16:04", "colleges": {"x": {"members": [1, 2], "reserved": 1}}}
    )

    assert METHOD.rules(json.loads(json.dumps(rules.to_json(int)))) == rules


def test_people_who_do_not_stand_stop_the_count() -> None:
    with pytest.raises(InvalidCount):
        count(rankings("1 AB"), 1)

    with pytest.raises(InvalidCount):
        count(Counter(), 1, seats=1, colleges={"x": {"members": [7], "reserved": 0}})


def test_the_result_can_be_published_as_json() -> None:
    written = json.loads(json.dumps(count(rankings("3 AB, 1 B"), 2).to_json()))

    assert written["winners"] == [1]
    assert (written["quota"], written["valid"], written["unusable"]) == (3, 4, 0)
    assert written["stages"][0]["votes"] == {"1": "3.00000", "2": "1.00000"}
    assert written["rules"]["ties"] == ["previous_stages", "drawn"]
