"""A person's own names wherever words were typed: found, and taken out."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select, update

from app.accounts.models import Resident
from app.core.db import db
from app.core.mail import remove_files
from app.core.phones import in_pairs
from app.privacy.inventory import CONTACTS, MENTIONS, OWN_WORDS
from app.privacy.reading import table

SHORTEST = 2
STEPS = {"proposal_steps": "reason", "decision_steps": "note"}
IN_PLACE = "[nom effacé]"
"""Written in the language of the texts it stands in."""


class Names:
    """What designates one person in a text, longest first; `more`: other words to take out."""

    def __init__(self, person: Resident, *more: str) -> None:
        given, family = person.given_name, person.family_name
        self.email, self.phone = person.email, person.phone
        self.sure = _long_enough(
            f"{given} {family}",
            f"{family} {given}",
            person.display_name,
            f"{given} {family[:1]}.",
            person.email,
            *_phones(person.phone),
            person.card_number,
            f"{person.card_number[:4]} {person.card_number[4:]}",
            *more,
        )
        self.own = _long_enough(*self.sure, family, given, person.nickname)

    def out_of(self, text: str, words: list[str]) -> str:
        """The text without these words, where they stand alone."""
        return _pattern(words).sub(IN_PLACE, text)

    def are_in(self, text: str) -> bool:
        """Whether a text speaks of the person for sure."""
        return bool(_pattern(self.sure).search(text))


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
        own = table(name).c[column]
        quoting = or_(*(own.icontains(word, autoescape=True) for word in names.sure))
        _rewrite(place, names, names.sure, quoting)
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


def _phones(digits: str | None) -> list[str]:
    """A number as people write it."""
    if not digits:
        return []
    pairs = [digits[start : start + 2] for start in range(0, len(digits), 2)]
    return [digits, in_pairs(digits), *(sign.join(pairs) for sign in " .-")]


def _long_enough(*words: str | None) -> list[str]:
    found = {word.strip() for word in words if word and len(word.strip()) >= SHORTEST}
    return sorted(found, key=len, reverse=True)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
