"""What makes a password good enough, and what to change in one that is not."""

from collections.abc import Mapping
from itertools import permutations
from typing import Any

from zxcvbn import zxcvbn

from app.core.errors import Invalid
from app.core.i18n import _, _l

SHORTEST = 10
STRONG_ENOUGH = 3
"""Of zxcvbn's scores, 0 to 4: « safely unguessable », 10^8 guesses at least (Wheeler, 2016)."""

EXAMINED = 40
"""Characters that zxcvbn reads: its time grows with the square of the length, and more."""

MOST_DISGUISES = 5
DISGUISES = "48@({[<369!1|70$5+%2"
"""What zxcvbn takes for letters; it tries every combination, seconds long past a few of them."""

MOST_WORDS = 6
"""Of a person's own, tried two by two."""

COMMON_HERE = (
    *("azertyuiop", "qsdfghjklm", "wxcvbn", "azerty", "motdepasse", "bonjour", "bonsoir", "salut"),
    *("maison", "maisonnee", "centre", "social", "quartier", "soleil", "chocolat", "doudou"),
    *("loulou", "marseille", "paris", "france", "jetaime", "monamour", "vacances", "bienvenue"),
    *("secret", "famille", "enfant", "senior", "conseil", "comite", "janvier", "juillet", "noel"),
)
"""Zxcvbn reads English lists only."""

HINTS = {
    "spatial": _l("Ces touches se suivent sur le clavier."),
    "repeat": _l("Les répétitions se devinent vite."),
    "sequence": _l("Les suites comme « abcd » ou « 6543 » se devinent vite."),
    "date": _l("Une date se devine vite."),
    "regex": _l("Une année se devine vite."),
}
ADVICE = _l("Mettez bout à bout trois ou quatre mots sans lien entre eux.")


def check_password(password: str, *own_words: str | None) -> None:
    """Refuse a password that someone could guess.

    Args:
        own_words: the person's names and address, which others try first.

    Raises:
        Invalid: with what to change.
    """
    if len(password) < SHORTEST:
        raise Invalid(_("Prenez au moins %(count)d caractères.", count=SHORTEST), field="password")
    words = _guesses([own.casefold() for own in own_words if own])
    found = zxcvbn(_few_disguises(password[:EXAMINED]), user_inputs=[*words, *COMMON_HERE])
    if found["score"] < STRONG_ENOUGH:
        raise Invalid(f"{_hint(found['sequence'], words)} {ADVICE}", field="password")


def _guesses(own_words: list[str]) -> list[str]:
    """Each word of names and addresses, and two of them one after the other."""
    cut = [
        "".join(letter if letter.isalnum() else " " for letter in word).split()
        for word in (own.split("@")[0] for own in own_words)
    ]
    alone = dict.fromkeys(word for words in cut for word in words if len(word) > 2)
    pairs = [
        f"{one}{mark}{other}"
        for one, other in permutations(list(alone)[:MOST_WORDS], 2)
        for mark in ("", ".", "-", "_", " ")
    ]
    return [*alone, *pairs, *own_words]


def _few_disguises(password: str) -> str:
    kept = [sign for sign in dict.fromkeys(password) if sign in DISGUISES][:MOST_DISGUISES]
    return "".join("_" if sign in DISGUISES and sign not in kept else sign for sign in password)


def _hint(sequence: list[Mapping[str, Any]], own_words: list[str]) -> str:
    """What is the matter with the largest part of it, in a sentence."""
    largest = max(sequence, key=lambda part: len(part["token"]))
    if largest["pattern"] == "dictionary":
        if largest["matched_word"] in own_words:
            return _("On devine vite un mot de passe fait de votre nom ou de votre adresse.")
        return _("Ce mot de passe est trop courant.")
    return str(HINTS.get(largest["pattern"], _("Ce mot de passe se devine trop vite.")))
