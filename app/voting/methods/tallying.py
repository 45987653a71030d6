"""What several methods do with totals: add them up, put them in order, fill seats."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

Mark = TypeVar("Mark")
Ranking = tuple[tuple[int, ...], ...]


def totals(ballots: Iterable[tuple[Sequence[Mark], int]]) -> Counter[Mark]:
    """How many voters made each mark, from pairs (the marks of a ballot, how many times cast)."""
    by_times: defaultdict[int, list[Sequence[Mark]]] = defaultdict(list)
    for marks, times in ballots:
        by_times[times].append(marks)
    found: Counter[Mark] = Counter()
    for times, sheets in by_times.items():
        # One pass in C for all ballots cast the same number of times.
        for mark, number in Counter(chain.from_iterable(sheets)).items():
            found[mark] += number * times
    return found


def ranked(scores: Mapping[int, int]) -> Ranking:
    """Options from the highest score to the lowest, equal ones together by rising number."""
    tiers: defaultdict[int, list[int]] = defaultdict(list)
    for option, score in scores.items():
        tiers[score].append(option)
    return tuple(tuple(sorted(tiers[score])) for score in sorted(tiers, reverse=True))


def drawn(seed: str, options: Iterable[int]) -> list[int]:
    """Lots: options in the order of the SHA-256 of "seed:number", which anyone can redo."""
    return sorted(
        options, key=lambda option: (hashlib.sha256(f"{seed}:{option}".encode()).digest(), option)
    )


def seated(ranking: Ranking, seats: int, seed: str | None) -> tuple[tuple[int, ...], list[int]]:
    """Who takes the seats, and the options between which lots were drawn for the last ones.

    Without a seed nobody draws: all those tied for the last seats win, and there are more
    winners than seats.
    """
    winners: list[int] = []
    for tied in ranking:
        left = seats - len(winners)
        if left <= 0:
            break
        if len(tied) > left and seed is not None:
            return tuple(winners + drawn(seed, tied)[:left]), list(tied)
        winners += tied
    return tuple(winners), []


def decimal(numerator: int, denominator: int, places: int) -> str:
    """A quotient of natural numbers in figures, cut (not rounded) after so many decimals."""
    whole, rest = divmod(numerator * 10**places // denominator, 10**places)
    return f"{whole}.{rest:0{places}d}"
