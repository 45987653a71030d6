"""Workbooks written a row at a time: a long one takes no memory, and no cell becomes a program."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.core.csv import safe_cell
from app.core.downloads import made_file

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
"""Rows of a sheet before another goes on: Excel and LibreOffice stop at 1,048,576."""
A4 = 9
"""The number of the paper."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=16)
_WASH = PatternFill("solid", fgColor="F6F1E7")
_WRAP = Alignment(wrap_text=True, vertical="top")
Values = Sequence[object]


class Sheet:
    """A sheet in the making; once `MOST_ROWS` are in, it goes on in another, under the same head.

    Args:
        widths: of its columns, in characters.
    """

    def __init__(self, book: Workbook, title: str, widths: Sequence[int]) -> None:
        self._book, self._title, self._widths = book, title, widths
        self._head: Values | None = None
        self._parts = 0
        self._open()

    def _open(self) -> None:
        self._parts += 1
        name = self._title if self._parts == 1 else f"{self._title} ({self._parts})"
        self._sheet: Any = self._book.create_sheet(name)
        self._rows = 0
        for place, width in enumerate(self._widths, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = width
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.paperSize = A4
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._sheet.page_setup.fitToHeight = 0

    def title(self, text: str) -> None:
        """The words at the top."""
        self._styled([text], _TITLE)

    def head(self, values: Values) -> None:
        """The names of the columns of a table; repeated where the sheet goes on in another."""
        self._head = values
        self._styled(values, _BOLD, _WASH)

    def fact(self, name: str, text: object) -> None:
        """A name in bold, and what it says, on as many lines as it takes."""
        first = WriteOnlyCell(self._sheet, _value(name))
        first.font, first.alignment = _BOLD, _WRAP
        second = WriteOnlyCell(self._sheet, _value(text))
        second.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self._append([first, second])

    def row(self, values: Values) -> None:
        """A line of a table."""
        if self._rows >= MOST_ROWS:
            head = self._head
            self._open()
            if head is not None:
                self.head(head)
        self._append([_value(value) for value in values])

    def blank(self) -> None:
        """A line with nothing on it."""
        self._append([])

    def _styled(self, values: Values, font: Font, fill: PatternFill | None = None) -> None:
        cells = []
        for value in values:
            cell = WriteOnlyCell(self._sheet, _value(value))
            cell.font = font
            if fill is not None:
                cell.fill, cell.alignment = fill, _WRAP
            cells.append(cell)
        self._append(cells)

    def _append(self, cells: Sequence[Any]) -> None:
        self._sheet.append(cells)
        self._rows += 1


def _value(value: object) -> Any:
    """What a cell may hold: a number, a day, or text that starts no formula."""
    if isinstance(value, int | float | date) and not isinstance(value, datetime):
        return value
    if value is None:
        return None
    return safe_cell(_UNPRINTABLE.sub("", str(value)))


class Book:
    """A workbook; sheets are filled one after the other, then `save` writes the file."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def sheet(self, title: str, widths: Sequence[int]) -> Sheet:
        """A new sheet; 31 characters at most."""
        return Sheet(self._book, title, widths)

    def save(self, file: IO[bytes]) -> None:
        """Write it all; nothing may be added after."""
        self._book.save(file)


def table_book(title: str, widths: Sequence[int], rows: Iterable[Values]) -> Book:
    """A workbook of one table, whose first row names the columns."""
    book = Book()
    sheet = book.sheet(title, widths)
    for number, row in enumerate(rows):
        (sheet.row if number else sheet.head)(row)
    return book


def xlsx_file(name: str, fill: Callable[[IO[bytes]], object]) -> Response:
    """A workbook to download."""
    return made_file(name, MEDIA_TYPE, fill)
