"""Files that are no table we read: told by their first bytes, with what to send instead."""

import io
import zipfile

from flask_babel.speaklater import LazyString

from app.core.errors import Invalid
from app.core.i18n import _, _l
from app.core.zips import UNREADABLE

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")
WORKBOOK_PART = "xl/workbook.xml"
LONGEST_NAME = 60
HEAD = 1024
"""Bytes in which a page of the web says what it is."""

PDF = _l("C’est un document PDF : il se lit à l’œil, pas colonne par colonne.")
IMAGE = _l("C’est une image : les mots d’une photo ne se lisent pas colonne par colonne.")
OLD = _l("C’est un fichier d’un ancien Excel, ou protégé par un mot de passe.")
WEB = _l("C’est une page web, même si son nom dit autre chose.")
DOCUMENT = _l("C’est un document de traitement de texte.")
ODS = _l("C’est un classeur ODS.")
BINARY_BOOK = _l("C’est un classeur Excel binaire (XLSB).")
ARCHIVE = _l("C’est une archive ZIP : sortez-en d’abord le tableau.")
UTF_16_TEXT = _l("C’est un texte enregistré en Unicode UTF-16.")
NOT_TEXT = _l("Ce n’est ni un classeur, ni du texte.")

BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", IMAGE),
    (b"\x89PNG", IMAGE),
    (b"GIF8", IMAGE),
    (b"BM", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (OLD_OFFICE, OLD),
    (b"{\\rtf", DOCUMENT),
    (b"\xff\xfe", UTF_16_TEXT),
    (b"\xfe\xff", UTF_16_TEXT),
)
"""The first bytes of a file, and what it then is."""

PARTS = (
    ("word/document.xml", DOCUMENT),
    ("xl/workbook.bin", BINARY_BOOK),
)
MEDIA = (
    (b"application/vnd.oasis.opendocument.spreadsheet", ODS),
    (b"application/vnd.oasis.opendocument", DOCUMENT),
)
"""What the part `mimetype` of an OpenDocument file begins with."""


def refuse_other_files(data: bytes, name: str) -> None:
    """Let a workbook or a text through, whatever they hold.

    Raises:
        Invalid: anything else; says what was sent and how to send a table.
    """
    what = _packed(data) if data.startswith(ZIP) else _bare(data)
    if what is not None:
        raise Invalid(f"{_named(name)} {what} {how_to_send()}", field="file")


def is_false_workbook(data: bytes, name: str) -> bool:
    """Whether a text has been given the name of a workbook."""
    return name.lower().endswith(WORKBOOK_NAMES) and not data.startswith(ZIP)


def false_workbook(name: str) -> Invalid:
    """A text named as a workbook, in which no column is known."""
    said = _("Son nom est celui d’un classeur, mais il n’en est pas un.")
    return Invalid(f"{_named(name)} {said} {how_to_send()}", field="file")


def how_to_send() -> str:
    """What to do to send a table."""
    return _(
        "Ouvrez votre tableau dans un tableur (LibreOffice, Excel), choisissez "
        "«\u00a0Enregistrer sous\u00a0», au format XLSX ou CSV, puis envoyez ce fichier-là."
    )


def _named(name: str) -> str:
    short = name if len(name) <= LONGEST_NAME else f"…{name[-LONGEST_NAME:]}"
    return _("Vous avez envoyé «\u00a0%(name)s\u00a0».", name=short)


def _bare(data: bytes) -> LazyString | None:
    for beginning, what in BEGINNINGS:
        if data.startswith(beginning) and (beginning != b"BM" or b"\x00" in data[:HEAD]):
            return what
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return IMAGE
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg")):
        return WEB
    return NOT_TEXT if b"\x00" in data else None


def _packed(data: bytes) -> LazyString | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except UNREADABLE:
        # Its reader will say that it is broken.
        return None
    if WORKBOOK_PART in names:
        return None
    for part, what in PARTS:
        if part in names:
            return what
    # An OpenDocument file says what it is at once, unpacked, before anything else.
    for media, what in MEDIA:
        if media in data[:HEAD]:
            return what
    return ARCHIVE
