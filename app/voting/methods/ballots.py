"""The ballots that several methods count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from app.voting.methods.base import (
    Ballot,
    InvalidBallot,
    InvalidCount,
    integer,
    is_blank,
    mapping_of,
)

UNKNOWN = "Un bulletin porte sur une option qui n’est pas proposée."


@dataclass(frozen=True, slots=True)
class ApprovalBallot(Ballot):
    """The options that suit the voter, by rising number; none is a blank ballot."""

    approved: tuple[int, ...]

    def __post_init__(self) -> None:
        if list(self.approved) != sorted(set(self.approved)):
            raise InvalidBallot("Un bulletin ne coche une option qu’une fois.")

    @property
    def is_blank(self) -> bool:
        return not self.approved

    def to_json(self) -> dict[str, Any]:
        return {"approved": list(self.approved)} if self.approved else {"blank": True}


@dataclass(frozen=True, slots=True)
class RankingBallot(Ballot):
    """Tiers of options, the preferred one first; options of a tier by rising number.

    Options left out are under all the others. No tier is a blank ballot.
    """

    tiers: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        named = list(chain.from_iterable(self.tiers))
        if len(set(named)) != len(named):
            raise InvalidBallot("Un bulletin ne classe une option qu’une fois.")
        if len(named) != len(self.tiers) and not all(
            tier and list(tier) == sorted(tier) for tier in self.tiers
        ):
            raise InvalidBallot("Ce bulletin est illisible.")

    @property
    def is_blank(self) -> bool:
        return not self.tiers

    def to_json(self) -> dict[str, Any]:
        return {"ranking": [list(tier) for tier in self.tiers]} if self.tiers else {"blank": True}


def approval_ballot(options: Sequence[int], raw: object) -> ApprovalBallot:
    """The ballot in `{"approved": [3, "7"]}` or `{"blank": true}`.

    Raises:
        InvalidBallot: it is something else, or says nothing.
    """
    given = mapping_of(raw, {"approved", "blank"})
    if is_blank(given):
        return ApprovalBallot(())
    found = _options(options, given.get("approved"))
    if not found:
        raise InvalidBallot("Cochez au moins une option, ou votez blanc.")
    return ApprovalBallot(tuple(sorted(found)))


def ranking_ballot(options: Sequence[int], raw: object) -> RankingBallot:
    """The ballot in `{"ranking": [[3], [1, 7]]}`, or `{"ranks": {"3": "1", "1": "2"}}` of a form.

    Equal ranks are a tie; empty ranks are options left out, and a missing rank is no hole.

    Raises:
        InvalidBallot: it is something else, or says nothing.
    """
    given = mapping_of(raw, {"ranking", "ranks", "blank"})
    if is_blank(given):
        return RankingBallot(())
    if "ranks" in given and "ranking" not in given:
        tiers = _tiers(options, given["ranks"])
    else:
        ranking = given.get("ranking")
        if not isinstance(ranking, list | tuple):
            raise InvalidBallot("Classez au moins une option, ou votez blanc.")
        tiers = [sorted(_options(options, tier)) for tier in ranking]
    if not tiers or not all(tiers):
        raise InvalidBallot("Classez au moins une option, ou votez blanc.")
    return RankingBallot(tuple(tuple(tier) for tier in tiers))


def check_options(options: Sequence[int], named: set[int]) -> None:
    """Refuse to count ballots of another poll.

    Raises:
        InvalidCount: a ballot names an option that is not there.
    """
    if not named.issubset(options):
        raise InvalidCount("Un bulletin ne correspond pas aux options de ce scrutin.")


def _options(options: Sequence[int], raw: object) -> list[int]:
    if not isinstance(raw, list | tuple):
        raise InvalidBallot("Ce bulletin est illisible.")
    found = [integer(option) for option in raw]
    known = [option for option in found if option is not None and option in options]
    if len(known) != len(found):
        raise InvalidBallot(UNKNOWN)
    return known


def _tiers(options: Sequence[int], raw: object) -> list[list[int]]:
    if not isinstance(raw, Mapping):
        raise InvalidBallot("Ce bulletin est illisible.")
    by_rank: dict[int, list[int]] = {}
    for option, typed in raw.items():
        (known,) = _options(options, [option])
        if typed in ("", None):
            continue
        rank = integer(typed)
        if not rank:
            raise InvalidBallot("Un rang s’écrit en chiffres : 1 pour votre préférée.")
        by_rank.setdefault(rank, []).append(known)
    return [sorted(by_rank[rank]) for rank in sorted(by_rank)]
