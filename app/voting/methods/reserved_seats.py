"""Seats that an election keeps for a collège: the fewest of its members that must be elected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.voting.methods.base import InvalidRules, Name, integer


@dataclass(frozen=True)
class College:
    """People of a kind, and how many seats at least are theirs."""

    name: str
    members: frozenset[int]
    reserved: int


@dataclass(frozen=True)
class Reason:
    """Why reserved seats, and not votes alone, chose who leaves or takes the last seats.

    `cause` is "barred" (all `left` seats are reserved for others than `people`) or "guarded"
    (`people` had no more votes, and stay for a seat of theirs); `colleges` own those seats.
    """

    cause: str
    left: int
    colleges: tuple[str, ...]
    people: tuple[int, ...]

    def to_json(self, name: Name) -> dict[str, Any]:
        return {
            "cause": self.cause,
            "left": self.left,
            "colleges": list(self.colleges),
            "people": [name(option) for option in self.people],
        }


@dataclass(frozen=True)
class Colleges:
    """Every collège of an election; a candidate is in one at most."""

    colleges: tuple[College, ...] = ()

    def __post_init__(self) -> None:
        if sum(len(college.members) for college in self.colleges) != len(self.members):
            raise InvalidRules("Une personne ne peut pas être de deux collèges.")

    @property
    def members(self) -> frozenset[int]:
        """Everyone who is in a collège."""
        return frozenset().union(*(college.members for college in self.colleges))

    @property
    def reserved_seats(self) -> int:
        """Seats that are reserved and have someone to take them."""
        return sum(min(college.reserved, len(college.members)) for college in self.colleges)

    def missing(self, college: College, elected: Collection[int]) -> int:
        """Seats of a collège that are still to be filled."""
        wanted = min(college.reserved, len(college.members))
        return max(0, wanted - len(college.members.intersection(elected)))

    def wanting(self, elected: Collection[int]) -> tuple[str, ...]:
        """Names of the collèges that still have a reserved seat to fill."""
        return tuple(c.name for c in self.colleges if self.missing(c, elected))

    def guarded(self, continuing: Collection[int], elected: Collection[int]) -> set[int]:
        """Candidates who may not be excluded: their collège needs every one of them."""
        found: set[int] = set()
        for college in self.colleges:
            there = college.members.intersection(continuing)
            if there and len(there) <= self.missing(college, elected):
                found |= there
        return found

    def barred(self, continuing: Collection[int], elected: Collection[int], seats: int) -> set[int]:
        """Candidates who can no longer be elected: all seats left are reserved for others."""
        wanting = [college for college in self.colleges if self.missing(college, elected)]
        if not wanting:
            return set()
        if sum(self.missing(college, elected) for college in wanting) < seats - len(elected):
            return set()
        awaited: frozenset[int] = frozenset().union(*(college.members for college in wanting))
        return set(continuing) - awaited

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {
            college.name: {
                "members": [name(option) for option in sorted(college.members)],
                "reserved": college.reserved,
            }
            for college in self.colleges
        }


def colleges_of(raw: object) -> Colleges:
    """Collèges written `{"habitants": {"members": [1, 2], "reserved": 1}}`.

    Raises:
        InvalidRules: it is something else.
    """
    if not isinstance(raw, Mapping):
        raise InvalidRules("Un collège donne ses membres et ses sièges réservés.")
    colleges = []
    for name, about in raw.items():
        known = isinstance(about, Mapping) and set(about) == {"members", "reserved"}
        members = [integer(member) for member in about["members"]] if known else [None]
        reserved = integer(about["reserved"]) if known else None
        clear = frozenset(member for member in members if member is not None)
        if reserved is None or len(clear) != len(members):
            raise InvalidRules("Un collège donne ses membres et ses sièges réservés.")
        colleges.append(College(str(name), clear, reserved))
    return Colleges(tuple(sorted(colleges, key=lambda college: college.name)))
