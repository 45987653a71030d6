"""Texts without the people they name: open data may be read, kept and crossed by anyone.

Source: Code des relations entre le public et l’administration, art. L. 312-1-2.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, g
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.search_text import fold

NAME, ADDRESS, NUMBER = "[nom retiré]", "[adresse retirée]", "[numéro retiré]"
"""Written in the language of the texts they stand in."""
LONGEST = 5
"""Words of a name."""
SHORTEST = 2
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)33[\s.\-/]*(?:\(0\))?|0)[\s.\-/]*[1-9](?:[\s.\-/]*\d){8}(?!\d)"
)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.,'’\-]{1,3}")
_CIVILITIES = frozenset(("m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"))
Words = tuple[str, ...]


@dataclass(frozen=True)
class People:
    """What names someone, folded: « petit rose » in any order, « Rose P. », « Mme Petit »."""

    whole: frozenset[Words]
    short: frozenset[Words]
    families: frozenset[Words]
    words: frozenset[str]

    def out_of(self, text: str, *own: str | None) -> str:
        """The text without names, addresses nor numbers.

        Args:
            own: names of whoever wrote it, taken out even where they stand alone.
        """
        text = _PHONE.sub(NUMBER, _EMAIL.sub(ADDRESS, text))
        alone = sorted({one.strip() for one in own if one and len(one.strip()) >= SHORTEST})
        if alone:
            either = "|".join(re.escape(one) for one in sorted(alone, key=len, reverse=True))
            text = re.sub(rf"(?<!\w)(?:{either})(?!\w)", NAME, text, flags=re.IGNORECASE)
        return self._without_names(text)

    def out_of_all(self, value: Any) -> Any:
        """The same in every text of a JSON value."""
        if isinstance(value, str):
            return self.out_of(value)
        if isinstance(value, list):
            return [self.out_of_all(one) for one in value]
        if isinstance(value, dict):
            return {key: self.out_of_all(one) for key, one in value.items()}
        return value

    def _without_names(self, text: str) -> str:
        found = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in found]
        kept, done, place = [], 0, 0
        while place < len(found):
            length = self._name_at(place, folded, found, text)
            if length:
                kept += [text[done : found[place].start()], NAME]
                done = found[place + length - 1].end()
            place += length or 1
        return "".join((*kept, text[done:]))

    def _name_at(self, place: int, folded: list[str], found: list[re.Match[str]], text: str) -> int:
        """How many words from this one name someone, the longest name first; 0 for none."""
        civil = folded[place] in _CIVILITIES
        if not civil and folded[place] not in self.words:
            return 0
        together = 1
        while (
            together < LONGEST
            and place + together < len(found)
            and _BETWEEN.fullmatch(
                text, found[place + together - 1].end(), found[place + together].start()
            )
        ):
            together += 1
        for length in range(together, 1, -1):
            words = tuple(folded[place : place + length])
            if tuple(sorted(words)) in self.whole or (civil and words[1:] in self.families):
                return length
            if words in self.short and found[place + length - 1][0].isupper():
                return length
        return 0


_kept: dict[str, tuple[int, People]] = {}
"""By centre: the stamp under which its people were read, and their names."""


def people() -> People:
    """The names of all who are known to the house; one statement, none while nothing changes."""
    place, stamp = current_app.config["CENTRE_NAME"], g.get("page_stamp")
    kept = _kept.get(place)
    if stamp is not None and kept is not None and kept[0] == stamp:
        return kept[1]
    named = db.session.scalars(select(Resident.folded_name).where(Resident.erased_at.is_(None)))
    found = named_so(named)
    if stamp is not None:
        _kept[place] = (stamp, found)
    return found


def named_so(names: Iterable[str]) -> People:
    """People of these names: the family's first, folded; a given name alone names nobody."""
    whole: set[Words] = set()
    short: set[Words] = set()
    families: set[Words] = set()
    every: set[str] = set()
    for name in names:
        words = tuple(_WORD.findall(name))
        if len(words) < SHORTEST:
            continue
        whole.add(tuple(sorted(words)))
        every.update(words)
        for cut in range(1, len(words)):
            families.add(words[:cut])
            short.add((*words[cut:], words[0][0]))
    return People(frozenset(whole), frozenset(short), frozenset(families), frozenset(every))
