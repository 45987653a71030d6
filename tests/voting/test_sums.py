"""Methods that add up: approbation, gommettes, and a budget shared by votes alone."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS
from app.voting.methods.approval import Approval, ApprovalResult
from app.voting.methods.ballots import ApprovalBallot
from app.voting.methods.base import InvalidBallot, InvalidCount, InvalidRules
from app.voting.methods.dots import Dots, DotsBallot, DotsResult
from app.voting.methods.greedy import Greedy
from app.voting.methods.tallying import decimal, drawn, totals
from tests.voting.elections import approval_sets, approvals, letters, names, unhurried

APPROVAL, DOTS, GREEDY = Approval(), Dots(), Greedy()
DOT_BALLOTS = st.dictionaries(st.integers(1, 4), st.integers(1, 3), max_size=1).map(
    lambda dots: DotsBallot(tuple(dots.items()))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def approve(ballots: Sequence[ApprovalBallot], options: int = 4, **rules: Any) -> ApprovalResult:
    return APPROVAL.count(range(1, options + 1), Counter(ballots), APPROVAL.rules(rules))


def stick(ballots: dict[DotsBallot, int], **rules: Any) -> DotsResult:
    return DOTS.count([1, 2, 3], ballots, DOTS.rules(rules))


def test_tennessee_approving_its_two_nearest_cities_takes_nashville() -> None:
    """Wikipedia, « Approval voting »: Nashville 68, Memphis 42, Chattanooga and Knoxville 32."""
    result = approve(approvals("42 AB", "26 B", "15 CD", "17 CD"))

    assert result.approvals == {1: 42, 2: 68, 3: 32, 4: 32}
    assert names(result.ranking) == "B>A>CD"
    assert letters(result.winners) == "B"


def test_those_tied_for_the_last_seats_all_win_unless_lots_were_announced() -> None:
    ballots = approvals("3 A", "2 BC")

    assert letters(approve(ballots, seats=2).winners) == "ABC"

    with_lots = approve(ballots, seats=2, seed="9 juin")
    assert with_lots.winners == (1, drawn("9 juin", [2, 3], [1, 2, 3])[0])
    assert with_lots.drawn == (2, 3)


def test_a_blank_ballot_is_counted_apart_and_elects_nobody() -> None:
    blank = ApprovalBallot(())

    assert (approve([blank]).winners, approve([blank]).blank) == ((), 1)
    assert approve([blank, *approvals("A")]).expressed == 1


@unhurried
@given(st.lists(approval_sets(4)), st.permutations(range(1, 5)))
def test_approvals_do_not_care_for_names_nor_for_order(
    ballots: list[ApprovalBallot], renamed: list[int]
) -> None:
    moved = [ApprovalBallot(tuple(sorted(renamed[o - 1] for o in b.approved))) for b in ballots]

    before, after = approve(ballots), approve(moved)

    assert after.ranking == tuple(
        tuple(sorted(renamed[option - 1] for option in tier)) for tier in before.ranking
    )
    assert approve(ballots[::-1]) == before


@unhurried
@given(st.lists(approval_sets(4), min_size=1), st.data())
def test_one_more_approval_never_makes_a_winner_lose(
    ballots: list[ApprovalBallot], data: st.DataObject
) -> None:
    winners = approve(ballots).winners
    if winners:
        one = data.draw(st.sampled_from(winners))
        assert one in approve([*ballots, ApprovalBallot((one,))]).winners


def test_dots_are_added_up_with_how_many_people_stuck_them_and_how_many_are_left() -> None:
    ballots = {DotsBallot(((1, 3),)): 1, DotsBallot(((1, 1), (2, 2))): 2, DotsBallot(((2, 1),)): 1}

    result = stick(ballots)

    assert result.stuck == {1: 5, 2: 5, 3: 0}
    assert result.voters == {1: 3, 2: 3, 3: 0}
    assert result.unused == 2
    assert names(result.ranking) == "AB>C"
    assert letters(result.winners) == "AB"


def test_too_many_dots_are_refused_and_unused_ones_are_not() -> None:
    rules = DOTS.rules({"dots": 4, "most": 2})

    assert DOTS.parse([1, 2], {"dots": {"1": "2", "2": ""}}, rules) == DotsBallot(((1, 2),))
    with pytest.raises(InvalidBallot, match="2 gommettes au plus sur"):
        DOTS.parse([1, 2], {"dots": {"1": 3}}, rules)
    with pytest.raises(InvalidBallot, match="collé 5 gommettes\u00a0: retirez-en 1"):
        DOTS.parse([1, 2, 3], {"dots": {"1": 2, "2": 2, "3": 1}}, rules)
    with pytest.raises(InvalidCount):
        stick({DotsBallot(((1, 9),)): 1})


@unhurried
@given(st.lists(DOT_BALLOTS), st.integers(1, 10**9))
def test_grouped_dots_weigh_what_they_weigh_one_by_one(
    ballots: list[DotsBallot], times: int
) -> None:
    grouped = {ballot: number * times for ballot, number in Counter(ballots).items()}

    result = DOTS.count([1, 2, 3, 4], grouped, DOTS.rules({}))

    for option in (1, 2, 3, 4):
        one_by_one = sum(dict(ballot.dots).get(option, 0) for ballot in ballots)
        assert result.stuck[option] == one_by_one * times


def test_the_most_voted_projects_are_taken_while_money_lasts() -> None:
    rules = GREEDY.rules({"budget": 100, "costs": {"1": 60, "2": 50, "3": 40, "4": 1}})

    result = GREEDY.count([1, 2, 3, 4], Counter(approvals("3 A", "2 B", "C")), rules)

    assert letters(result.winners) == "AC"
    assert [(p.outcome, p.figures["left"]) for p in result.projects] == [
        ("greedy", 100),
        ("greedy", 40),
        ("too_costly", 40),
        ("no_support", 0),
    ]
    assert result.spent == 100


@unhurried
@given(
    st.lists(approval_sets(4)),
    st.lists(st.integers(0, 50), min_size=4, max_size=4),
    st.integers(0, 99),
)
def test_no_budget_is_exceeded_by_votes_alone(
    ballots: list[ApprovalBallot], costs: list[int], budget: int
) -> None:
    rules = GREEDY.rules({"budget": budget, "costs": dict(enumerate(costs, start=1))})

    result = GREEDY.count([1, 2, 3, 4], Counter(ballots), rules)

    assert result.spent <= budget
    assert all(p.cost > budget - result.spent for p in result.projects if p.votes and not p.won)


@pytest.mark.parametrize("key", ["approval", "dots", "schulze"])
@unhurried
@given(raw=JSON)
def test_whatever_is_sent_is_a_ballot_or_a_refusal(key: str, raw: object) -> None:
    method = METHODS[key]
    rules = method.rules({})
    sent = (
        raw,
        {"approved": raw},
        {"ranking": raw},
        {"ranking": [raw]},
        {"ranks": raw},
        {"dots": raw},
        {"blank": raw},
    )
    for ballot in sent:
        try:
            parsed = method.parse([1, 2], ballot, rules)
        except InvalidBallot as refusal:
            assert str(refusal).endswith(".")
        else:
            assert method.loads([1, 2], parsed.dumps(), rules) == parsed


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("approval", {"seats": 0}),
        ("approval", {"most": 0}),
        ("approval", {"most": "deux"}),
        ("approval", {"seed": 4}),
        ("approval", {"places": 1}),
        ("dots", {"dots": 0}),
        ("dots", {"dots": 2, "most": 3}),
        ("dots", {"seats": 0}),
        ("dots", {"seed": 4}),
    ],
)
def test_rules_that_make_no_sense_are_refused(key: str, raw: dict[str, Any]) -> None:
    with pytest.raises(InvalidRules):
        METHODS[key].rules(raw)


def test_too_many_ticks_are_refused_where_the_rules_limit_them() -> None:
    with pytest.raises(InvalidBallot, match="2 choix au plus"):
        APPROVAL.parse([1, 2, 3], {"approved": [1, 2, 3]}, APPROVAL.rules({"most": 2}))


def test_every_method_says_its_words_and_publishes_its_result_as_json() -> None:
    for method in METHODS.values():
        raw = {"budget": 9, "costs": {"7": 4}} if method.key in ("greedy", "equal_shares") else {}
        rules = method.rules(raw)
        result = method.count([7], {}, rules)

        written = json.loads(json.dumps(result.to_json()))

        assert written["method"] == method.key
        assert written["ballots"] == written["blank"] == 0
        assert written["winners"] == []
        assert method.rules({k: v for k, v in written["rules"].items() if v is not None}) == rules
        assert str(method.label) and str(method.how) and str(method.ties)
        assert json.dumps(result.rounds(str))


def test_ballots_of_another_poll_stop_the_count() -> None:
    for counted in (lambda: approve(approvals("AB"), 1), lambda: stick({DotsBallot(((9, 1),)): 1})):
        with pytest.raises(InvalidCount):
            counted()


def test_totals_and_figures_are_exact_to_the_last_one() -> None:
    assert totals([("ab", 10**18), ("b", 1)]) == {"a": 10**18, "b": 10**18 + 1}
    assert decimal(2, 3, 5) == "0.66666"
    assert decimal(10**30 + 1, 10**5, 2) == f"{10**25}.00"
