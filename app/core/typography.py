"""French typography: spaces, quotation marks, apostrophes, numbers, days and hours."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from app.core.clock import PARIS, civil_day

NBSP = "\u00a0"
THIN = "\u202f"

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

# Stands for each passage left untouched while the others change.
_KEPT = "\uf8ff"
_UNTOUCHED = re.compile(
    r"```.*?```|`[^`\n]*`"  # code
    r"|\]\([^)\n]{0,1000}\)|^ {0,3}\[[^\]\n]{1,200}\]:.*$"  # Markdown's link targets
    r"|(?:https?://|ftp://|mailto:|www\.)[^\s<>\"«»]+"
    r"|[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|&#?\w{1,10};" + f"|{_KEPT}",  # HTML entities, whose semicolon is not punctuation
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)

_SPACE = f"[ \t{NBSP}{THIN}]"
_WORD_END = rf"[\w)\]»%€°*{_KEPT}]"
_AFTER = r"(?=[\s)\]»*_!?…\"|]|$)"
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w\"«*])")
_QUOTES = re.compile(rf"(?<![\w\"{_KEPT}])\"([^\"\n]+)\"(?![\w\"])")
_OPENING = re.compile(rf"«{_SPACE}*(?=[^\s{NBSP}{THIN}])")
_CLOSING = re.compile(rf"(?<=[^\s{NBSP}{THIN}]){_SPACE}*»")
_HIGH = re.compile(rf"(?<={_WORD_END}){_SPACE}?([;!?]+){_AFTER}")
_LOW = re.compile(rf"(?<={_WORD_END}){_SPACE}?:(?=\s|$)")
_ELIDES = re.compile(
    r"(?!ou[aeiy])[aeiou]|y[^aeiouy]|he|hil|hip|hono|hor|hub|hug|hy", re.IGNORECASE
)
_PERCENT = re.compile(rf"(?<=\d){_SPACE}?%(?!\w)")


def typo(text: str) -> str:
    """The text with French apostrophes, « guillemets » and non-breaking spaces.

    Addresses, e-mail addresses, hours, code and Markdown's link targets are left as they are,
    and a second pass changes nothing, so it may be applied to a text each time it is saved.
    """
    kept: Iterator[str] = iter(_UNTOUCHED.findall(text))
    text = _UNTOUCHED.sub(_KEPT, text)
    text = _APOSTROPHE.sub("’", text)
    text = _QUOTES.sub(lambda quote: f"«{quote[1]}»" if quote[1].strip() else quote[0], text)
    text = _OPENING.sub(f"«{NBSP}", text)
    text = _CLOSING.sub(f"{NBSP}»", text)
    text = _HIGH.sub(rf"{THIN}\1", text)
    text = _LOW.sub(f"{NBSP}:", text)
    text = _PERCENT.sub(f"{NBSP}%", text)
    return re.sub(_KEPT, lambda _: next(kept), text)


def number_fr(number: float) -> str:
    """1234.5 → « 1 234,5 », with narrow non-breaking spaces and a true minus sign."""
    return f"{number:,}".replace(",", THIN).replace(".", ",").replace("-", "−")


def card_fr(number: str) -> str:
    """`20260014` → « 20 26 00 14 », unbroken, as it is printed on the card and read aloud."""
    return NBSP.join(re.findall(".{1,2}", number))


def of_fr(name: str) -> str:
    """« d’Inès », « de Samir »: elided before a vowel or a mute h.

    The h of a first name is mute in Hélène, Hippolyte or Hugues, not in Hassan or Hana; Yves
    elides, Yasmine does not, nor Oualid.
    """
    plain = unicodedata.normalize("NFD", name.replace("œ", "oe").replace("Œ", "oe"))
    return f"d’{name}" if _ELIDES.match(plain) else f"de {name}"


def euros_fr(cents: int) -> str:
    """750 → « 7,50 € », 1500 → « 15 € »."""
    whole, rest = divmod(cents, 100)
    return f"{number_fr(whole)}{f',{rest:02}' if rest else ''}{NBSP}€"


def date_fr(day: date) -> str:
    """« 3 décembre 2026 », of a day or of an aware moment as it is in Paris."""
    day = _civil(day)
    return f"{_ordinal(day)} {MONTHS[day.month - 1]} {day.year}"


def month_fr(day: date) -> str:
    """« décembre 2026 », the month of a day."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_fr(day: date, today: date) -> str:
    """« jeudi 3 décembre », with its year when it is not the year of `today`."""
    day = _civil(day)
    words = f"{_DAYS[day.weekday()]} {_ordinal(day)} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def time_fr(moment: datetime) -> str:
    """« 18 h 30 », or « 18 h » on the hour, of an aware moment as it is in Paris.

    Raises:
        ValueError: the moment is naive.
    """
    local = _aware(moment).astimezone(PARIS)
    hours = f"{local.hour}{NBSP}h"
    return f"{hours}{NBSP}{local.minute:02}" if local.minute else hours


def datetime_fr(moment: datetime, today: date) -> str:
    """« jeudi 3 décembre, 18 h 30 », of an aware moment; raises ValueError if it is naive."""
    return f"{day_fr(moment, today)}, {time_fr(moment)}"


def _ordinal(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _civil(day: date) -> date:
    # A datetime is a date too, and its own day may not be the one in Paris.
    return civil_day(_aware(day)) if isinstance(day, datetime) else day


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is required")
    return moment
