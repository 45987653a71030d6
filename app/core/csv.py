"""Files for spreadsheets, that no cell can turn into a program."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width signs included."""


def safe_cell(value: object) -> str:
    """The text, made unable to start a formula when a spreadsheet opens it.

    OWASP, « CSV Injection »: an apostrophe before what begins one, behind blanks as well.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """UTF-8's mark, then each row as a line with semicolons: what French spreadsheets open."""
    yield "\ufeff"
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(map(safe_cell, row))
        yield buffer.getvalue()


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """A file to download, written as it leaves: a long one takes no memory."""
    return Response(
        stream_with_context(csv_lines(rows)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
