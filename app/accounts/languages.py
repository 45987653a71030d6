"""The languages people around speak, as the desk ticks them."""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l

OTHER = "mis"
"""ISO 639-2: a language that is not in our list."""


@dataclass(frozen=True)
class Language:
    """`code` of ISO 639; `own` is its name in its own script, for whoever looks at the screen."""

    code: str
    name: Any
    own: str = ""


LANGUAGES = (
    Language("fr", _l("français")),
    Language("tr", _l("turc"), "Türkçe"),
    Language("ar", _l("arabe"), "العربية"),
    Language("ta", _l("tamoul"), "தமிழ்"),
    Language("pt", _l("portugais"), "português"),
    Language("en", _l("anglais"), "English"),
    Language("snk", _l("soninké"), "sooninkanxanne"),
    Language("bm", _l("bambara"), "bamanankan"),
    Language(OTHER, _l("autre")),
)
CODES = tuple(language.code for language in LANGUAGES)


def spoken(kept: str) -> list[Language]:
    """The languages behind a resident's kept codes, in the list's order."""
    codes = kept.split(",")
    return [language for language in LANGUAGES if language.code in codes]


def kept(codes: list[str]) -> str:
    """The codes of the list among these, as a resident keeps them."""
    return ",".join(code for code in CODES if code in codes)
