"""The stages of a Scottish count (SSI 2011/399, schedule 1, rules 46 to 53)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.voting.methods.base import Name
from app.voting.methods.reserved_seats import Colleges, Reason
from app.voting.methods.tallying import decimal, drawn, ranked

UNIT = 100_000
"""A vote: values are cut after five decimals."""

Papers = list[tuple[tuple[int, ...], int]]
"""Pairs (preferences, how many times cast)."""


@dataclass(frozen=True)
class Tie:
    """Who were equal, and what chose between them: a number of stage, or None for lots."""

    among: tuple[int, ...]
    stage: int | None

    def to_json(self, name: Name) -> dict[str, Any]:
        by = "drawn" if self.stage is None else f"stage {self.stage}"
        return {"among": [name(option) for option in self.among], "by": by}


@dataclass(frozen=True)
class Stage:
    """One stage, in hundred-thousandths of a vote.

    `action` is "first" (first preferences), "surplus", "exclusion", or "last" (the last seats, for
    want of anyone else); `of` is whose votes were transferred, `moved` what each other received,
    `votes` what each has now. `exhausted` and `cut` are what has left the count so far: papers
    without a further preference, and decimals that were cut. `reserved` is there where reserved
    seats had a part in who was excluded.
    """

    number: int
    action: str
    of: int | None
    moved: dict[int, int]
    votes: dict[int, int]
    exhausted: int
    cut: int
    elected: tuple[int, ...] = ()
    tie: Tie | None = None
    reserved: Reason | None = None

    def to_json(self, name: Name) -> dict[str, Any]:
        reserved = {"reserved": self.reserved.to_json(name)} if self.reserved else {}
        return {
            "stage": self.number,
            "action": self.action,
            "of": None if self.of is None else name(self.of),
            "moved": {str(name(option)): votes(units) for option, units in self.moved.items()},
            "votes": {str(name(option)): votes(units) for option, units in self.votes.items()},
            "exhausted": votes(self.exhausted),
            "cut": votes(self.cut),
            "elected": [name(option) for option in self.elected],
            "tie": self.tie and self.tie.to_json(name),
            **reserved,
        }


@dataclass
class Count:
    """A count under way, then done: `order` is the whole ranking."""

    quota: int
    seats: int
    seed: str
    colleges: Colleges
    continuing: set[int]
    votes: dict[int, int]
    piles: dict[int, defaultdict[int, Papers]]
    elected: list[int] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    excluded: list[int] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    order: list[tuple[int, ...]] = field(default_factory=list)
    exhausted: int = 0
    cut: int = 0


def votes(units: int) -> str:
    """« 12.00000 »."""
    return decimal(units, UNIT, 5)


def run_count(
    options: Sequence[int], papers: Papers, seats: int, seed: str, colleges: Colleges
) -> Count:
    """Elect `seats` people, or everyone where there are no more than that."""
    quota = sum(times for _, times in papers) // (seats + 1) + 1
    piles: dict[int, defaultdict[int, Papers]] = {option: defaultdict(list) for option in options}
    count = Count(
        quota, seats, seed, colleges, set(options), dict.fromkeys(sorted(options), 0), piles
    )
    if not papers:
        count.order.append(tuple(options))
        return count
    moved, _ = _hand_on(count, papers, UNIT)
    _note(count, "first", None, moved, None)
    while not _is_over(count):
        _next_stage(count)
    _rank(count)
    return count


def _next_stage(count: Count) -> None:
    barred = count.colleges.barred(count.continuing, count.elected, count.seats)
    if not barred and count.surpluses:
        chosen, tie = _choose(count, count.surpluses, max)
        _transfer(count, chosen, tie)
        return
    guarded = count.colleges.guarded(count.continuing, count.elected)
    chosen, tie = _choose(count, barred or count.continuing - guarded, min)
    reserved = _barred(count, barred) or _guarded(count, chosen, guarded)
    _exclude(count, chosen, tie, reserved)


def _barred(count: Count, barred: Collection[int]) -> Reason | None:
    """Whom the seats left are not for, before a stage is made of it."""
    left, wanting = count.seats - len(count.elected), count.colleges.wanting(count.elected)
    return Reason("barred", left, wanting, tuple(sorted(barred))) if barred else None


def _guarded(count: Count, chosen: int, guarded: Collection[int]) -> Reason | None:
    """Who stays for a reserved seat with no more votes than whoever leaves."""
    kept = tuple(sorted(o for o in guarded if count.votes[o] <= count.votes[chosen]))
    held = tuple(c.name for c in count.colleges.colleges if c.members.intersection(kept))
    return Reason("guarded", count.seats - len(count.elected), held, kept) if kept else None


def _is_over(count: Count) -> bool:
    """Whether no stage is left; fills the last seats when only as many people remain."""
    if len(count.elected) >= count.seats:
        return True
    barred = count.colleges.barred(count.continuing, count.elected, count.seats)
    left = count.continuing - barred
    if len(left) > count.seats - len(count.elected):
        return False
    reserved = _barred(count, barred)
    last = [option for tied in ranked({o: count.votes[o] for o in left}) for option in tied]
    count.order += [tuple(t) for t in ranked({option: count.votes[option] for option in left})]
    count.elected += last
    count.continuing.difference_update(last)
    if last:
        _note(count, "last", None, {}, None, tuple(last), reserved)
    return True


def _transfer(count: Count, chosen: int, tie: Tie | None) -> None:
    """Rule 49: every paper of the elected person moves on, at a part of its value."""
    total, surplus = count.votes[chosen], count.votes[chosen] - count.quota * UNIT
    count.surpluses.discard(chosen)
    moved: defaultdict[int, int] = defaultdict(int)
    exhausted = 0
    for value, papers in count.piles[chosen].items():
        given, lost = _hand_on(count, papers, surplus * value // total)
        exhausted += lost
        for option, units in given.items():
            moved[option] += units
    count.piles[chosen].clear()
    count.votes[chosen] = count.quota * UNIT
    count.exhausted += exhausted
    count.cut += surplus - sum(moved.values()) - exhausted
    _note(count, "surplus", chosen, moved, tie)


def _exclude(count: Count, chosen: int, tie: Tie | None, reserved: Reason | None) -> None:
    """Rule 51: every paper of the excluded person moves on, at its value."""
    count.continuing.discard(chosen)
    count.excluded.append(chosen)
    moved: defaultdict[int, int] = defaultdict(int)
    for value, papers in count.piles[chosen].items():
        given, lost = _hand_on(count, papers, value)
        count.exhausted += lost
        for option, units in given.items():
            moved[option] += units
    count.piles[chosen].clear()
    count.votes[chosen] = 0
    _note(count, "exclusion", chosen, moved, tie, reserved=reserved)


def _hand_on(count: Count, papers: Papers, value: int) -> tuple[dict[int, int], int]:
    """Give each paper to its next preference: (units by person, units that found nobody)."""
    is_there = count.continuing.__contains__
    sorted_papers: defaultdict[int | None, Papers] = defaultdict(list)
    for paper in papers:
        sorted_papers[next(filter(is_there, paper[0]), None)].append(paper)
    lost = value * sum(times for _, times in sorted_papers.pop(None, []))
    moved = {}
    for option, pile in sorted_papers.items():
        assert option is not None
        moved[option] = value * sum(times for _, times in pile)
        count.votes[option] += moved[option]
        count.piles[option][value] += pile
    return moved, lost


def _note(
    count: Count,
    action: str,
    of: int | None,
    moved: dict[int, int],
    tie: Tie | None,
    elected: tuple[int, ...] = (),
    reserved: Reason | None = None,
) -> None:
    """Write the stage down, with those who reach the quota at its end."""
    elected = elected or tuple(_elect(count))
    count.stages.append(
        Stage(
            len(count.stages) + 1,
            action,
            of,
            dict(sorted(moved.items())),
            dict(count.votes),
            count.exhausted,
            count.cut,
            elected,
            tie,
            reserved,
        )
    )


def _elect(count: Count) -> list[int]:
    """Rule 48: those with the quota, most votes first, as far as reserved seats allow."""
    found: list[int] = []
    reached = {o: v for o, v in count.votes.items() if o in count.continuing}
    for tied in ranked({o: v for o, v in reached.items() if v >= count.quota * UNIT}):
        together = []
        # Lots, where reserved seats leave room for some of them only.
        for option in drawn(count.seed, tied, count.votes):
            barred = count.colleges.barred(count.continuing, count.elected, count.seats)
            if option in barred or len(count.elected) >= count.seats:
                continue
            count.elected.append(option)
            count.continuing.discard(option)
            together.append(option)
            if count.votes[option] > count.quota * UNIT:
                count.surpluses.add(option)
        if together:
            count.order.append(tuple(together))
        found += together
    return found


def _choose(
    count: Count, among: Collection[int], best: Callable[[Iterable[int]], int]
) -> tuple[int, Tie | None]:
    """The one with most (or fewest) votes; equal ones by the latest unequal stage, then lots."""
    target = best(count.votes[option] for option in among)
    left = sorted(option for option in among if count.votes[option] == target)
    tied, decided = tuple(left), None
    for stage in reversed(count.stages[:-1]):
        if len(left) == 1:
            break
        target = best(stage.votes[option] for option in left)
        if any(stage.votes[option] != target for option in left):
            left = [option for option in left if stage.votes[option] == target]
            decided = stage.number
    if len(tied) == 1:
        return tied[0], None
    if len(left) > 1:
        return drawn(count.seed, left, count.votes)[0], Tie(tied, None)
    return left[0], Tie(tied, decided)


def _rank(count: Count) -> None:
    """Those elected, in order; then those who stayed to the end, then the excluded ones."""
    left = {option: count.votes[option] for option in count.continuing}
    count.order += ranked(left)
    count.order += [(option,) for option in reversed(count.excluded)]
