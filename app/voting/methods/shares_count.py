"""The Method of Equal Shares with a given share for each voter, in exact integers.

Dominik Peters, Grzegorz Pierczyński and Piotr Skowron, « Proportional Participatory Budgeting with
Additive Utilities », NeurIPS 2021, with costs as utilities. Voters with the same money left are
counted together, and all purses are integers over one denominator that grows with the purchases.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from app.voting.methods.ballots import ApprovalBallot

_MOST_KEPT = 4_000_000
"""Ballots listed in classes that are kept from one run to the next, eight bytes each."""


@dataclass(frozen=True)
class Crowd:
    """Voters who want the same ones among the projects bought so far, so have the same purse.

    A ballot is an integer with a field for each project, that holds how many times it was cast
    where it wants the project: `total`, their sum, counts the supporters of all projects at once.
    """

    ballots: Sequence[int]
    total: int


class Supporters:
    """Who wants what, by classes of voters.

    A class is told by the projects bought so far and which of them it wants, whatever was paid:
    runs with different shares cut voters into the same classes, which are kept.
    """

    def __init__(
        self,
        options: Sequence[int],
        ballots: Mapping[ApprovalBallot, int],
        costs: Mapping[int, int],
    ) -> None:
        self.voters = sum(ballots.values())
        self.costs = costs
        width = self.voters.bit_length()
        self.full = (1 << width) - 1
        self.shift = {option: place * width for place, option in enumerate(options)}
        field_of = {option: 1 << shift for option, shift in self.shift.items()}
        sheets = [
            sum(map(field_of.__getitem__, ballot.approved)) * times
            for ballot, times in ballots.items()
        ]
        self.everyone = Crowd(sheets, sum(sheets))
        self.votes = {option: self.support(option, self.everyone.total) for option in options}
        self._parts: dict[tuple[int, int, int], tuple[Crowd, Crowd]] = {}
        self._kept = 0

    def support(self, option: int, total: int) -> int:
        """How many voters of a total want a project."""
        return total >> self.shift[option] & self.full

    def part(self, bought: int, kind: int, crowd: Crowd, option: int) -> tuple[Crowd, Crowd]:
        """Those of a class who want a project, and the others."""
        key = (bought, kind, option)
        if key not in self._parts:
            if self._kept > _MOST_KEPT:
                self._parts.clear()
                self._kept = 0
            field = self.full << self.shift[option]
            wanting = [ballot for ballot in crowd.ballots if ballot & field]
            others = [ballot for ballot in crowd.ballots if not ballot & field]
            total = sum(wanting)
            self._parts[key] = (Crowd(wanting, total), Crowd(others, crowd.total - total))
            self._kept += len(crowd.ballots)
        return self._parts[key]


@dataclass(frozen=True)
class Purchase:
    """A project that its supporters paid for.

    `price` is the most that any of them paid for each unit of its cost: one over its effective
    number of votes. `full` of them paid that much, the others all they had left.
    """

    option: int
    price: Fraction
    full: int


@dataclass(frozen=True)
class Shares:
    """What a share buys, in order; `left` tells what a project's supporters still hold together."""

    share: Fraction
    bought: tuple[Purchase, ...]
    left: Callable[[int], Fraction]

    @property
    def options(self) -> list[int]:
        """The projects bought."""
        return [purchase.option for purchase in self.bought]


Preference = Callable[[int], tuple[int, ...]]


