"""What every counting method offers: read a ballot, write it the one way, count grouped ballots.

Arithmetic is in `int` and `Fraction`, never floats. Ballots come grouped by content, so that a
count costs as much as there are different ballots, however many people voted.

A method lives in one module of this folder and is found there by itself: its key is what polls
keep, its words are what people read, its `holds` says what a ballot of a file must carry.
"""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Generic, Literal, TypeVar

# Longer numbers are no identifier of ours, and Python refuses to read them past 4,300 digits.
_MAX_DIGITS = 18

Holds = Literal["choice", "approval", "ranking", "grades", "points"]
"""What ballots carry: an answer, a set of options, tiers of options, grades or points by option."""

Name = Callable[[int], Any]
"""How an explanation calls an option: by its number in a database, by its name in a file."""


class InvalidBallot(ValueError):
    """A ballot that the rules do not accept; its message is a French sentence for the voter."""


class InvalidRules(ValueError):
    """Rules that a method does not accept; its message is a French sentence for the team."""


class InvalidCount(ValueError):
    """Ballots that cannot be counted as they are; its message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Ballot(ABC):
    """One voter's choice in canonical form: two ballots that say the same are equal."""

    @property
    @abstractmethod
    def is_blank(self) -> bool:
        """Whether the voter chose to vote blank."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """What `Method.parse` reads back into an equal ballot."""

    def dumps(self) -> str:
        """The one JSON text of this ballot, by which identical ballots are grouped."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Rules(ABC):
    """What is fixed before the poll opens and shown on its page."""

    @abstractmethod
    def to_json(self, name: Name = str) -> dict[str, Any]:
        """What `Method.rules` reads back into equal rules, where options keep their numbers."""


@dataclass(frozen=True)
class Result(ABC):
    """What came out of a count, with what a person needs to redo it by hand.

    `ballots` counts every ballot, blank ones included. `ranking` goes from first to last, options
    that nothing separates standing together; `winners` is empty when nothing is adopted.
    `rules` are the method's own.
    """

    method: str
    options: tuple[int, ...]
    ballots: int
    blank: int
    ranking: tuple[tuple[int, ...], ...]
    winners: tuple[int, ...]

    @property
    def null(self) -> int:
        """Ballots among `ballots` that the method itself had to set aside."""
        return 0

    @abstractmethod
    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        """What a person needs to redo the count by hand, step after step, ready for JSON."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """A plain dictionary, ready for `json.dumps`; exact fractions are written "2/3"."""

    def base_json(self) -> dict[str, Any]:
        """The part of `to_json` that every method shares."""
        return {
            "method": self.method,
            "options": list(self.options),
            "ballots": self.ballots,
            "blank": self.blank,
            "ranking": [list(tied) for tied in self.ranking],
            "winners": list(self.winners),
        }


B = TypeVar("B", bound=Ballot)
R = TypeVar("R", bound=Rules)
C = TypeVar("C", bound=Result, covariant=True)


class Method(ABC, Generic[B, R, C]):
    """A way to vote and to count. Stateless: one instance serves every poll.

    `label` names it in a list of choices, `how` and `ties` explain it to a voter, `place` is where
    it stands in a list. `ballot` makes a ballot from the content that `holds` announces, the
    empty one for a blank vote. `asks` names the rules that whoever opens a poll is asked for, and
    `each` what comes with every option, if anything: its "cost", or its "college".
    """

    key: ClassVar[str]
    place: ClassVar[int]
    label: ClassVar[str]
    how: ClassVar[str]
    ties: ClassVar[str]
    holds: ClassVar[Holds]
    ballot: ClassVar[type[Any]]
    asks: ClassVar[tuple[str, ...]] = ()
    each: ClassVar[str] = ""

    @abstractmethod
    def rules(self, raw: Mapping[str, Any]) -> R:
        """The rules written in JSON, the usual ones where a key is missing.

        Raises:
            InvalidRules: an unknown key or an unacceptable value.
        """

    @abstractmethod
    def parse(self, options: Sequence[int], raw: object, rules: R) -> B:
        """The canonical ballot for what a form or a JSON text gave.

        Raises:
            InvalidBallot: whatever `raw` is, when it is not a ballot for these options.
        """

    def check(self, ballot: B, rules: R) -> None:
        """Refuse a well-written ballot that these rules do not accept; every one by default.

        On paper such a ballot is null.

        Raises:
            InvalidBallot: too many ticks, too many dots.
        """

    @abstractmethod
    def count(self, options: Sequence[int], ballots: Mapping[B, int], rules: R) -> C:
        """The result, from how many times each different ballot was cast.

        The order of `options` and of `ballots` never changes who wins.

        Raises:
            InvalidCount: an option twice, a negative number, or head-counts that contradict
                the ballots.
        """

    def loads(self, options: Sequence[int], text: str, rules: R) -> B:
        """The ballot written by `Ballot.dumps`; raises InvalidBallot for anything else."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidBallot("Ce bulletin est illisible.") from error
        return self.parse(options, raw, rules)

    def group(
        self, options: Sequence[int], texts: Iterable[tuple[str, int]], rules: R
    ) -> Counter[B]:
        """Ballots ready to count, from pairs (JSON text, how many times it was cast)."""
        ballots: Counter[B] = Counter()
        for text, times in texts:
            ballots[self.loads(options, text, rules)] += times
        return ballots


def check_count(options: Sequence[int], ballots: Mapping[Any, int]) -> None:
    """Refuse what no method can count.

    Raises:
        InvalidCount: an option appears twice, or a ballot a negative number of times.
    """
    if len(set(options)) != len(options):
        raise InvalidCount("Une même option figure deux fois dans ce scrutin.")
    if ballots and min(ballots.values()) < 0:
        raise InvalidCount("Un bulletin ne peut pas être compté un nombre négatif de fois.")


def mapping_of(raw: object, allowed: set[str]) -> Mapping[str, Any]:
    """`raw` itself, if it is a mapping with only these keys.

    Raises:
        InvalidBallot: it is something else.
    """
    if not isinstance(raw, Mapping) or not all(key in allowed for key in raw):
        raise InvalidBallot("Ce bulletin est illisible.")
    return raw


def is_blank(raw: Mapping[str, Any]) -> bool:
    """Whether a form or a JSON text says that the ballot is blank.

    Raises:
        InvalidBallot: it says blank and something else at the same time.
    """
    blank = raw.get("blank") in (True, "true", "1", "on")
    if blank and len(raw) > 1:
        raise InvalidBallot("Un bulletin blanc ne porte aucun autre choix.")
    return blank


def integer(raw: object) -> int | None:
    """The natural number in a JSON number or in the text of a form field, or None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw if raw >= 0 else None
    if isinstance(raw, str) and raw.isascii() and raw.isdecimal() and len(raw) <= _MAX_DIGITS:
        return int(raw)
    return None


def check_keys(raw: Mapping[str, Any], allowed: set[str]) -> None:
    """Refuse rules with a key that the method does not know.

    Raises:
        InvalidRules: a key is unknown; a misspelt rule must not be silently ignored.
    """
    unknown = sorted(str(key) for key in raw if key not in allowed)
    if unknown:
        raise InvalidRules(f"Règle inconnue pour ce mode de scrutin : {', '.join(unknown)}.")


def fraction(raw: object) -> Fraction | None:
    """The fraction written "2/3" or "1", or None; never from a float."""
    if not isinstance(raw, str):
        return None
    above, slash, below = raw.partition("/")
    numerator = integer(above)
    denominator = integer(below) if slash else 1
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)
