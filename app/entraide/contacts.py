"""Telephone numbers, e-mail and home addresses in what people type: where all read, they wait."""

import re
from typing import Any

from app.core.i18n import _l
from app.core.phones import normalised

PHONE, EMAIL, ADDRESS = _l("un numéro de téléphone"), _l("une adresse e-mail"), _l("une adresse")

_DAY = re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]20\d\d\b")
_DIGITS = re.compile(r"(?:\+|00)?\d(?:[\s.\-/()\u00a0\u202f]{0,3}\d){8,14}")
_EMAIL = re.compile(r"[^\s@]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[^\s@]+\.\s?[a-z]{2,}", re.I)
_SMALL = r"(?:de la |de l[’']|de |du |des |d[’']|la |le |les |l[’'])?"
_NUMBER = r"\b\d{1,4}\s?(?:bis|ter|quater)?,?\s+"
_WAY = re.compile(
    _NUMBER + r"(?:rue|avenue|av\.?|boulevard|bd|all[ée]e|chemin|impasse|square|quai|villa)\s+\w",
    re.I,
)
_LIKE_A_WAY = re.compile(
    _NUMBER + r"(?:[Pp]lace|[Cc]ours|[Pp]assage|[Rr]oute)\s+" + _SMALL + "[A-Z]"
)
"""« 2 cours de français », « 1 place de parking » are no address: their name is no proper one."""
_DOOR = re.compile(
    r"\b(?:appartement|appart|appt|apt|digicode|interphone)\s*(?:n°)?\s*:?\s*\d", re.I
)


def contacts_in(text: str) -> list[Any]:
    """What the text tells of how to reach someone, in words; empty when it tells nothing."""
    found: list[Any] = []
    if any(map(_is_phone, _DIGITS.findall(_DAY.sub(" ", text)))):
        found.append(PHONE)
    if _EMAIL.search(text):
        found.append(EMAIL)
    if _WAY.search(text) or _LIKE_A_WAY.search(text) or _DOOR.search(text):
        found.append(ADDRESS)
    return found


def _is_phone(digits: str) -> bool:
    try:
        normalised(digits)
    except ValueError:
        return False
    return True
