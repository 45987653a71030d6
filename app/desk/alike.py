"""Files that look like one person's: while registering, and in the whole file."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.accounts.word_models import ResidentWord, plain_words, sound
from app.centre.models import Quartier
from app.core.db import db
from app.core.pagination import Part
from app.core.search_text import fold
from app.desk.finding import AFTER_ALL, Found, name_and_year
from app.desk.models import ToldApart

MOST_SHOWN = 6
MOST_COMPARED = 300
PAIRS_A_PAGE = 20


class Why(StrEnum):
    """Why two files may be one person's."""

    NAME = "name"
    NEAR_NAME = "near_name"
    PHONE = "phone"
    EMAIL = "email"
    YEAR = "year"


@dataclass(frozen=True)
class Described:
    """What is compared of someone; `phone` in digits, `email` as typed."""

    given_name: str
    family_name: str
    year_of_birth: int | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def folded(self) -> str:
        return fold(f"{self.family_name} {self.given_name}")

    @property
    def words(self) -> list[str]:
        return plain_words(self.folded)


@dataclass(frozen=True)
class Suggestion:
    """Someone already known, and all that makes them come to mind."""

    found: Found
    reasons: tuple[Why, ...]


def one_letter_apart(one: str, other: str) -> bool:
    """A letter more, less or changed, or two neighbours swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def near_names(words: list[str], others: list[str]) -> bool:
    """The same words but one, which is a letter apart; or all of the shorter name, of two words."""
    alone = [word for word in words if word not in others]
    opposite = [word for word in others if word not in words]
    if len(alone) == len(opposite) == 1:
        return one_letter_apart(alone[0], opposite[0])
    return min(len(words), len(others)) > 1 and not (alone and opposite)


def why_alike(one: Described, other: Described) -> Why | None:
    """Why the two may be one; None when nothing says so."""
    if one.email and other.email and fold(one.email) == fold(other.email):
        return Why.EMAIL
    if one.phone and one.phone == other.phone:
        return Why.PHONE
    unknown = one.year_of_birth is None or other.year_of_birth is None
    gap = 0 if unknown else abs((one.year_of_birth or 0) - (other.year_of_birth or 0))
    if one.words == other.words and gap <= 1:
        return Why.NAME
    if gap == 0 and near_names(one.words, other.words):
        return Why.NEAR_NAME
    return None


def reasons_alike(one: Described, other: Described) -> tuple[Why, ...]:
    """All that the two have in common, the name first; empty when they are not alike."""
    if why_alike(one, other) is None:
        return ()
    said = {
        Why.NAME: one.words == other.words,
        Why.NEAR_NAME: one.words != other.words and near_names(one.words, other.words),
        Why.YEAR: one.year_of_birth is not None and one.year_of_birth == other.year_of_birth,
        Why.PHONE: bool(one.phone) and one.phone == other.phone,
        Why.EMAIL: bool(one.email and other.email)
        and fold(one.email or "") == fold(other.email or ""),
    }
    return tuple(why for why, holds in said.items() if holds)


KNOWN = (
    Resident.id,
    Resident.given_name,
    Resident.family_name,
    Resident.year_of_birth,
    Resident.phone,
    Resident.email,
    Resident.card_number,
    Quartier.name.label("quartier"),
)


def people_like(described: Described, known: set[int]) -> list[Suggestion]:
    """People already registered who may be this one, those of `known` aside; one statement.

    Whoever shares most with them is compared first: of a name that hundreds bear, the closest.
    """
    contacts = {described.phone, f"@{fold(described.email)}" if described.email else None} - {None}
    names = {*described.words, sound(described.folded)}
    year = described.year_of_birth
    near_year: ColumnElement[bool] = literal(True)
    if year is not None:
        years = Resident.year_of_birth.between(year - 1, year + 1)
        near_year = or_(Resident.year_of_birth.is_(None), years)
    shared = (
        select(ResidentWord.resident_id, func.count().label("words"))
        .join(Resident, Resident.id == ResidentWord.resident_id)
        .where(
            or_(
                ResidentWord.word.in_(contacts),
                and_(ResidentWord.word.in_(names), near_year),
            )
        )
        .group_by(ResidentWord.resident_id)
        .order_by(func.count().desc(), ResidentWord.resident_id)
        .limit(MOST_COMPARED)
        .subquery()
    )
    rows = db.session.execute(
        select(*KNOWN)
        .join(shared, shared.c.resident_id == Resident.id)
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .order_by(shared.c.words.desc(), Resident.id)
    )
    found = [
        Suggestion(_found(row), reasons)
        for row in rows
        if row.id not in known and (reasons := reasons_alike(described, _described(row)))
    ]
    return found[:MOST_SHOWN]


def people_called(typed: str, today: date) -> list[Suggestion]:
    """People whose name is near what was searched for, a first and a last name; one statement."""
    given_name, family_name, year = name_and_year(typed, today)
    described = Described(given_name, family_name, year)
    return people_like(described, set()) if len(described.words) > 1 else []


@dataclass(frozen=True)
class Pair:
    """Two files that may be one person's."""

    one: Found
    other: Found
    why: Why


