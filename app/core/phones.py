"""Telephone numbers: kept as digits, shown in pairs as the French read them."""

import re

from app.core.typography import NBSP

_BETWEEN_DIGITS = re.compile(r"[\s.\-/()\u00a0\u202f]+")
_FRENCH = re.compile(r"0[1-9]\d{8}")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
_INTERNATIONAL_FRENCH = re.compile(r"(?:\+|00)33(?:0)?(?=[1-9]\d{8}$)")


def normalised(typed: str) -> str:
    """« 06 12 34 56 78 », « +33 6 12… » → `0612345678`; a foreign number keeps its `+`.

    Source: the French numbering plan (Arcep, ten digits from 01 to 09) and ITU-T E.164.

    Raises:
        ValueError: it is no telephone number.
    """
    digits = _BETWEEN_DIGITS.sub("", typed)
    digits = _INTERNATIONAL_FRENCH.sub("0", digits)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if not (_FRENCH.fullmatch(digits) or _FOREIGN.fullmatch(digits)):
        raise ValueError(typed)
    return digits


def in_pairs(digits: str) -> str:
    """`0612345678` → « 06 12 34 56 78 », unbroken; a foreign number in threes."""
    if _FRENCH.fullmatch(digits):
        return NBSP.join(re.findall("..", digits))
    return NBSP.join(re.findall(".{1,3}", digits))
