"""What a printed document says."""

import io
import re

from pypdf import PdfReader


def words_on(pdf: bytes) -> str:
    """Its text, page after page, with plain spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def pages_of(pdf: bytes) -> int:
    """How many sheets."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def codes_on(pdf: bytes) -> list[str]:
    """The secret codes printed, « 722 088 » being 722088."""
    found = re.findall(r"^(\d{3} \d{3})$", words_on(pdf), re.MULTILINE)
    return [code.replace(" ", "") for code in found]


def code_on(pdf: bytes) -> str:
    """The one secret code printed."""
    (code,) = codes_on(pdf)
    return code


def number_on(pdf: bytes) -> str:
    """The one card number printed, in pairs."""
    (number,) = re.findall(r"^(\d\d \d\d \d\d \d\d)$", words_on(pdf), re.MULTILINE)
    found: str = number.replace(" ", "")
    return found
