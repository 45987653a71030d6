"""A person's own names wherever words were typed: found, and taken out."""

import re

from sqlalchemy import ColumnElement, or_, select, update

from app.accounts.models import Resident
from app.core.db import db
from app.core.mail import remove_files
from app.privacy.inventory import CONTACTS, MENTIONS, OWN_WORDS
from app.privacy.reading import table

SHORTEST = 2
STEPS = {"proposal_steps": "reason", "decision_steps": "note"}
IN_PLACE = "[nom effacé]"
"""Written in the language of the texts it stands in."""
BETWEEN = r"[ .\-/()\u00a0\u2009\u2011\u202f]"
"""What people put between the digits of a number: « 20 26 00 14 », « 06.12… », « +33 (0)6… »."""


class Names:
    """What designates one person in a text: words, longest first, and numbers however written.

    `more`: other words to take out.
    """

    def __init__(self, person: Resident, *more: str) -> None:
        given, family = person.given_name, person.family_name
        self.email, self.phone = person.email, person.phone
        self.numbers = {**_card(person.card_number), **_dialled(person.phone)}
        self.sure = _long_enough(
            f"{given} {family}",
            f"{family} {given}",
            person.display_name,
            f"{given} {family[:1]}.",
            person.email,
            *more,
        )
        self.own = _long_enough(*self.sure, family, given, person.nickname)

    def out_of(self, text: str, words: list[str]) -> str:
        """The text without these words and the numbers, where they stand alone."""
        return self._pattern(words).sub(IN_PLACE, text)

    def are_in(self, text: str) -> bool:
        """Whether a text speaks of the person for sure."""
        return bool(self._pattern(self.sure).search(text))

    def may_be_in(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """The rows worth reading: all that speak of the person for sure, and a few more."""
        spaced = (column.like("%" + "%".join(digits) + "%") for digits in self.numbers)
        return or_(*(column.icontains(word, autoescape=True) for word in self.sure), *spaced)

    def _pattern(self, words: list[str]) -> re.Pattern[str]:
        either = "|".join([*map(re.escape, words), *self.numbers.values()])
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def take_out_of_own_words(person: Resident, names: Names) -> None:
    """In what the person wrote and leaves, their names, address and number go."""
    for owner, columns in OWN_WORDS.items():
        name, owned_by = owner.split(".")
        for column in columns:
            _rewrite(f"{name}.{column}", names, names.own, table(name).c[owned_by] == person.id)


def unsign_steps(person: Resident, names: Names) -> None:
    """Histories refuse every change but one: who did it goes, and their name with it."""
    for name, said in STEPS.items():
        own = table(name)
        steps = select(own.c.id, own.c[said]).where(own.c.by_id == person.id)
        for number, text in db.session.execute(steps).all():
            values = {"by_id": None, said: names.out_of(text, names.own)}
            db.session.execute(update(own).where(own.c.id == number).values(values))


def take_out_of_mentions(names: Names) -> None:
    """In what the house wrote to others, the person's full name, address and number go.

    A given name alone stays: it is other people's too.
    """
    for place in MENTIONS:
        name, column = place.split(".")
        _rewrite(place, names, names.sure, names.may_be_in(table(name).c[column]))
    for place in CONTACTS:
        name, column = place.split(".")
        theirs = names.email if column == "email" else names.phone
        if theirs:
            contacts = table(name)
            mine = contacts.c[column] == theirs
            db.session.execute(update(contacts).where(mine).values({column: None}))


def remove_mails_kept_as_files(names: Names) -> None:
    """Where mails are files (no server is set), those to the person or about them."""
    remove_files(names.are_in)


def _rewrite(place: str, names: Names, words: list[str], rows: ColumnElement[bool]) -> None:
    name, column = place.split(".")
    own = table(name)
    (key,) = own.primary_key.columns
    found = db.session.execute(select(key, own.c[column]).where(rows)).all()
    for number, text in found:
        without = names.out_of(text, words)
        if without != text:
            db.session.execute(update(own).where(key == number).values({column: without}))


def _card(digits: str) -> dict[str, str]:
    """The number, and how it is read in a text: whole, in pairs as on the card, or in fours.

    Not in any other way: 20261123 is not the day 2026-11-23.
    """
    grouped = (re.findall(f".{{1,{size}}}", digits) for size in (2, 4))
    ways = [digits, *(f"{BETWEEN}{{1,3}}".join(parts) for parts in grouped)]
    return {digits: "|".join(ways)}


def _dialled(digits: str | None) -> dict[str, str]:
    """A telephone number as it is dialled at home and from abroad, its digits in any groups."""
    if not digits:
        return {}
    ways = [digits]
    if digits.startswith("0"):
        ways += [f"{code}{digits[1:]}" for code in ("+33", "+330", "0033")]
    return {way: f"{BETWEEN}{{0,3}}".join(map(re.escape, way)) for way in ways}


def _long_enough(*words: str | None) -> list[str]:
    found = {word.strip() for word in words if word and len(word.strip()) >= SHORTEST}
    return sorted(found, key=len, reverse=True)
