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


def drawn(seed: str, tied: Iterable[int], options: Iterable[int]) -> list[int]:
    """Lots: those tied in the order of the SHA-256 of "seed:place", which anyone can redo.

    A place is an option's among all `options`, by rising number and from 1: the published file,
    where options have no other number, draws the same lots.
    """
    places = {option: place for place, option in enumerate(sorted(options), start=1)}
    digests = {o: hashlib.sha256(f"{seed}:{places[o]}".encode()).digest() for o in tied}
    return sorted(digests, key=lambda option: (digests[option], option))


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
            everyone = chain.from_iterable(ranking)
            return tuple(winners + drawn(seed, tied, everyone)[:left]), list(tied)
        winners += tied
    return tuple(winners), []


def decimal(numerator: int, denominator: int, places: int) -> str:
    """A quotient of natural numbers in figures, cut (not rounded) after so many decimals."""
    whole, rest = divmod(numerator * 10**places // denominator, 10**places)
    return f"{whole}.{rest:0{places}d}"
