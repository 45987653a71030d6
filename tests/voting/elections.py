"""Ballots for the tests of counting methods, written as people write them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from app.voting.methods.ballots import ApprovalBallot, RankingBallot

LETTERS = "ABCDEFGH"

unhurried = settings(deadline=None, max_examples=50)
"""A busy machine is not a broken count."""


def rankings(text: str) -> Counter[RankingBallot]:
    """« 3 A>B=C, 2 B »: three voters put A first, then B and C together; two only rank B.

    Options are numbered from 1 in the order of the alphabet; « ABC » says A>B>C.
    """
    found: Counter[RankingBallot] = Counter()
    for part in text.replace("\n", " ").split(","):
        times, order = part.split()
        tiers = order.split(">") if ">" in order or "=" in order else list(order)
        found[RankingBallot(tuple(numbers(tier) for tier in tiers))] += int(times)
    return found


def approvals(*sets: str) -> list[ApprovalBallot]:
    """« AB » wants A and B; « 3 AB » three times."""
    found = []
    for each in sets:
        times, letters = each.split() if " " in each else ("1", each)
        found += [ApprovalBallot(numbers(letters))] * int(times)
    return found


def numbers(letters: str) -> tuple[int, ...]:
    return tuple(sorted(LETTERS.index(letter) + 1 for letter in letters if letter != "="))


def names(tiers: Iterable[Iterable[int]]) -> str:
    """« A>BC »."""
    return ">".join("".join(LETTERS[option - 1] for option in tier) for tier in tiers)


def letters(options: Iterable[int]) -> str:
    return "".join(LETTERS[option - 1] for option in options)


def weak_orders(options: int) -> Any:
    """Rankings of some of the options, with ties: all that a ballot may say."""
    return st.dictionaries(st.integers(1, options), st.integers(1, options)).map(_tiers)


def strict_orders(options: int) -> Any:
    """Rankings of some of the options, without ties."""
    whole = st.permutations(range(1, options + 1))
    return st.tuples(whole, st.integers(0, options)).map(
        lambda cut: RankingBallot(tuple((option,) for option in cut[0][: cut[1]]))
    )


def approval_sets(options: int) -> Any:
    return st.frozensets(st.integers(1, options)).map(lambda s: ApprovalBallot(tuple(sorted(s))))


def _tiers(ranks: dict[int, int]) -> RankingBallot:
    return RankingBallot(
        tuple(
            tuple(sorted(option for option, given in ranks.items() if given == rank))
            for rank in sorted(set(ranks.values()))
        )
    )
