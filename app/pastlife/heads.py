"""The first row of a table: which column is which, what is missing, what nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.i18n import _, _n
from app.pastlife.lines import Kind, Line
from app.pastlife.values import plain

TO_MEND = "a corriger"
"""The column that we add to lines sent back: it is nobody's."""
LONGEST_NAME, MOST_NAMES = 40, 12


@dataclass(frozen=True)
class Head:
    """Key of each column by its place, and the names that no column has."""

    kind: Kind
    places: dict[int, str]
    unknown: list[str]
    labels: dict[str, str]

    def line(self, number: int, cells: Sequence[str]) -> Line:
        """A row as a line of this kind; cells of unknown columns are left."""
        typed = dict.fromkeys(self.places.values(), "")
        typed |= {key: cells[place] for place, key in self.places.items() if place < len(cells)}
        return Line(number, typed, self.labels)

    def is_example(self, line: Line) -> bool:
        """Whether it is the line of example of our model."""
        wanted = {column.key: column.example for column in self.kind.columns}
        return all(line[key] == wanted[key] for key in self.places.values())


def known_columns(kind: Kind, names: Sequence[str]) -> int:
    """How many of these names are those of a column."""
    known = _keys(kind)
    return sum(plain(name) in known for name in names)


def read_head(kind: Kind, names: Sequence[str]) -> Head:
    """Find the columns by their names.

    Raises:
        Invalid: some are missing, all of them told, or are there twice.
    """
    known = _keys(kind)
    places: dict[int, str] = {}
    unknown, twice = [], []
    for place, name in enumerate(names):
        key = known.get(plain(name))
        if key is None:
            if name and plain(name) != TO_MEND:
                unknown.append(name[:LONGEST_NAME])
        elif key in places.values():
            twice.append(name[:LONGEST_NAME])
        else:
            places[place] = key
    missing = [
        str(column.label)
        for column in kind.columns
        if column.is_required and column.key not in places.values()
    ]
    if missing:
        raise Invalid(_missing(missing, unknown), field="file")
    if twice:
        said = _("Ces colonnes sont là deux fois : %(names)s.", names=_list(twice))
        raise Invalid(said, field="file")
    return Head(kind, places, unknown[:MOST_NAMES], kind.labels)


def _keys(kind: Kind) -> dict[str, str]:
    """A name as `values.plain` gives it → the key of its column."""
    known = {name: column.key for column in kind.columns for name in column.also}
    return known | {plain(column.label): column.key for column in kind.columns}


def _missing(missing: list[str], unknown: list[str]) -> str:
    said = _n(
        "Il manque la colonne %(names)s.",
        "Il manque les colonnes %(names)s.",
        len(missing),
        names=_list(missing),
    )
    if not unknown:
        return said
    found = _(
        "Colonnes que nous ne connaissons pas : %(names)s.", names=_list(unknown[:MOST_NAMES])
    )
    return f"{said} {found}"


def _list(names: list[str]) -> str:
    return ", ".join(f"«\u00a0{name}\u00a0»" for name in names)