def probable_duplicates(number: int) -> Part[Pair]:
    """The whole file's pairs, a page at a time; two statements however many people there are.

    Names that sound alike with years that agree, or one telephone and a name in common: a
    telephone alone is often a whole family's. Pairs told apart before are left out.
    """
    pairs = union_all(_sounding_alike(), _sharing_a_telephone()).subquery()
    chosen = db.session.execute(
        select(pairs.c.one_id, pairs.c.other_id)
        .distinct()
        .order_by(pairs.c.one_id, pairs.c.other_id)
        .limit(PAIRS_A_PAGE + 1)
        .offset((number - 1) * PAIRS_A_PAGE)
    ).all()
    rows = db.session.execute(
        select(*KNOWN)
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Resident.id.in_({id_ for row in chosen for id_ in row}))
    )
    people = {row.id: row for row in rows}
    shown = [
        _pair(people[row.one_id], people[row.other_id])
        for row in chosen[:PAIRS_A_PAGE]
        if row.one_id in people and row.other_id in people
    ]
    return Part(shown, number, has_next=len(chosen) > PAIRS_A_PAGE)


def _sounding_alike() -> Select[int, int]:
    one, other = aliased(Resident), aliased(Resident)
    same_name_near_year = and_(
        one.folded_name == other.folded_name,
        func.abs(one.year_of_birth - other.year_of_birth) <= 1,
    )
    query = _pairs(one, other, "~")
    return query.where(or_(_years_agree(one, other), same_name_near_year))


def _sharing_a_telephone() -> Select[int, int]:
    one, other = aliased(Resident), aliased(Resident)
    mine, theirs = aliased(ResidentWord), aliased(ResidentWord)
    is_name = or_(and_(mine.word >= "a", mine.word < "~"), mine.word > "~" + AFTER_ALL)
    a_name_in_common = (
        select(literal(1))
        .where(
            mine.resident_id == one.id,
            theirs.resident_id == other.id,
            theirs.word == mine.word,
            is_name,
        )
        .exists()
    )
    return _pairs(one, other, "%").where(_years_agree(one, other), a_name_in_common)


def _pairs(one: type[Resident], other: type[Resident], sign: str) -> Select[int, int]:
    """Each two people who share a word that begins with this sign."""
    first, second = aliased(ResidentWord), aliased(ResidentWord)
    apart = (
        select(literal(1))
        .where(ToldApart.first_id == one.id, ToldApart.second_id == other.id)
        .exists()
    )
    return (
        select(one.id.label("one_id"), other.id.label("other_id"))
        .select_from(first)
        .join(second, and_(second.word == first.word, second.resident_id > first.resident_id))
        .join(one, one.id == first.resident_id)
        .join(other, other.id == second.resident_id)
        .where(first.word >= sign, first.word < sign + AFTER_ALL, ~apart)
    )


def _years_agree(one: type[Resident], other: type[Resident]) -> ColumnElement[bool]:
    unknown = or_(one.year_of_birth.is_(None), other.year_of_birth.is_(None))
    return or_(unknown, one.year_of_birth == other.year_of_birth)


def _pair(one: Any, other: Any) -> Pair:
    why = why_alike(_described(one), _described(other)) or Why.NEAR_NAME
    return Pair(_found(one), _found(other), why)


def _described(row: Any) -> Described:
    return Described(row.given_name, row.family_name, row.year_of_birth, row.phone, row.email)


def _found(row: Any) -> Found:
    name = f"{row.given_name} {row.family_name}"
    return Found(row.id, name, row.year_of_birth, row.card_number, row.quartier, row.phone)
