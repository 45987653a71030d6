"""Options to put in order, by their ranks or with buttons that move them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _
from app.voting.methods.base import integer
from app.voting.papers.base import Choice, Fields, Paper, Rows, by_option
from app.voting.wording import Option, joined, rank_words

RANK = "rang-"
AMONG_THE_REST = "reste"
Tiers = list[list[str]]


class RankingPaper(Paper):
    """A rank for each option, 1 for the preferred one; no rank for those left out.

    Buttons are `ajouter`, `monter` and `descendre`, each with the number of an option: whoever
    has no script sends the form, and gets it back with the option moved. One that was dragged comes
    as `poser`, with the option it was put above as `avant`: none for the last place, or "reste".
    """

    holds = "ranking"
    key = "ranking"

    def read(self, fields: Fields) -> dict[str, Any]:
        return {"ranks": by_option(fields, RANK)}

    def write(self, given: Choice) -> dict[str, str]:
        return _fields([list(map(str, tier)) for tier in given["ranking"]])

    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        names = {option.id: option.label for option in options}
        rows = [
            (
                _("%(rank)s choix", rank=rank_words(rank)),
                joined([names.pop(option) for option in tier])
                + (_(", à égalité") if len(tier) > 1 else ""),
            )
            for rank, tier in enumerate(given["ranking"], start=1)
        ]
        if names:
            rows.append((_("Sans rang"), joined(list(names.values()))))
        return rows

    def asks(self, rules: Mapping[str, Any]) -> str:
        return _(
            "Mettez d’abord votre préféré, puis le suivant, et ainsi de suite."
            " Vous pouvez vous arrêter quand vous voulez."
        )

    def place(self, rank: int) -> str:
        """« 1er », « 2e »."""
        return rank_words(rank)

    def colleges(self, rules: Mapping[str, Any]) -> dict[int, str]:
        """The collège of each person who has one, by number."""
        return {
            int(member): name
            for name, college in rules.get("colleges", {}).items()
            for member in college["members"]
        }

    def moved(self, fields: Fields) -> dict[str, str] | None:
        tiers = _tiers(fields)
        if "ajouter" in fields:
            return _fields([*_without(tiers, fields["ajouter"]), [fields["ajouter"]]])
        if "poser" in fields:
            return _fields(_put(tiers, fields["poser"], fields.get("avant", "")))
        for button, step in (("monter", -1), ("descendre", 1)):
            if button in fields:
                return _fields(_step(tiers, fields[button], step))
        return None

    def rows(
        self, fields: Fields, options: Sequence[Option]
    ) -> list[tuple[Option, int | None, bool]]:
        """(option, its rank, whether it is alone there): the ranked ones first, in order."""
        by_number = {str(option.id): option for option in options}
        found: list[tuple[Option, int | None, bool]] = []
        for rank, tier in enumerate(_tiers(fields), start=1):
            found += [
                (by_number.pop(number), rank, len(tier) == 1)
                for number in tier
                if number in by_number
            ]
        return found + [(option, None, True) for option in by_number.values()]


def _tiers(fields: Fields) -> Tiers:
    by_rank: dict[int, list[str]] = {}
    for option, typed in by_option(fields, RANK).items():
        rank = integer(typed)
        if rank:
            by_rank.setdefault(rank, []).append(option)
    return [by_rank[rank] for rank in sorted(by_rank)]


def _without(tiers: Tiers, option: str) -> Tiers:
    return [left for tier in tiers if (left := [one for one in tier if one != option])]


def _step(tiers: Tiers, option: str, step: int) -> Tiers:
    """Out of a tie first, then past the neighbour; past the last, out of the ranking."""
    place = next((at for at, tier in enumerate(tiers) if option in tier), None)
    if place is None:
        return tiers
    tied, rest = len(tiers[place]) > 1, _without(tiers, option)
    if tied:
        rest.insert(place + (step > 0), [option])
    elif step < 0 or place + 1 < len(tiers):
        rest.insert(max(0, place + step), [option])
    return rest


def _put(tiers: Tiers, option: str, above: str) -> Tiers:
    """On its own, above another, in two parts of a tie where it was put in the middle of it."""
    rest = _without(tiers, option)
    if above == AMONG_THE_REST:
        return rest
    for place, tier in enumerate(rest):
        if above in tier:
            cut = tier.index(above)
            parts = [tier[:cut], [option], tier[cut:]]
            return [*rest[:place], *filter(None, parts), *rest[place + 1 :]]
    return [*rest, [option]]


def _fields(tiers: Tiers) -> dict[str, str]:
    return {
        f"{RANK}{option}": str(rank) for rank, tier in enumerate(tiers, start=1) for option in tier
    }
