"""A table sent as a CSV or an XLSX file, read a row at a time, every cell as text."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook

from app.core.csv import DANGEROUS
from app.core.db import is_sqlite
from app.core.errors import Invalid
from app.core.files import MOST_BYTES
from app.core.i18n import _
from app.core.zips import UNREADABLE
from app.pastlife.other_files import WORKBOOK_PART, ZIP, refuse_other_files

MOST_LINES, MOST_LINES_EMBEDDED = 50_000, 20_000
"""An import is one act, and the embedded database has one writer: nobody may wait too long."""
MOST_COLUMNS = 40
LONGEST_CELL = 2000
MOST_ROWS_READ = 200_000
"""Empty rows included: a sheet may say it has a million."""
MOST_UNPACKED = 80 * 1024 * 1024
MOST_TIMES = 150
"""How many times its packed size a part of a workbook may take once unpacked; ours take 10."""
MOST_PARTS = 500
SMALL_PART = 1024 * 1024
COMMENT = "#"
"""What begins a line that explains, in the models we give."""


Row = tuple[int, list[str]]
"""Number of the line, as a spreadsheet shows it, and its cells."""


def most_lines() -> int:
    """How many lines a file may hold, with this database."""
    return MOST_LINES_EMBEDDED if is_sqlite() else MOST_LINES


def rows_of(data: bytes, name: str) -> Iterator[Row]:
    """The rows that hold something, those of explanation aside; the first names the columns.

    Args:
        name: what the person called the file; nothing is read by it, it is said back.

    Raises:
        Invalid: too heavy, of another kind, or not readable.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(_("Ce fichier est trop lourd : 6 Mo au plus."), field="file")
    refuse_other_files(data, name)
    read = _xlsx(data) if data.startswith(ZIP) else _csv(data)
    # Explanations stand before the head; after it, « #NousToutes » is a name.
    is_before = True
    for number, cells in enumerate(read, start=1):
        if number > MOST_ROWS_READ:
            raise Invalid(_("Ce tableau a trop de lignes vides."), field="file")
        kept = [_bare(cell) for cell in cells[:MOST_COLUMNS]]
        if not any(kept) or (is_before and kept[0].startswith(COMMENT)):
            continue
        is_before = False
        yield number, kept


def _bare(cell: str) -> str:
    """Without the blanks around, nor the apostrophe by which we make a cell safe (`core.csv`)."""
    text = cell.replace("\x00", "").strip()[:LONGEST_CELL]
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(DANGEROUS) else text


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise _unreadable() from error


def _decoded(data: bytes) -> str:
    """UTF-8, marked or not, else Windows's own: what spreadsheets write in France."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise _unreadable() from error


def _delimiter(text: str) -> str:
    """What parts the names of the columns: the sign that makes most of them."""
    first = next(
        (
            line
            for line in text.splitlines()
            if line.strip(' ;,\t"') and line.lstrip('"')[:1] != COMMENT
        ),
        "",
    )
    return max(";,\t", key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _xlsx(data: bytes) -> Iterator[list[str]]:
    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            # It warns of decorations it does not read: they are no business of ours.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        # The size a sheet says it has may be false.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [as_text(cell) for cell in cells] or [""]
    except Invalid:
        raise
    except Exception as error:
        # A file made to break its reader may do so in any way.
        raise _unreadable() from error


def _refuse_bombs(data: bytes) -> None:
    """A workbook that grows without measure once unpacked, or whose XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if WORKBOOK_PART not in packed.namelist():
                raise _unreadable()
            heavy = len(parts) > MOST_PARTS or sum(it.file_size for it in parts) > MOST_UNPACKED
            swollen = any(
                it.file_size > SMALL_PART and it.file_size > MOST_TIMES * it.compress_size
                for it in parts
            )
            if heavy or swollen:
                raise Invalid(
                    _("Ce classeur est bien trop gros une fois ouvert. Enregistrez-le en CSV."),
                    field="file",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as file:
                        if b"<!DOCTYPE" in file.read(2048):
                            raise _unreadable()
    except UNREADABLE as error:
        raise _unreadable() from error


def as_text(value: object) -> str:
    """A cell of a workbook as someone would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        alone = value.time() == time()
        return f"{value:%d/%m/%Y}" if alone else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, float):
        number = round(value, 6)
        return str(int(number)) if number.is_integer() else f"{number}".replace(".", ",")
    return str(value)


def header_of(row: Sequence[str]) -> list[str]:
    """The names of the columns, without the empty ones at the end."""
    names = list(row)
    while names and not names[-1]:
        names.pop()
    return names


def _unreadable() -> Invalid:
    return Invalid(
        _("Ce fichier ne se lit pas. Envoyez un classeur XLSX, ou un CSV enregistré en UTF-8."),
        field="file",
    )
