"""File formats of elections: one module each, listed here by key."""

from app.voting.formats import abif, blt, csv_sheet, json_sheet, pabulib, preflib
from app.voting.formats.base import Format

FORMATS: dict[str, Format] = {
    found.key: found
    for found in (
        Format("csv", (".csv",), csv_sheet.read, csv_sheet.write),
        Format("json", (".json",), json_sheet.read, json_sheet.write),
        Format("abif", (".abif",), abif.read, abif.write),
        Format("preflib", (".soc", ".soi", ".toc", ".toi"), preflib.read, preflib.write),
        Format("blt", (".blt",), blt.read, blt.write),
        Format("pb", (".pb",), pabulib.read, pabulib.write),
    )
}


def format_of(name: str) -> Format | None:
    """The format that a file's name tells, or None."""
    lower = name.casefold()
    return next((found for found in FORMATS.values() if lower.endswith(found.endings)), None)
