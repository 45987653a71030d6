"""What a rule is: its words, its default and its bounds; the sections and the units they use."""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l

Value = int | str | bool | tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """A setting; the type of its default says what it holds.

    A whole number lies between `low` and `high`, in `unit`. A tuple holds rising ages.
    A text has at most `longest` characters; `needed`, it is not left empty; `is_email`, it is one
    address; `is_phone`, one number. Where `choices` (value, words) are given, one of them.
    `recounts`: the totals of the indicators are written again when it changes.
    """

    key: str
    section: str
    label: Any
    help: Any
    default: Value
    low: int = 0
    high: int = 10_000
    unit: Any = ""
    choices: tuple[tuple[int, Any], ...] = ()
    recounts: bool = False
    longest: int = 160
    needed: bool = False
    is_email: bool = False
    is_phone: bool = False


SECTIONS = {
    "identite": (_l("Le centre"), _l("Son nom, et comment le joindre.")),
    "instances": (_l("Les instances"), _l("Conseil de maison, comités, collectifs.")),
    "propositions": (_l("Les propositions"), _l("Ce qu’il faut pour aller au vote.")),
    "entraide": (_l("L’entraide"), _l("Combien de temps dure une annonce.")),
    "chiffres": (_l("Les chiffres"), _l("Ce qui compte, et ce qui est montré.")),
    "adhesions": (_l("Les adhésions"), _l("Ce que l’accueil propose de demander.")),
    "donnees": (_l("Les personnes"), _l("Ce que l’on relit, et combien de temps on garde.")),
}
"""Key in the address: (name, what it is about)."""

DAYS, MONTHS_LONG, YEARS, PEOPLE = _l("jours"), _l("mois"), _l("années"), _l("personnes")
EUROS, CONTRIBUTIONS = _l("euros"), _l("contributions")
PROCURATIONS, ROUNDS = _l("procurations"), _l("tours")
