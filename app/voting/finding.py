"""Finding an elector: by their whole name, card or address for anyone; by a few letters for the
desk. The roll is no directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.family_models import HouseholdMember
from app.accounts.models import Resident
from app.accounts.word_models import ResidentWord, name_words
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.search_text import fold
from app.voting.electorate import entitled
from app.voting.models import Poll

MOST_FOUND = 12
MOST_WORDS = 6
CARD_DIGITS = 8
AFTER_ALL = "\U0010ffff"
"""Follows every character a word may hold, so that a prefix is a range of the index."""


@dataclass(frozen=True)
class Elector:
    """Someone who may vote, as the desk tells them apart."""

    id: int
    name: str
    year_of_birth: int | None


def elector_called(poll: Poll, principal: Resident, typed: str) -> Resident:
    """The one other elector with this card number, e-mail address or whole name.

    Raises:
        Invalid: nobody, oneself, or several people of that name.
    """
    people = db.session.scalars(
        select(Resident)
        .where(_exactly(typed), entitled(poll), Resident.id != principal.id)
        .order_by(Resident.id)
        .limit(2)
    ).all()
    if len(people) > 1:
        raise Invalid(
            _("Plusieurs personnes portent ce nom. Demandez-lui le numéro de sa carte."),
            field="holder",
        )
    if not people:
        myself = select(Resident.id).where(_exactly(typed), Resident.id == principal.id)
        if db.session.scalar(myself) is not None:
            raise Invalid(_("Choisissez quelqu’un d’autre que vous."), field="holder")
        raise Invalid(
            _(
                "Nous ne trouvons personne de ce nom qui vote ici. Écrivez son prénom et son nom"
                " en entier, ou le numéro de sa carte, ou son adresse e-mail."
            ),
            field="holder",
        )
    return people[0]


def electors_at_home(poll: Poll, principal: Resident) -> list[Elector]:
    """The others of one's household who may vote here, by name."""
    mine, theirs = aliased(HouseholdMember), aliased(HouseholdMember)
    rows = db.session.execute(
        _elector_columns()
        .join(theirs, theirs.resident_id == Resident.id)
        .join(mine, mine.household_id == theirs.household_id)
        .where(mine.resident_id == principal.id, Resident.id != principal.id, entitled(poll))
        .order_by(Resident.folded_name, Resident.id)
        .distinct()
    )
    return [_elector(row) for row in rows]


def electors_found(poll: Poll, typed: str) -> list[Elector]:
    """For the desk: who may vote and has all these beginnings of words; one statement."""
    words = _beginnings(typed)
    if not words:
        return []
    having = [
        Resident.id.in_(
            select(ResidentWord.resident_id).where(
                ResidentWord.word >= word, ResidentWord.word < word + AFTER_ALL
            )
        )
        for word in words
    ]
    rows = db.session.execute(
        _elector_columns()
        .where(*having, entitled(poll))
        .order_by(Resident.folded_name, Resident.id)
        .limit(MOST_FOUND)
    )
    return [_elector(row) for row in rows]


def _elector_columns() -> Any:
    return select(
        Resident.id,
        Resident.given_name,
        Resident.family_name,
        Resident.year_of_birth,
        Resident.folded_name,
    )


def _elector(row: Any) -> Elector:
    name = f"{row.family_name} {row.given_name}".strip()
    return Elector(row.id, name, row.year_of_birth)


def _exactly(typed: str) -> Any:
    digits = "".join(typed.split())
    if len(digits) == CARD_DIGITS and digits.isascii() and digits.isdigit():
        return Resident.card_number == digits
    if "@" in typed:
        return Resident.email == typed.strip().lower()
    words = fold(typed).split()[:MOST_WORDS]
    # « Amina Ben Salah » as « Ben Salah Amina »: only files say which word begins the name.
    turned = [" ".join((*words[place:], *words[:place])) for place in range(len(words))]
    return Resident.folded_name.in_(turned)


def _beginnings(typed: str) -> Sequence[str]:
    digits = "".join(typed.split())
    if digits.isascii() and digits.isdigit():
        return [digits]
    words: list[str] = []
    for chunk in fold(typed).split():
        parts = name_words(chunk)
        words += parts[:-1] if len(parts) > 1 else parts
    return words[:MOST_WORDS] if sum(map(len, words)) > 1 else []
