"""The words of the inventory: a column that ties rows to a person, and what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement


class Fate(StrEnum):
    """What becomes of the rows when the person is erased."""

    GOES = "goes"
    """The row is deleted."""
    CUT = "cut"
    """The link is emptied, the row stays."""
    STAYS = "stays"
    """The row stays, tied to a file that names nobody any more: numbers hang from it."""


@dataclass(frozen=True)
class Shown:
    """A column the person reads.

    `path` goes through foreign keys: « proposal_id.title »; a step may name the table it leads
    to, where the database does not: « poll_id>polls.title ». `words` translates codes; `says`
    writes what has a writing of its own. `needs` names what the person must have for it to mean
    anything.
    """

    path: str
    label: Any
    words: Mapping[Any, Any] | None = None
    says: Callable[[Any], str] = str
    only_in_file: bool = False
    needs: str = ""


@dataclass(frozen=True)
class Holding:
    """A column by which rows speak of a person.

    Attributes:
        column: « table.column », which holds the resident's `by` (their number by default).
        purpose: key of the treatment (see `treatments`) it serves.
        label: what the person reads above those rows.
        fate: what becomes of the rows when the person is erased.
        shown: what the person reads of each row; nothing shown is only counted.
        empties: columns written over when the person is erased, whatever the fate.
        where: other columns and the values they must have for the row to be about the person.
        through: « table.column », where `column` leads to a row of another holding instead.
        until: rows for which this is true are left as they are until it no longer is.
        hidden: not even counted on the page, for a reason the label gives.
    """

    column: str
    purpose: str
    label: Any
    fate: Fate
    shown: tuple[Shown, ...] = ()
    empties: Mapping[str, object] = field(default_factory=dict)
    by: str = "id"
    where: Mapping[str, object] = field(default_factory=dict)
    through: str = ""
    until: Callable[[], ColumnElement[bool]] | None = None
    hidden: bool = False

    @property
    def table(self) -> str:
        return self.column.split(".")[0]

    @property
    def name(self) -> str:
        """The column's own name."""
        return self.column.split(".")[1]
