"""What people type in a cell, understood: days, times, lengths, numbers, choices."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from app.core.clock import PARIS, today
from app.core.i18n import _
from app.core.search_text import fold
from app.core.typography import number_fr
from app.indicators.periods import FIRST_YEAR

T = TypeVar("T")

EXCEL_START = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, from 1900-03-01 on (ISO/IEC 29500-1, 18.17.4.1)."""
LONGEST_MINUTES = 24 * 60
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T]\d{1,2}[:hH]\d{2}.*)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
_TIME = re.compile(r"(?:.*\d{4}[ T])?(\d{1,2})\s*(?:[:hH]\s*(\d{2})?(?::\d{2})?)?", re.DOTALL)
_LENGTH = re.compile(
    r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{1,2})?(?:\s*min\w*|:\d{2})?", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min(?:utes?)?|mn)\.?", re.IGNORECASE)
_DECIMAL = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_SEASON = re.compile(r"(\d{4}|\d{2})(?:\s*[-/–]\s*(\d{4}|\d{2}))?")


class Unreadable(Exception):
    """A cell that says nothing we understand; its text tells how to mend it."""


def read_day(text: str) -> date:
    """« 12/03/2023 », « 2023-03-12 », or a spreadsheet's own number; a day gone by."""
    day = _day(text)
    if day is None:
        raise Unreadable(_("Écrivez une date comme 12/03/2023."))
    if day > today():
        raise Unreadable(_("Cette date n’est pas encore passée."))
    if day.year < FIRST_YEAR:
        raise Unreadable(_("Les chiffres commencent en %(year)s.", year=str(FIRST_YEAR)))
    return day


def _day(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if found := _DAY.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year + 2000 if year < 100 else year, month, day)
        if _SERIAL.fullmatch(text):
            return EXCEL_START + timedelta(days=int(text[:5]))
    except ValueError:
        return None
    return None


def read_time(text: str) -> time:
    """« 14h30 », « 14:30 », « 14 h »."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable(_("Écrivez une heure comme 14h30."))
    return time(int(found[1]), int(found[2] or 0))


def read_length(text: str) -> int:
    """A length in minutes: « 1,5 » hours, « 1h30 », « 1:30 », « 90 min »."""
    minutes: float | None = None
    if found := _MINUTES.fullmatch(text):
        minutes = int(found[1])
    elif (found := _LENGTH.fullmatch(text)) and int(found[2] or 0) < 60:
        minutes = int(found[1]) * 60 + int(found[2] or 0)
    elif _DECIMAL.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * 60)
    if minutes is None:
        raise Unreadable(_("Écrivez une durée en heures, comme 1,5 ou 1h30."))
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Unreadable(_("Une durée va d’une minute à 24 heures. 90 minutes s’écrit 90 min."))
    return int(minutes)


def read_count(most: int, least: int = 0) -> Callable[[str], int]:
    """A whole number of people, within bounds."""

    def read(text: str) -> int:
        plain = _BLANKS.sub("", text)
        if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
            raise Unreadable(_("Écrivez un nombre entier, en chiffres."))
        if not least <= int(plain) <= most:
            bounds = {"least": number_fr(least), "most": number_fr(most)}
            raise Unreadable(_("Écrivez un nombre entre %(least)s et %(most)s.", **bounds))
        return int(plain)

    return read


YES = frozenset({"oui", "o", "x", "1", "vrai", "yes"})
NO = frozenset({"non", "n", "0", "faux", "no"})


def read_yes(text: str) -> bool:
    """« oui » or « non »."""
    word = fold(text)
    if word not in YES | NO:
        raise Unreadable(_("Écrivez oui ou non."))
    return word in YES


def read_birth_year(text: str) -> int:
    """A year of birth; of a whole date the year alone is kept."""
    plain = text if text.isascii() and text.isdigit() and len(text) == 4 else ""
    day = None if plain else _day(text)
    year = int(plain) if plain else day.year if day else 0
    if not 1900 <= year <= today().year:
        raise Unreadable(_("Écrivez une année de naissance, comme 1985."))
    return year


def read_season(text: str) -> int:
    """The year in which a season starts: « 2021-2022 », « 21/22 », « 2021 »."""
    found = _SEASON.fullmatch(text)
    first, second = (_whole(part) for part in found.groups()) if found else (None, None)
    if first is None or second not in (None, first + 1):
        raise Unreadable(_("Écrivez une saison comme 2021-2022."))
    if not FIRST_YEAR <= first <= today().year:
        raise Unreadable(_("Cette saison n’est pas une saison passée."))
    return first


def _whole(year: str | None) -> int | None:
    return None if year is None else int(year) + (2000 if len(year) == 2 else 0)


def read_text(most: int) -> Callable[[str], str]:
    """A text no longer than so many characters, its blanks made one."""

    def read(text: str) -> str:
        plain = " ".join(text.split())
        if len(plain) > most:
            raise Unreadable(
                _("C’est trop long : %(max)s caractères au plus.", max=number_fr(most))
            )
        return plain

    return read


def read_card(text: str) -> str:
    """A card's number: eight digits, however they are grouped."""
    digits = re.sub(r"[\s\u00a0\u202f.\-]+", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        raise Unreadable(_("Un numéro de carte a 8 chiffres."))
    return digits


def read_choice(choices: Mapping[str, T], words: Iterable[object]) -> Callable[[str], T]:
    """One of a list, by its folded words; `words` are those that the refusal offers."""

    def read(text: str) -> T:
        found = choices.get(plain(text))
        if found is None:
            offered = ", ".join(str(word) for word in words)
            raise Unreadable(_("Choisissez parmi : %(words)s.", words=offered))
        return found

    return read


def plain(text: object) -> str:
    """Words to compare, of any alphabet: no case, accent or sign."""
    return " ".join(re.findall(r"[^\W_]+", fold(str(text))))


def moment_of(day: date, at: time) -> datetime:
    """The moment of a day and a time at the centre."""
    return datetime.combine(day, at, PARIS)
