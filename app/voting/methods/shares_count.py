"""The Method of Equal Shares with a given share for each voter, in exact integers.

Dominik Peters, Grzegorz Pierczyński and Piotr Skowron, « Proportional Participatory Budgeting with
Additive Utilities », NeurIPS 2021, with costs as utilities. Voters with the same money left are
counted together, and all purses are integers over one denominator that grows with the purchases.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from app.voting.methods.ballots import ApprovalBallot

_MOST_KEPT = 40
"""Ways of cutting voters into classes kept for the next runs, about a megabyte each."""


@dataclass(frozen=True)
class Classes:
    """Voters by which of the projects bought so far they want: those of a class paid the same.

    A class is called by these projects, as a set of bits. `of` is the class of each ballot;
    `holders` the sum of the ballots of each class.
    """

    bought: int
    of: Sequence[int]
    holders: Mapping[int, int]


class Supporters:
    """Who wants what.

    A ballot is an integer with a field for each project, that holds how many times it was cast
    where it wants the project: the sum of ballots counts the supporters of every project at once.
    Classes depend on what was bought and not on shares, so that runs with other shares use them.
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
        self.bits = {option: 1 << place for place, option in enumerate(options)}
        field_of = {option: 1 << shift for option, shift in self.shift.items()}
        self._wanting: dict[int, list[int]] = {option: [] for option in options}
        self._ballots: list[int] = []
        for place, (ballot, times) in enumerate(ballots.items()):
            self._ballots.append(sum(map(field_of.__getitem__, ballot.approved)) * times)
            for option in ballot.approved:
                self._wanting[option].append(place)
        everyone = sum(self._ballots)
        self.votes = {option: self.support(option, everyone) for option in options}
        self.everyone = Classes(0, [0] * len(self._ballots), {0: everyone})
        self._kept: dict[int, Classes] = {}

    def support(self, option: int, holders: int) -> int:
        """How many voters of a sum of ballots want a project."""
        return holders >> self.shift[option] & self.full

    def after(self, classes: Classes, option: int) -> Classes:
        """The classes once a further project is bought."""
        bit = self.bits[option]
        bought = classes.bought | bit
        if bought not in self._kept:
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[bought] = self._cut(classes, option, bit)
        return self._kept[bought]

    def _cut(self, classes: Classes, option: int, bit: int) -> Classes:
        of, holders = list(classes.of), dict(classes.holders)
        parted: defaultdict[int, list[int]] = defaultdict(list)
        for place in self._wanting[option]:
            parted[of[place]].append(place)
        for kind, places in parted.items():
            moved = sum(map(self._ballots.__getitem__, places))
            holders[kind] -= moved
            if not holders[kind]:
                del holders[kind]
            holders[kind | bit] = moved
            wanting = kind | bit
            for place in places:
                of[place] = wanting
        return Classes(classes.bought | bit, of, holders)


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
    """Purses of one run by class of voters, numerators over `scale`; empty ones are left out."""

    def __init__(self, supporters: Supporters, share: Fraction) -> None:
        self.supporters, self.costs = supporters, supporters.costs
        self.scale = share.denominator
        self.classes = supporters.everyone
        self.purses = {0: share.numerator} if share else {}
        self._look()

    def price(self, option: int) -> tuple[int, int] | None:
        """What those who can pay a full part share: (amount over scale, how many they are).

        None when all supporters together cannot pay.
        """
        shift, full = self.supporters.shift[option], self.supporters.full
        need, payers = self.costs[option] * self.scale, self.able >> shift & full
        for money, holders in self.by_money:
            if money * payers >= need:
                return (need, payers) if payers else None
            voters = holders >> shift & full
            need -= money * voters
            payers -= voters
        return None

    def pay(self, option: int, need: int, payers: int) -> None:
        """Take `need` from supporters, in equal parts from those who can, all from the others."""
        factor = payers // gcd(need, payers)
        part = need * factor // payers
        bit = self.supporters.bits[option]
        self.scale *= factor
        self.classes = self.supporters.after(self.classes, option)
        there = self.classes.holders
        left: dict[int, int] = {}
        for kind, purse in self.purses.items():
            money = purse * factor
            if kind in there:
                left[kind] = money
            if money > part and kind | bit in there:
                left[kind | bit] = money - part
        self.purses = left
        self._look()

    def money(self, option: int) -> Fraction:
        """What the supporters of a project have left, together."""
        support = self.supporters.support
        total = sum(money * support(option, holders) for money, holders in self.by_money)
        return Fraction(total, self.scale)

    def _look(self) -> None:
        """Put the purses in order, the lightest first."""
        there = self.classes.holders
        self.by_money = sorted((purse, there[kind]) for kind, purse in self.purses.items())
        self.able = sum(holders for _, holders in self.by_money)
