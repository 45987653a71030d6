"""A draw by lot that anyone can do again: a list of numbers, a seed, and SHA-256.

The order is that of SHA-256("seed:number"). Without strata, the first numbers are drawn. With
strata, seats are dealt in turn: the strata in the order of their first number, one seat each, then
again until no seat is left. Everyone else is a substitute, in the order.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """Numbers in the order they were drawn, those who wait in theirs, and each one's stratum."""

    chosen: tuple[int, ...]
    waiting: tuple[int, ...]
    strata: Mapping[int, str]


def rank(seed: str, number: int) -> str:
    """What numbers are sorted by: SHA-256 of « seed:number », in hexadecimal."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def commitment_of(seed: str) -> str:
    """What is published before the draw: nobody finds the seed from it, nor another seed."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, strata: Mapping[int, str], seats: int) -> Drawn:
    """Draw so many of the numbers; fewer where there are not as many.

    Args:
        strata: of each number, its stratum; the same for all where there are none.
    """
    order = sorted(strata, key=lambda number: rank(seed, number))
    queues: dict[str, list[int]] = {}
    for number in order:
        queues.setdefault(strata[number], []).append(number)
    chosen: list[int] = []
    while len(chosen) < min(seats, len(order)):
        for queue in queues.values():
            if queue and len(chosen) < seats:
                chosen.append(queue.pop(0))
    waiting = tuple(number for number in order if number not in set(chosen))
    return Drawn(tuple(chosen), waiting, dict(strata))


def called(drawn: Drawn, refused: Iterable[int]) -> tuple[int, ...]:
    """Who is called once some have refused, in that order.

    Each gives way to the first who waits of the same stratum, or to the first of all.
    """
    now, waiting = list(drawn.chosen), list(drawn.waiting)
    for number in refused:
        place = now.index(number)
        after = _next(drawn.strata, waiting, drawn.strata[number])
        if after is None:
            now.pop(place)
        else:
            now[place] = after
            waiting.remove(after)
    return tuple(now)


def _next(strata: Mapping[int, str], waiting: Sequence[int], stratum: str) -> int | None:
    alike = [number for number in waiting if strata[number] == stratum]
    return next(iter(alike or waiting), None)
