"""What the programme's addresses ask for: lists, calendars, feeds and posters read it alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import request

from app.centre.queries import quartier_choices
from app.core.clock import today
from app.core.i18n import _l
from app.programme.kind_queries import choices as kind_choices
from app.programme.kinds import PUBLIC_WORDS
from app.programme.queries import Filters

WHERE = {"centre": _l("Au centre"), "dehors": _l("Dans les quartiers")}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Asked:
    """Filters as an address gives them, and the choices that there are.

    Args:
        chosen: quartier, type, pour and ou; an empty word keeps all.
    """

    chosen: dict[str, str]
    quartiers: list[tuple[int, str]]
    kinds: list[tuple[str, str]]

    @property
    def filters(self) -> Filters:
        chosen = self.chosen
        return Filters(chosen["type"], int(chosen["quartier"] or 0), chosen["pour"], chosen["ou"])

    @property
    def kept(self) -> dict[str, str]:
        """What other addresses of the programme repeat to keep the same filters."""
        return {name: value for name, value in self.chosen.items() if value}

    @property
    def words(self) -> list[str]:
        """The filters in use, for a reader."""
        chosen = self.chosen
        named = {str(value): label for value, label in self.quartiers}
        kinds = dict(self.kinds)
        found = [
            named.get(chosen["quartier"]),
            PUBLIC_WORDS.get(chosen["pour"]),
            kinds.get(chosen["type"]),
            WHERE.get(chosen["ou"]),
        ]
        return [str(word) for word in found if word]


def asked() -> Asked:
    """What the present address asks for; what is no choice is left out; two statements."""
    quartiers, kinds = quartier_choices(), kind_choices()
    chosen = {
        "quartier": asked_among("quartier", quartiers),
        "type": asked_among("type", kinds),
        "pour": asked_among("pour", PUBLIC_WORDS.items()),
        "ou": asked_among("ou", WHERE.items()),
    }
    return Asked(chosen, quartiers, kinds)


def asked_among(name: str, choices: Iterable[tuple[object, object]]) -> str:
    """What the address asks for, where it is one of the choices; else nothing."""
    wanted = request.args.get(name, "")
    return wanted if wanted in {str(value) for value, _label in choices} else ""


def asked_day() -> date:
    """The day that the address names (`jour=2026-11-23`), between 2000 and 2100; else today."""
    try:
        day = date.fromisoformat(request.args.get("jour", ""))
    except ValueError:
        return today()
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today()
