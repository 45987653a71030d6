"""The Method of Equal Shares against its definition, and what must hold of any budget."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods.ballots import ApprovalBallot
from app.voting.methods.base import InvalidCount, InvalidRules
from app.voting.methods.equal_shares import EqualShares, EqualSharesResult, EqualSharesRules
from app.voting.methods.greedy import Greedy
from tests.voting.elections import approval_sets, approvals, letters, unhurried

METHOD = EqualShares()
OPTIONS = range(1, 6)
BUDGETS = st.integers(0, 200)
COSTS = st.lists(st.integers(0, 80), min_size=5, max_size=5)
VOTERS = st.lists(approval_sets(5), max_size=8)


def count(
    ballots: Sequence[ApprovalBallot], budget: int, costs: Sequence[int], **rules: Any
) -> EqualSharesResult:
    numbered = dict(enumerate(costs, start=1))
    return METHOD.count(
        list(numbered), Counter(ballots), EqualSharesRules(budget, numbered, **rules)
    )


def by_the_book(voters: Sequence[ApprovalBallot], costs: dict[int, int], share: int) -> list[int]:
    """The definition, one voter after the other and one project after the other."""
    purses = [Fraction(share)] * len(voters)
    bought: list[int] = []
    while True:
        offers = []
        for option, cost in costs.items():
            purse = sorted(purses[i] for i, voter in enumerate(voters) if option in voter.approved)
            if option in bought or not cost or sum(purse) < cost:
                continue
            left = Fraction(cost)
            for place, money in enumerate(purse):
                part = left / (len(purse) - place)
                if part <= money:
                    offers.append((part / cost, -len(purse), cost, option, part))
                    break
                left -= money
        if not offers:
            return bought
        *_, option, part = min(offers)
        bought.append(option)
        for i, voter in enumerate(voters):
            if option in voter.approved:
                purses[i] = max(Fraction(0), purses[i] - part)


def naive(voters: Sequence[ApprovalBallot], budget: int, costs: dict[int, int]) -> list[int]:
    """Shares one unit larger each time, then the most voted that fit."""
    votes = Counter(option for voter in voters for option in voter.approved)
    share = budget // max(1, len(voters))
    won = by_the_book(voters, costs, share)
    while len(won) < sum(1 for option in votes if costs[option]):
        share += 1
        more = by_the_book(voters, costs, share)
        if sum(costs[option] for option in more) > budget:
            break
        won = more
    left = budget - sum(costs[option] for option in won)
    for option in sorted(votes, key=lambda o: (-votes[o], costs[o], o)):
        if option not in won and costs[option] <= left:
            won = [*won, option]
            left -= costs[option]
    return won


def test_the_running_example_of_lackner_and_skowron_buys_the_first_and_no_other() -> None:
    """« Multi-Winner Voting with Approval Preferences », 2023, example 2.1, committees of four.

    A costs its eight supporters 1/8 each; then those of B have 15/24 + 8/24 = 23/24, under one.
    """
    voters = approvals("3 AB", "3 AC", "2 AD", "BCF", "E", "F", "G")

    result = count(voters, 4, [1] * 7, completion=(), start="exact")

    assert letters(result.winners) == "A"
    assert result.projects[0].figures["payment"] == "0.12"
    assert {p.option: p.figures["had"] for p in result.projects[1:3]} == {2: "0.95", 3: "0.95"}
    assert all(p.outcome == "supporters_short" for p in result.projects[1:])


def test_the_example_of_equal_shares_in_the_book_pays_by_parts() -> None:
    """The same book, example 2.12: committees of three, prices redone by hand.

    C costs 1/5 each. A then costs 13/40 to those who have it and what is left of C's supporters,
    7/40; B would cost 1/3. D's supporters only have 36/40.
    """
    voters = approvals("3 CD", "2 AB", "2 AC", "BD")

    result = count(voters, 3, [1] * 4, completion=(), start="exact")

    assert letters(result.winners) == "CA"
    assert result.projects[1].figures == {
        "payment": "0.32",
        "full_payers": 2,
        "effective_votes": "3.07",
    }


def test_a_minority_gets_its_part_of_the_budget_where_votes_alone_would_take_all() -> None:
    voters = approvals("60 ABC", "40 DE")
    costs = dict(enumerate([300, 300, 300, 200, 200], start=1))

    shares = count(voters, 1000, list(costs.values()))
    votes = Greedy().count(
        OPTIONS, Counter(voters), Greedy().rules({"budget": 1000, "costs": costs})
    )

    assert letters(shares.winners) == "ABDE"
    assert letters(votes.winners) == "ABC"


def test_shares_go_on_growing_where_nothing_more_would_fit() -> None:
    """With shares of 20 only B is paid for, and neither A nor C fits the 50 that are left. From
    30 on, two voters pay for A, each half: it comes before B, which waits for shares of 40.
    """
    voters = approvals("AB", "C", "AC")

    grown = count(voters, 60, [60, 10, 80])
    stopped = count(voters, 60, [60, 10, 80], stop="exhausted")

    assert (letters(grown.winners), grown.last_share, grown.overspent) == ("A", "39.00", 70)
    assert (letters(stopped.winners), stopped.last_share) == ("B", "20.00")


def test_what_shares_leave_goes_to_the_most_voted_that_still_fits() -> None:
    result = count(approvals("3 A", "2 B", "C"), 60, [30, 40, 20])

    outcomes = {project.option: project.outcome for project in result.projects}
    assert outcomes == {1: "shares", 2: "too_costly", 3: "greedy"}
    assert result.spent == 50
    assert count(approvals("3 A", "2 B", "C"), 60, [30, 40, 20], completion=()).winners == (1,)


def test_each_project_says_why_it_was_left_out() -> None:
    result = count(approvals("4 AB", "C"), 50, [45, 20, 5, 10], minimum=2)

    outcomes = {project.option: project.outcome for project in result.projects}
    assert outcomes == {1: "too_costly", 2: "shares", 3: "under_minimum", 4: "no_support"}


@pytest.mark.parametrize(
    ("ties", "winner"),
    [(("maxvotes", "mincost", "id"), "A"), (("maxcost", "id"), "B"), (("id",), "A")],
)
def test_equal_projects_are_separated_as_the_rules_say(ties: tuple[str, ...], winner: str) -> None:
    result = count(approvals("2 A", "2 B"), 12, [10, 12], ties=ties, completion=("greedy",))

    assert letters(result.winners)[0] == winner


@unhurried
@given(VOTERS, BUDGETS, COSTS)
def test_the_count_by_classes_and_leaps_is_the_one_by_the_book(
    voters: list[ApprovalBallot], budget: int, costs: list[int]
) -> None:
    numbered = dict(enumerate(costs, start=1))

    assert list(count(voters, budget, costs).winners) == naive(voters, budget, numbered)


@unhurried
@given(VOTERS, BUDGETS, COSTS)
def test_the_budget_is_never_exceeded_and_each_purchase_is_paid_by_its_supporters(
    voters: list[ApprovalBallot], budget: int, costs: list[int]
) -> None:
    result = count(voters, budget, costs)

    assert result.spent == sum(costs[option - 1] for option in result.winners) <= budget
    assert sorted(p.option for p in result.projects) == list(OPTIONS)
    assert all(p.votes for p in result.projects if p.won)


@unhurried
@given(VOTERS, BUDGETS, COSTS)
def test_nothing_that_fits_and_is_wanted_is_left_out(
    voters: list[ApprovalBallot], budget: int, costs: list[int]
) -> None:
    result = count(voters, budget, costs)

    left = budget - result.spent
    assert all(p.cost > left for p in result.projects if not p.won and p.votes)


@unhurried
@given(VOTERS, BUDGETS, COSTS, st.permutations(OPTIONS))
def test_the_order_of_projects_in_the_list_changes_nothing(
    voters: list[ApprovalBallot], budget: int, costs: list[int], order: list[int]
) -> None:
    rules = EqualSharesRules(budget, dict(enumerate(costs, start=1)))

    shuffled = METHOD.count(order, Counter(reversed(voters)), rules)

    assert shuffled.winners == count(voters, budget, costs).winners


def test_a_share_of_a_hundred_million_is_reached_in_leaps() -> None:
    voters = approvals("2 AB", "AC", "B")
    large = [200_000_003, 100_000_001, 350_000_000]

    result = count(voters, 400_000_000, large)

    assert letters(result.winners) == "BA"
    assert result.overspent == sum(large)


def test_without_a_voter_nothing_is_bought() -> None:
    assert count([], 100, [10, 10]).winners == ()
    assert count([ApprovalBallot(())], 100, [10]).winners == ()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"budget": 10},
        {"budget": 10, "costs": []},
        {"budget": 1.5, "costs": {}},
        {"budget": 10, "costs": {"1": -1}},
        {"budget": 10, "costs": {"un": 1}},
        {"budget": 10, "costs": {}, "ties": "id"},
        {"budget": 10, "costs": {}, "ties": ["fate"]},
        {"budget": 10, "costs": {}, "ties": []},
        {"budget": 10, "costs": {}, "completion": ["add2"]},
        {"budget": 10, "costs": {}, "completion": "add1"},
        {"budget": 10, "costs": {}, "start": "half"},
        {"budget": 10, "costs": {}, "stop": "never"},
        {"budget": 10, "costs": {}, "unit": 0},
        {"budget": 10, "costs": {}, "price": 1},
    ],
)
def test_rules_that_make_no_sense_are_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(InvalidRules):
        METHOD.rules(raw)


def test_rules_read_back_as_they_were_written() -> None:
    rules = EqualSharesRules(100, {1: 10, 2: 20}, ("maxcost", "id"), 3, 100, ("add1",), "exact")

    assert METHOD.rules(rules.to_json()) == rules
    assert EqualSharesRules(5, {}).to_json()["completion"] == ["add1", "greedy"]


def test_a_project_without_a_cost_stops_the_count() -> None:
    with pytest.raises(InvalidCount, match="coût"):
        METHOD.count([1, 2], {}, EqualSharesRules(10, {1: 5}))
