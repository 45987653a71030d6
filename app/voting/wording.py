"""How ballots and results are said: names in a row, ranks, votes, sums of money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.i18n import _
from app.core.typography import euros_fr, number_fr


@dataclass(frozen=True)
class Option:
    """One of the things voted upon."""

    id: int
    label: str
    proposal_id: int | None = None


def names_of(options: Sequence[Option]) -> Mapping[int, str]:
    """Labels by number, in the order of the poll."""
    return {option.id: option.label for option in options}


def joined(names: Sequence[str]) -> str:
    """« Ciné », « Ciné et Repas », « Ciné, Repas et Bourse »."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s", first=", ".join(names[:-1]), last=names[-1])


def rank_words(rank: int) -> str:
    """« 1er », « 2e »."""
    return _("1er") if rank == 1 else _("%(rank)de", rank=rank)


def votes_words(votes: str) -> str:
    """« 12 » or « 12,5 », from « 12.50000 »; what is past two decimals is left to the table."""
    return figures(votes, 2)


def figures(number: str, most: int) -> str:
    """A number written with a point, as the French write it, with so many decimals at most."""
    whole, _point, part = number.partition(".")
    part = part[:most].rstrip("0")
    return number_fr(int(whole)) + (f",{part}" if part else "")


def money(amount: int | str, unit: int) -> str:
    """« 1 200 € », « 13,23 € », from an amount in parts of a euro (`unit` of them in one)."""
    return euros_fr(int(Decimal(amount) * 100 / unit))


def share(part: int, whole: int) -> int:
    """In per cent, rounded to the nearest."""
    return (200 * part + whole) // (2 * whole) if whole else 0
