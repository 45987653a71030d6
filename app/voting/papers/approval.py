"""Boxes to tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _, _n
from app.voting.papers.base import Choice, Fields, Paper, Rows, by_option
from app.voting.wording import Option, money

BOX = "choix-"


class ApprovalPaper(Paper):
    """A box for each option, as many as one likes or as the rules allow."""

    holds = "approval"
    key = "approved"

    def read(self, fields: Fields) -> dict[str, Any]:
        return {"approved": list(by_option(fields, BOX))}

    def write(self, given: Choice) -> dict[str, str]:
        return {f"{BOX}{option}": "1" for option in given["approved"]}

    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        rows = [(option.label, _("Coché")) for option in options if option.id in given["approved"]]
        left = len(options) - len(rows)
        if left:
            others = _n("L’autre choix", "Les %(num)d autres choix", left)
            rows.append((others, _n("Pas coché", "Pas cochés", left)))
        return rows

    def asks(self, rules: Mapping[str, Any]) -> str:
        most = rules.get("most")
        if most:
            return _n(
                "Cochez %(num)d choix, celui qui vous convient.",
                "Cochez les choix qui vous conviennent, %(num)d au plus.",
                most,
            )
        return _("Cochez tous les choix qui vous conviennent, autant que vous voulez.")

    def budget(self, rules: Mapping[str, Any]) -> str:
        """What there is to share, in words."""
        return money(rules["budget"], rules["unit"])

    def costs(self, rules: Mapping[str, Any]) -> dict[int, str]:
        """The cost of each project in words, by number."""
        return {int(option): money(c, rules["unit"]) for option, c in rules["costs"].items()}
