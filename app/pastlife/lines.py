"""A line of a table as its kind reads it: what was typed, what is wrong, what is understood."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from app.core.i18n import _, _l
from app.pastlife.values import Unreadable

T = TypeVar("T")

REFERENCE = "reference"
Words = list[tuple[str, str]]
"""(what it is, what it says), for the page."""


@dataclass(frozen=True)
class Column:
    """A column of a model: its head, what to write in it, and an example.

    `also` are other heads by which it is known, as `values.plain` gives them.
    """

    key: str
    label: Any
    help: Any
    example: str = ""
    is_required: bool = False
    also: tuple[str, ...] = ()


class Line:
    """A line being read; each refusal is kept, so that all are told at once."""

    def __init__(self, number: int, typed: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.number, self.typed, self._labels = number, typed, labels
        self.problems: list[tuple[str, str, str]] = []

    def __getitem__(self, key: str) -> str:
        return self.typed.get(key, "")

    def read(self, key: str, reader: Callable[[str], T]) -> T | None:
        """What a cell says; None for an empty one, and for one that says nothing, then told."""
        text = self[key]
        if not text:
            return None
        try:
            return reader(text)
        except Unreadable as error:
            self.refuse(key, str(error))
            return None

    def need(self, key: str, reader: Callable[[str], T]) -> T | None:
        """As `read`, an empty cell being told too."""
        if not self[key]:
            self.refuse(key, _("Cette case doit être remplie."))
        return self.read(key, reader)

    def refuse(self, key: str, sentence: str) -> None:
        """Tell what is wrong in a cell, and how to mend it."""
        self.problems.append((self._labels.get(key, key), self[key], sentence))


@dataclass
class Checked:
    """What is made of a line.

    Attributes:
        understood: what will be written, as JSON can hold it; nothing when it has a problem.
        same: what makes it the same as another, as it is typed: it holds whatever files are
            opened or closed since. Lines where nobody is named may be alike, and are then
            `counted`: the second of a file is another than the first.
        also: what two lines of a file may not share either, however they are typed.
        repeated: why it is in the database already.
        resident_id, folded_name, card_number: whom it names.
    """

    line: Line
    understood: dict[str, Any] = field(default_factory=dict)
    same: tuple[object, ...] = ()
    also: tuple[object, ...] = ()
    is_counted: bool = False
    repeated: str = ""
    resident_id: int | None = None
    folded_name: str = ""
    card_number: str = ""

    @property
    def is_good(self) -> bool:
        return not self.line.problems

    @property
    def as_json(self) -> str:
        """What is understood, always written the same way."""
        return json.dumps(self.understood, ensure_ascii=False, sort_keys=True)


class Checker(Protocol):
    """Reads lines of one kind; what it needs of the database it loads whole, or a batch at once."""

    def check(self, lines: Sequence[Line]) -> list[Checked]: ...


class Writer(Protocol):
    """Writes what was understood of lines of one kind, a batch at a time."""

    def record(self, understood: Sequence[dict[str, Any]]) -> None: ...


@dataclass(frozen=True)
class Kind:
    """What a table may hold. `slug` is its address, `name` how it is called in a sentence."""

    code: str
    slug: str
    title: Any
    about: Any
    icon: str
    columns: tuple[Column, ...]
    checker: Callable[[], Checker]
    words: Callable[[dict[str, Any]], Words]

    @property
    def labels(self) -> dict[str, str]:
        """Key of each column → its head."""
        return {column.key: str(column.label) for column in self.columns}

    @property
    def example(self) -> list[str]:
        """The line of example of the model, left aside when it comes back."""
        return [column.example for column in self.columns]


REFERENCE_COLUMN = Column(
    REFERENCE,
    _l("Référence"),
    _l(
        "Facultatif : votre propre numéro. Il sert à distinguer deux lignes pareilles qui sont "
        "pourtant deux choses."
    ),
    also=("ref", "numero", "id"),
)
