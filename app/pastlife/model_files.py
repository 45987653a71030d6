"""The models to fill in: a head, a line of example, and each column explained."""

from collections.abc import Iterator, Sequence

from app.core.i18n import _
from app.core.xlsx import Book
from app.pastlife.lines import Kind
from app.pastlife.sheets import COMMENT

WIDTH, NAMES_WIDTH, WORDS_WIDTH = 22, 26, 90


def as_rows(kind: Kind) -> Iterator[Sequence[object]]:
    """The model as a CSV: lines of explanation, which are not read, then the head."""
    for name, words in explained(kind):
        yield (f"{COMMENT} {name}\u00a0: {words}",)
    yield [str(column.label) for column in kind.columns]
    yield kind.example


def as_book(kind: Kind) -> Book:
    """The model as a workbook: the table first, the explanations on a second sheet."""
    book = Book()
    table = book.sheet(str(kind.title), [WIDTH] * len(kind.columns))
    table.head([str(column.label) for column in kind.columns])
    table.row(kind.example)
    guide = book.sheet(_("Mode d’emploi"), (NAMES_WIDTH, WORDS_WIDTH))
    guide.title(_("Ce qu’on écrit dans chaque colonne"))
    for name, words in explained(kind):
        guide.fact(name, words)
    return book


def explained(kind: Kind) -> list[tuple[str, str]]:
    """Each column's name and what to write in it, whether it must be filled said."""
    return [
        (
            str(column.label),
            _("Obligatoire. %(help)s", help=column.help)
            if column.is_required
            else str(column.help),
        )
        for column in kind.columns
    ]
