"""An election as a file tells it, whatever the format, and what every format shares.

Options are numbered from 1 in the order of `names`; contents are what the ballots of counting
methods hold (see `app.voting.methods.base.Holds`), with scores where ballots hold points.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.voting.methods.base import Holds

MOST_BYTES = 64 * 1024 * 1024
MOST_OPTIONS = 1000
MOST_TIMES = 10**12

Content = Any
"""A word, a set of options, tiers of options, or pairs (option, number), as tuples."""


class FormatError(ValueError):
    """A file that cannot be read; its message is a French sentence, after the line at fault."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        self.sentence, self.line = sentence, line
        super().__init__(sentence if line is None else f"Ligne {line} : {sentence}")


@dataclass(frozen=True)
class Election:
    """What was voted upon, and every ballot that is neither blank nor null, by content.

    `ids` are how a file calls options where it has codes beside names. `grades` are words, best
    first; `top` is the highest score a ballot could give. Amounts are whole, in hundredths where
    `unit` is 100. `rules` are those that the file publishes, for the method of key `method`, and
    `registered` the people on the roll; `dates` are the first and last day, written 31.12.2026.
    """

    holds: Holds
    names: tuple[str, ...]
    ballots: Mapping[Content, int]
    blank: int = 0
    null: int = 0
    title: str = ""
    ids: tuple[str, ...] = ()
    seats: int | None = None
    grades: tuple[str, ...] = ()
    top: int | None = None
    costs: tuple[int, ...] = ()
    budget: int | None = None
    unit: int = 1
    minimum: int = 0
    method: str | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)
    registered: int | None = None
    dates: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if len(self.names) > MOST_OPTIONS:
            raise FormatError(f"Il y a plus de {MOST_OPTIONS} options.")
        if len(set(self.names)) != len(self.names):
            raise FormatError("Deux options portent le même nom.")
        if sum(self.ballots.values()) + self.blank + self.null > MOST_TIMES:
            raise FormatError("Il y a plus de bulletins que ce compteur n’en compte.")

    @property
    def called(self) -> tuple[str, ...]:
        """How options are called: by their codes, or else by their names."""
        return self.ids or self.names


Reader = Callable[[str, Holds], Election]
"""Reads a text for a method that counts ballots of a kind; raises FormatError."""

Writer = Callable[[Election], str]
"""Writes an election; raises FormatError when the format cannot hold it."""


@dataclass(frozen=True)
class Format:
    """A format by its key, with the endings of its files' names."""

    key: str
    endings: tuple[str, ...]
    read: Reader
    write: Writer


class Options:
    """The options of a file while it is read, numbered from 1 as they are found."""

    def __init__(self, names: list[str] | None = None) -> None:
        self.numbers: dict[str, int] = {}
        self.names: list[str] = []
        for name in names or []:
            self.add(name, None)

    def add(self, key: str, line: int | None, name: str | None = None) -> int:
        """A new option, called by `key` on ballots.

        Raises:
            FormatError: there is one already, or there are too many.
        """
        if key in self.numbers:
            raise FormatError(f"L’option « {key} » figure deux fois.", line)
        if len(self.names) >= MOST_OPTIONS:
            raise FormatError(f"Il y a plus de {MOST_OPTIONS} options.", line)
        self.names.append(key if name is None else name)
        self.numbers[key] = len(self.names)
        return len(self.names)

    def number(self, key: str, line: int | None) -> int:
        """The number of a known option; raises FormatError."""
        try:
            return self.numbers[key]
        except KeyError:
            raise FormatError(f"L’option « {key[:60]} » n’existe pas.", line) from None


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises:
        FormatError: it is too large, empty, or no text.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"Le fichier dépasse {MOST_BYTES // 1024 // 1024} Mo.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError("Ce texte n’est pas en UTF-8.", line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError("Ce fichier n’est pas un texte.", line)
    if not text.strip():
        raise FormatError("Ce fichier est vide.", 1)
    return text


def natural(text: str, what: str, line: int | None, most: int = MOST_TIMES) -> int:
    """The natural number in figures; raises FormatError, naming what it is for."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 18) or int(text) > most:
        raise FormatError(f"{what} s’écrit en chiffres, jusqu’à {most}.", line)
    return int(text)


@lru_cache(1 << 16)
def shared(*numbers: int) -> tuple[int, ...]:
    """The same tuple each time: millions of marks on ballots are a few different ones."""
    return numbers


def tiers_of(tiers: Iterable[Iterable[int]]) -> Content:
    """Tiers of options, the preferred first, as ballots hold them."""
    return tuple([shared(*sorted(tier)) for tier in tiers])


def score_pairs(scores: Mapping[int, int]) -> Content:
    """Pairs (option, score) by rising option."""
    return tuple([shared(option, scores[option]) for option in sorted(scores)])


def ranked_by_score(ballots: Mapping[Content, int]) -> Counter[Content]:
    """Scores read as rankings: equal scores are ties, options without a score are left out."""
    found: Counter[Content] = Counter()
    for pairs, times in ballots.items():
        found[by_score(dict(pairs))] += times
    return found


def by_score(scores: Mapping[int, int]) -> Content:
    """Options with a score as tiers, the highest first."""
    tiers: dict[int, list[int]] = {}
    for option, score in scores.items():
        tiers.setdefault(score, []).append(option)
    return tiers_of(tiers[score] for score in sorted(tiers, reverse=True))