def buy(
    supporters: Supporters,
    wanted: Sequence[int],
    share: Fraction,
    preference: Preference,
    guide: Sequence[Purchase] | None = None,
) -> Shares | None:
    """Buy, again and again, the project with the lowest price; `preference` decides equal ones.

    Projects `wanted` have supporters and a cost.

    With a `guide`, bought with a smaller share: None unless every share between the two buys the
    same projects in the same order. As long as the order is the same, a larger share leaves more in
    each purse and so lowers each price; it is enough that no other project's price here goes below
    the chosen one's price there.
    """
    market = _Market(supporters, share)
    # A price never goes down during a run: the last one known is a lower bound.
    bounds = {option: Fraction(1, supporters.votes[option]) for option in wanted}
    bought: list[Purchase] = []
    while True:
        ceiling = guide[len(bought)].price if guide and len(bought) < len(guide) else Fraction(0)
        offers = _offers(market, bounds, ceiling)
        if not offers:
            break
        price, _, option, need, payers = min(
            (price, preference(option), option, need, payers)
            for option, (price, need, payers) in offers.items()
        )
        if guide is not None and not _is_sure(guide, len(bought), option, offers, preference):
            return None
        market.pay(option, need, payers)
        bought.append(Purchase(option, price, payers))
        del bounds[option]
    if guide is not None and len(bought) < len(guide):
        return None
    return Shares(share, tuple(bought), market.money)


def _offers(
    market: "_Market", bounds: dict[int, Fraction], ceiling: Fraction
) -> dict[int, tuple[Fraction, int, int]]:
    """Prices of all projects that could be the lowest, or under the ceiling; forgets the others."""
    offers: dict[int, tuple[Fraction, int, int]] = {}
    lowest = None
    for option in sorted(bounds, key=bounds.__getitem__):
        if lowest is not None and bounds[option] > max(lowest, ceiling):
            break
        found = market.price(option)
        if found is None:
            del bounds[option]
            continue
        price = Fraction(found[0], found[1] * market.scale * market.costs[option])
        bounds[option] = price
        offers[option] = (price, *found)
        lowest = price if lowest is None else min(lowest, price)
    return offers


def _is_sure(
    guide: Sequence[Purchase],
    place: int,
    option: int,
    offers: Mapping[int, tuple[Fraction, int, int]],
    preference: Preference,
) -> bool:
    if place >= len(guide) or guide[place].option != option:
        return False
    bar = (guide[place].price, preference(option))
    return all(bar <= (offer[0], preference(other)) for other, offer in offers.items())


class _Market:
    """Purses of one run by class of voters, numerators over `scale`; empty ones are left out.

    `classes` gives a purse and its holders by the projects they want among those `bought`, both
    as sets of bits.
    """

    def __init__(self, supporters: Supporters, share: Fraction) -> None:
        self.supporters, self.costs = supporters, supporters.costs
        self.scale = share.denominator
        self.bought = 0
        self.classes = {0: (share.numerator, supporters.everyone)} if share else {}
        self._look()

    def price(self, option: int) -> tuple[int, int] | None:
        """What those who can pay a full part share: (amount over scale, how many they are).

        None when all supporters together cannot pay.
        """
        shift, full = self.supporters.shift[option], self.supporters.full
        need, payers = self.costs[option] * self.scale, self.alive >> shift & full
        for purse, total in self.by_purse:
            if purse * payers >= need:
                return (need, payers) if payers else None
            voters = total >> shift & full
            need -= purse * voters
            payers -= voters
        return None

    def pay(self, option: int, need: int, payers: int) -> None:
        """Take `need` from supporters, in equal parts from those who can, all from the others."""
        factor = payers // gcd(need, payers)
        part = need * factor // payers
        bit = 1 << self.supporters.shift[option]
        field = bit * self.supporters.full
        left: dict[int, tuple[int, Crowd]] = {}
        for kind, (purse, crowd) in self.classes.items():
            money = purse * factor
            if not crowd.total & field:
                left[kind] = (money, crowd)
                continue
            wanting, others = self.supporters.part(self.bought, kind, crowd, option)
            if others.ballots:
                left[kind] = (money, others)
            if money > part:
                left[kind | bit] = (money - part, wanting)
        self.classes = left
        self.scale *= factor
        self.bought |= bit
        self._look()

    def money(self, option: int) -> Fraction:
        """What the supporters of a project have left, together."""
        support = self.supporters.support
        total = sum(purse * support(option, crowd) for purse, crowd in self.by_purse)
        return Fraction(total, self.scale)

    def _look(self) -> None:
        """Put the purses in order, and count who still has one."""
        self.by_purse = sorted((purse, crowd.total) for purse, crowd in self.classes.values())
        self.alive = sum(total for _, total in self.by_purse)
