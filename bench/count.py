"""Time and memory of counts of 100,000 ballots on 30 options, beside libraries in the same run.

    script/oracles python -m bench.count [ballots]      with votelib, pref_voting and pabutools
    .venv/bin/python -m bench.count [ballots]           without them

Ballots are random, so nearly all different: the worst case for counts that group them. Each count
runs in a process of its own, from the ballots in memory; seconds are of the clock and, in
brackets, of the processor alone, since a busy machine stretches the first. The first line times a
fixed loop, to tell one machine from another.
"""

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from app.voting.formats import FORMATS
from app.voting.formats.base import Election, score_pairs, text_of, tiers_of
from app.voting.methods import METHODS
from app.voting.tally import tally

OPTIONS = range(1, 31)
GOALS = {"approval": 1, "majority_judgment": 1, "schulze": 1, "stv": 3, "equal_shares": 10}
BUDGET = 1_000_000
ANSWER = "{seconds:8.2f} s  ({processor:.2f} s of processor)  {memory:5} MB  {what}"

Timed = Callable[[], object]


def contents(method: str, ballots: int) -> Mapping[Any, int]:
    """Random ballots for a method, grouped."""
    chance = Random(2026)
    if method == "approval":
        return Counter(
            tuple(sorted(chance.sample(OPTIONS, chance.randint(1, 12)))) for _ in range(ballots)
        )
    if method == "grades":
        return Counter(
            score_pairs({option: chance.randrange(5) for option in OPTIONS}) for _ in range(ballots)
        )
    return Counter(
        tiers_of([option] for option in chance.sample(OPTIONS, 30)) for _ in range(ballots)
    )


def rules(key: str) -> dict[str, Any]:
    """Five seats, or a budget for about a fifth of what projects cost."""
    chance = Random(7)
    if key == "stv":
        return {"seats": 5}
    if key == "equal_shares":
        costs = {option: chance.randint(BUDGET // 100, BUDGET // 5) for option in OPTIONS}
        return {"budget": BUDGET, "costs": costs}
    return {}


def ours(key: str, ballots: int) -> Timed:
    method = METHODS[key]
    holds = "grades" if method.holds == "grades" else method.holds
    cast = {method.ballot(what): times for what, times in contents(holds, ballots).items()}
    return lambda: method.count(OPTIONS, cast, method.rules(rules(key)))


def whole(key: str, ballots: int) -> Timed:
    """From the bytes of a file to the result: what `flask polls count` does."""
    method = METHODS[key]
    names = tuple(f"Projet {option}" for option in OPTIONS)
    about = rules(key)
    election = Election(
        method.holds,
        names,
        contents(method.holds, ballots),
        grades=("1", "2", "3", "4", "5") if method.holds == "grades" else (),
        costs=tuple(about.get("costs", {}).values()),
        budget=about.get("budget"),
    )
    ending = "pb" if key == "equal_shares" else {"ranking": "preflib"}.get(method.holds, "csv")
    file = Path(tempfile.mkdtemp()) / "file"
    file.write_text(FORMATS[ending].write(election), "utf-8", newline="")
    del election

    def read_and_count() -> str:
        read = FORMATS[ending].read(text_of(file.read_bytes()), method.holds)
        given = {"seats": 5} if key == "stv" else {}
        return json.dumps(tally(read, key, given))

    return read_and_count


def theirs(key: str, ballots: int) -> Timed | None:
    """The same count by a library, from its own ballots in memory."""
    if find_spec("pabutools") is None:
        return None
    if key in ("schulze", "stv"):
        profiles = import_module("pref_voting.profiles")
        cast = contents("ranking", ballots)
        profile = profiles.Profile(
            [[tier[0] - 1 for tier in tiers] for tiers in cast], rcounts=list(cast.values())
        )
        if key == "schulze":
            return lambda: import_module("pref_voting.margin_based_methods").beat_path(profile)
        stv = import_module("pref_voting.proportional_methods")
        return lambda: stv.stv_scottish(profile, num_seats=5)
    if key == "majority_judgment":
        votes = {
            frozenset((option, 4 - grade) for option, grade in pairs): times
            for pairs, times in contents("grades", ballots).items()
        }
        judgment = import_module("votelib.evaluate.cardinal").MajorityJudgment()
        return lambda: judgment.evaluate(votes, 1)
    election, sharing = import_module("pabutools.election"), import_module("pabutools.rules")
    about = rules("equal_shares")
    projects = {o: election.Project(f"{o:02}", cost) for o, cost in about["costs"].items()}
    instance = election.Instance(projects.values(), budget_limit=BUDGET)
    profile = election.ApprovalMultiProfile(instance=instance)
    for approved, times in contents("approval", ballots).items():
        ballot = election.FrozenApprovalBallot([projects[option] for option in approved])
        profile.extend([ballot] * times)
    if key == "approval":
        return lambda: profile.approval_scores()
    return lambda: sharing.method_of_equal_shares(
        instance, profile, sat_class=election.Cost_Sat, voter_budget_increment=1
    )


def measure(maker: Callable[[str, int], Timed | None], key: str, ballots: int, what: str) -> None:
    """Make the ballots, then time the count; memory is the peak of the whole process."""
    count = maker(key, ballots)
    if count is None:
        return
    clock, processor = time.perf_counter(), time.process_time()
    count()
    figures = {
        "seconds": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print("  " + ANSWER.format(**figures, what=what), flush=True)


def alone(patience: int, *arguments: Any) -> None:
    """In a new process, so that one count's memory is not another's; stopped past its time."""
    process = multiprocessing.get_context("spawn").Process(target=measure, args=arguments)
    process.start()
    process.join(patience)
    if process.is_alive():
        process.kill()
        print(f"  stopped after {patience} s: {arguments[-1]}", flush=True)


def main() -> None:
    ballots = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = time.perf_counter(), time.process_time()
    sum(number * number for number in range(5_000_000))
    ended = time.perf_counter(), time.process_time()
    print(f"A fixed loop: {ended[0] - begun[0]:.2f} s ({ended[1] - begun[1]:.2f} s of processor)")
    libraries = {
        "approval": "pabutools",
        "majority_judgment": "votelib",
        "schulze": "pref_voting (beat path)",
        "stv": "pref_voting (Scottish STV)",
        "equal_shares": "pabutools (add-1)",
    }
    for key, goal in GOALS.items():
        print(f"{key}, {ballots} ballots, {len(OPTIONS)} options (goal: {goal} s, 300 MB)")
        alone(600, ours, key, ballots, "ours, from grouped ballots")
        alone(600, whole, key, ballots, "ours, from a file to the result in JSON")
        alone(180, theirs, key, ballots, libraries[key])


if __name__ == "__main__":
    main()
