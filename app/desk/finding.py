"""Finding someone among a hundred thousand as among a thousand: an index answers each word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import Resident
from app.accounts.word_models import ResidentWord, name_words
from app.centre.models import Quartier
from app.core.db import db
from app.core.pagination import Part
from app.core.search_text import fold

SIZE = 20
MOST_PAGES = 10
"""Nobody reads further: one more word, or a year, is quicker."""
MOST_TOKENS = 6
RARE_ENOUGH = 300
"""Words found less often than this are not told apart: each is a short list to go through."""
SHORTEST_ENDING = 4
AFTER_ALL = "\U0010ffff"
"""Follows every character a word may hold, so that a prefix is a range of the index."""
NUMBER = re.compile(r"[\d\s.+\-]*\d[\d\s.+\-]*")
YEAR = re.compile(r"(?:19|20)\d\d")
_FRENCH_ABROAD = re.compile(r"^(?:\+|00)33")


@dataclass(frozen=True)
class Found:
    """A person in the desk's list."""

    id: int
    name: str
    year_of_birth: int | None
    card_number: str
    quartier: str | None
    phone: str | None


Token = tuple[str, ...]
"""The beginnings that one typed word may have in the index; any of them will do."""


def tokens_of(typed: str) -> list[Token]:
    """What was typed, as beginnings of words: a number alone is read whole, however spaced."""
    if NUMBER.fullmatch(typed):
        digits = _FRENCH_ABROAD.sub("0", re.sub(r"[\s.\-]", "", typed)).replace("+", "")
        ending = (f"%{digits[::-1]}",) if len(digits) >= SHORTEST_ENDING else ()
        return [(digits, *ending)]
    found: list[Token] = []
    for chunk in fold(typed).split():
        found += [(f"@{chunk}",)] if "@" in chunk else [(word,) for word in _parts(chunk)]
    return list(dict.fromkeys(found))[:MOST_TOKENS]


def _parts(chunk: str) -> list[str]:
    """Of « n'diaye », n and diaye: each is found where it stands, and the whole needs no more."""
    words = name_words(chunk)
    return words[:-1] if len(words) > 1 else words


def name_and_year(typed: str, today: date) -> tuple[str, str, int | None]:
    """« amina diallo 1984 » → Amina, Diallo, 1984; what is no name is left aside."""
    names, year = [], None
    for word in typed.split():
        if YEAR.fullmatch(word) and int(word) <= today.year:
            year = int(word)
        elif not any(sign.isdigit() or sign == "@" for sign in word):
            names.append(word if word != word.lower() else word.title())
    return " ".join(names[:1]), " ".join(names[1:]), year


def find_people(typed: str, number: int) -> Part[Found]:
    """Whoever has all these words, by the order of the rarest; two statements at most.

    Nothing is counted in full, and no page goes past `MOST_PAGES`.
    """
    tokens = tokens_of(typed)
    number = min(number, MOST_PAGES)
    if not tokens:
        return Part([], 1, has_next=False)
    hits = _hits(_rarest_first(tokens)).limit(SIZE + 1).offset((number - 1) * SIZE).subquery()
    matched, kept = aliased(Resident), aliased(Resident)
    rows = db.session.execute(
        select(*_shown(kept))
        .select_from(hits)
        .join(matched, matched.id == hits.c.resident_id)
        # The card of a file that was joined to another leads to the one that stayed.
        .join(kept, kept.id == func.coalesce(matched.merged_into_id, matched.id))
        .outerjoin(Quartier, Quartier.id == kept.quartier_id)
        .order_by(hits.c.word, hits.c.folded_name, hits.c.resident_id)
    ).all()
    people = [Found(*row) for row in rows[:SIZE]]
    return Part(people, number, has_next=len(rows) > SIZE and number < MOST_PAGES)


def _shown(person: type[Resident]) -> tuple[Any, ...]:
    """The columns of a `Found`."""
    return (
        person.id,
        person.full_name,
        person.year_of_birth,
        person.card_number,
        Quartier.name,
        person.phone,
    )


def _begins(column: ColumnElement[str], token: Token) -> ColumnElement[bool]:
    return or_(*(and_(column >= start, column < start + AFTER_ALL) for start in token))


def _rarest_first(tokens: list[Token]) -> list[Token]:
    """The word that fewest people have first: its list is the one to go through."""
    if len(tokens) == 1:
        return tokens
    few = [
        select(func.count())
        .select_from(
            select(literal(1))
            .select_from(ResidentWord)
            .where(_begins(_column(ResidentWord.word), token))
            .limit(RARE_ENOUGH)
            .subquery()
        )
        .scalar_subquery()
        for token in tokens
    ]
    counts = db.session.execute(select(*few)).one()
    return [token for _count, token in sorted(zip(counts, tokens, strict=True))]


def _hits(tokens: list[Token]) -> Select[str, str, int]:
    """The people who have every word, each once, in the order of the index."""
    first, *others = tokens
    hit = aliased(ResidentWord)
    query = select(hit.word, hit.folded_name, hit.resident_id).where(
        _begins(_column(hit.word), first), _one_word_of(hit, first, before=True).is_(None)
    )
    for token in others:
        query = query.where(_one_word_of(hit, token).is_not(None))
    return query.order_by(hit.word, hit.folded_name, hit.resident_id)


def _one_word_of(
    hit: type[ResidentWord], token: Token, *, before: bool = False
) -> ScalarSelect[int]:
    """Whether that person has a word beginning so, at all or before the one that was hit.

    Few words are one person's, so that reading them all is quickest; the empty text added keeps a
    planner that misjudges a beginning from going through everyone who has such a word.
    """
    also = aliased(ResidentWord)
    word = also.word.concat("")
    query = select(literal(1)).where(also.resident_id == hit.resident_id, _begins(word, token))
    if before:
        query = query.where(word < hit.word)
    return query.limit(1).scalar_subquery()


def _column(attribute: InstrumentedAttribute[str]) -> ColumnElement[str]:
    return attribute.expression


def people_by_id(ids: Sequence[int]) -> list[Found]:
    """These people, in this order; one statement."""
    rows = db.session.execute(
        select(*_shown(Resident))
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Resident.id.in_(ids), Resident.merged_into_id.is_(None))
        .where(Resident.erased_at.is_(None))
    )
    found = {row.id: Found(*row) for row in rows}
    return [found[one] for one in dict.fromkeys(ids) if one in found]
