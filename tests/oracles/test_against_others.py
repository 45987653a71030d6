"""Random elections, counted here and by votelib, pref_voting and pabutools."""

from collections import Counter
from itertools import permutations
from random import Random

import pytest
from pabutools.election import ApprovalBallot as TheirApprovals
from pabutools.election import ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import lexico_tie_breaking
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
from pref_voting.proportional_methods import stv_scottish
from votelib.evaluate.cardinal import MajorityJudgment as TheirJudgment
from votelib.evaluate.condorcet import Schulze as TheirSchulze

from app.voting.methods import METHODS
from app.voting.methods.ballots import ApprovalBallot, RankingBallot
from app.voting.methods.majority_judgment import GradesBallot
from app.voting.methods.stv import StvResult

SEEDS = range(150)


def rankings(chance: Random, options: int, whole: bool) -> Counter[RankingBallot]:
    """A few dozen strict rankings, some cast many times, so that surpluses are large."""
    found: Counter[RankingBallot] = Counter()
    for _ in range(chance.randint(3, 25)):
        order = chance.sample(range(1, options + 1), options)
        cut = options if whole else chance.randint(1, options)
        found[RankingBallot(tuple((o,) for o in order[:cut]))] += chance.randint(1, 30)
    return found


def tied_rankings(chance: Random, options: int) -> Counter[RankingBallot]:
    found: Counter[RankingBallot] = Counter()
    for _ in range(chance.randint(3, 25)):
        tiers: list[tuple[int, ...]] = []
        for option in chance.sample(range(1, options + 1), chance.randint(1, options)):
            if tiers and chance.random() < 0.3:
                tiers[-1] = tuple(sorted((*tiers[-1], option)))
            else:
                tiers.append((option,))
        found[RankingBallot(tuple(tiers))] += chance.randint(1, 9)
    return found


def approvals(chance: Random, options: int) -> Counter[ApprovalBallot]:
    voters = [
        tuple(sorted(chance.sample(range(1, options + 1), chance.randint(1, options))))
        for _ in range(chance.randint(2, 30))
    ]
    return Counter(map(ApprovalBallot, voters))


@pytest.mark.parametrize("seed", SEEDS)
def test_schulze_elects_whom_pref_voting_elects(seed: int) -> None:
    # Whole strict rankings: there winning votes and margins, which it uses, order duels alike.
    ballots = rankings(Random(seed), 5, whole=True)
    method = METHODS["schulze"]

    ours = method.count(range(1, 6), ballots, method.rules({}))
    theirs = beat_path(
        Profile(
            [[tier[0] - 1 for tier in ballot.tiers] for ballot in ballots],
            rcounts=list(ballots.values()),
        )
    )

    assert set(ours.winners) == {candidate + 1 for candidate in theirs}


@pytest.mark.parametrize("seed", SEEDS)
def test_schulze_with_ties_and_options_left_out_elects_whom_votelib_elects(seed: int) -> None:
    ballots = tied_rankings(Random(seed), 5)
    method = METHODS["schulze"]

    ours = method.count(range(1, 6), ballots, method.rules({}))
    duels = {(a, b): ours.to_json()["duels"][a - 1][b - 1] for a, b in permutations(range(1, 6), 2)}

    if len(ours.winners) == 1:
        assert TheirSchulze().evaluate(duels, 1) == list(ours.winners)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_scottish_count_elects_whom_pref_voting_elects(seed: int) -> None:
    chance = Random(seed)
    seats = chance.randint(1, 4)
    ballots = rankings(chance, 6, whole=True)
    method = METHODS["stv"]

    ours: StvResult = method.count(range(1, 7), ballots, method.rules({"seats": seats}))
    theirs = stv_scottish(
        Profile(
            [[tier[0] - 1 for tier in ballot.tiers] for ballot in ballots],
            rcounts=list(ballots.values()),
        ),
        num_seats=seats,
    )

    if any(stage.tie and stage.tie.stage is None for stage in ours.stages):
        pytest.skip("lots were drawn, and theirs are others")
    assert set(ours.winners) == {candidate + 1 for candidate in theirs}


@pytest.mark.parametrize("seed", SEEDS)
def test_majority_judgment_elects_whom_votelib_elects(seed: int) -> None:
    chance = Random(seed)
    ballots = Counter(
        GradesBallot(tuple((option, chance.randint(0, 4)) for option in range(1, 5)))
        for _ in range(chance.randint(1, 40))
    )
    method = METHODS["majority_judgment"]

    ours = method.count(range(1, 5), ballots, method.rules({}))
    if len(ours.winners) > 1 or (ours.separations and ours.separations[0].withdrawn):
        # Its tie-break takes medians away from all the tied ones at once, and sometimes gives up.
        pytest.skip("the best median is shared")
    theirs = TheirJudgment().evaluate(
        {
            frozenset((option, 4 - grade) for option, grade in ballot.grades): times
            for ballot, times in ballots.items()
        },
        1,
    )

    assert theirs == list(ours.winners)


@pytest.mark.parametrize("seed", SEEDS)
def test_budgets_are_shared_as_pabutools_shares_them(seed: int) -> None:
    chance = Random(seed)
    ballots = approvals(chance, 7)
    voters = [ballot.approved for ballot, times in ballots.items() for _ in range(times)]
    costs = {option: chance.randint(20, 300) for option in range(1, 8)}
    budget = chance.randint(100, 1500)
    projects = {option: Project(f"{option:02}", cost) for option, cost in costs.items()}
    instance = Instance(projects.values(), budget_limit=budget)
    profile = ApprovalProfile(
        [TheirApprovals([projects[o] for o in voter]) for voter in voters], instance=instance
    )
    raw = {"budget": budget, "costs": costs, "ties": ["id"]}
    shares, votes = METHODS["equal_shares"], METHODS["greedy"]

    # pabutools starts from the exact share, and stops where nothing more fits.
    how = {"start": "exact", "stop": "exhausted"}

    def ours(completion: list[str]) -> set[str]:
        rules = shares.rules({**raw, "completion": completion, **how})
        return {f"{o:02}" for o in shares.count(range(1, 8), ballots, rules).winners}

    def theirs(**their_way: object) -> set[str]:
        found = method_of_equal_shares(
            instance, profile, sat_class=Cost_Sat, tie_breaking=lexico_tie_breaking, **their_way
        )
        return {project.name for project in found}

    assert ours([]) == theirs()
    assert ours(["add1"]) == theirs(voter_budget_increment=1)
    # Ours leaves out what nobody wants, theirs takes it where it fits.
    by_votes = greedy_utilitarian_welfare(
        instance, profile, sat_class=Cost_Sat, tie_breaking=lexico_tie_breaking
    )
    greedy = votes.count(range(1, 8), ballots, votes.rules(raw))
    wanted = {f"{option:02}" for voter in voters for option in voter}
    assert {f"{o:02}" for o in greedy.winners} == wanted & {project.name for project in by_votes}
