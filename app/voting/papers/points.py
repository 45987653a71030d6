"""Dots to stick."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _, _n
from app.voting.papers.base import Choice, Fields, Paper, Rows, by_option
from app.voting.wording import Option

DOTS = "gommettes-"


class PointsPaper(Paper):
    """A number of dots for each option; nothing is none."""

    holds = "points"
    key = "dots"

    def read(self, fields: Fields) -> dict[str, Any]:
        return {"dots": by_option(fields, DOTS)}

    def write(self, given: Choice) -> dict[str, str]:
        return {f"{DOTS}{option}": str(number) for option, number in given["dots"].items()}

    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        stuck = given["dots"]
        rows = [
            (option.label, _n("%(num)d gommette", "%(num)d gommettes", stuck[str(option.id)]))
            for option in options
            if str(option.id) in stuck
        ]
        left = rules["dots"] - sum(stuck.values())
        if left:
            rows.append((_("Non collées"), _n("%(num)d gommette", "%(num)d gommettes", left)))
        return rows

    def asks(self, rules: Mapping[str, Any]) -> str:
        dots, most = rules["dots"], rules["most"]
        have = _n("Vous avez %(num)d gommette.", "Vous avez %(num)d gommettes.", dots)
        if most < dots:
            limit = _("Collez-en %(most)d au plus sur un même choix.", most=most)
        else:
            limit = _("Répartissez-les comme vous voulez.")
        return f"{have} {limit}"
