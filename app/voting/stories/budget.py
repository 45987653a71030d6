"""Shared budgets, in plain words: what is paid for, and why each project is or is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.i18n import _, _n
from app.voting.stories.base import Result, Rows, Story, winners
from app.voting.wording import Option, joined, money, names_of

LONGEST_HEADLINE = 3


@dataclass(frozen=True)
class Project:
    """A project in the picture: `at` and `width` in per cent of the budget, for those paid for."""

    name: str
    cost: str
    votes: int
    won: bool
    why: str
    at: float
    width: float


class BudgetStory(Story):
    """What both ways to share a budget tell."""

    def headline(self, result: Result, options: Sequence[Option]) -> str:
        names = winners(result, options)
        if not names:
            return _("Aucun projet n’est financé")
        if len(names) > LONGEST_HEADLINE:
            return _("Le budget finance %(count)d projets", count=len(names))
        return _("Le budget finance %(names)s", names=joined(names))

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        rules = result["rules"]
        return [
            _(
                "Sur un budget de %(budget)s, %(spent)s sont dépensés. Il reste %(left)s.",
                budget=money(rules["budget"], rules["unit"]),
                spent=money(result["spent"], rules["unit"]),
                left=money(rules["budget"] - result["spent"], rules["unit"]),
            )
        ]

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        costs = ", ".join(
            _("%(name)s %(cost)s", name=option.label, cost=money(cost, rules["unit"]))
            for option in options
            for cost in [rules["costs"][str(option.id)]]
        )
        return [(_("Budget"), money(rules["budget"], rules["unit"])), (_("Coûts"), costs)]

    def projects(self, result: Result, options: Sequence[Option]) -> list[Project]:
        """In the order they were taken, then those left out."""
        names, rules = names_of(options), result["rules"]
        found, spent = [], 0
        for project in result["projects"]:
            won = project["option"] in result["winners"]
            found.append(
                Project(
                    names[project["option"]],
                    money(project["cost"], rules["unit"]),
                    project["votes"],
                    won,
                    self._told(project, rules["unit"]),
                    100 * spent / rules["budget"],
                    100 * project["cost"] / rules["budget"] if won else 0,
                )
            )
            spent += project["cost"] if won else 0
        return found

    def _told(self, project: Mapping[str, Any], unit: int) -> str:
        why = self.why(project, unit)
        if project["outcome"] in ("shares", "no_support"):
            return why
        ticked = _n(
            "%(num)d personne l’a coché.", "%(num)d personnes l’ont coché.", project["votes"]
        )
        return f"{ticked} {why}"

    def why(self, project: Mapping[str, Any], unit: int) -> str:
        """Why a project is paid for, or not."""
        if project["outcome"] == "no_support":
            return _("Personne ne l’a coché.")
        if project["outcome"] == "under_minimum":
            return _("C’est trop peu pour être retenu.")
        left = money(project["left"], unit)
        if project["outcome"] == "greedy":
            return _("À son tour, il restait %(left)s : assez pour le payer.", left=left)
        return _("À son tour, il ne restait que %(left)s.", left=left)


def _begun(result: Result, unit: int) -> str:
    """The share that everyone had first."""
    first = Decimal(result["first_share"])
    share = money(result["first_share"], unit)
    # Six thousand euros among sixty-four people make 93,75 €, and the count begins at 93 €.
    if first * result["ballots"] != result["rules"]["budget"] and first % unit == 0:
        share = _("%(share)s (arrondie à l’euro en dessous)", share=share)
    return _(
        "Au départ, chaque votant avait une part égale du budget : %(share)s, à mettre dans les"
        " projets qu’il avait cochés.",
        share=share,
    )


def _grown(result: Result, unit: int) -> str:
    """How far the shares went, and what stopped them."""
    share = money(result["last_share"], unit)
    rising = _(
        "Tout l’argent n’était pas utilisé. On a donc augmenté toutes les parts peu à peu, d’un"
        " euro à chaque fois, jusqu’à %(share)s.",
        share=share,
    )
    if result["overspent"] is None:
        return rising
    stop = _("Un euro de plus, et les projets choisis coûtaient plus que le budget.")
    return f"{rising} {stop}"


class GreedyStory(BudgetStory):
    """Down the list of votes."""

    key = "greedy"


class EqualSharesStory(BudgetStory):
    """Everyone holds a part, and those who want a project pay for it."""

    key = "equal_shares"

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        unit = result["rules"]["unit"]
        said = super().sentences(result, options)
        if result["winners"]:
            said.append(_begun(result, unit))
            if Decimal(result["last_share"]) > Decimal(result["first_share"]):
                said.append(_grown(result, unit))
        return said

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        return [
            *super().rules(rules, options),
            (
                _("Ce qui reste"),
                _(
                    "Les parts grandissent d’un euro à la fois tant que le budget n’est pas"
                    " dépassé. Puis on prend les plus cochés que le reste peut payer."
                ),
            ),
        ]

    def why(self, project: Mapping[str, Any], unit: int) -> str:
        if project["outcome"] == "shares":
            return _n(
                "La personne qui l’a coché le paie : %(payment)s.",
                "Les %(num)d personnes qui l’ont coché le paient : %(payment)s chacune au plus.",
                project["votes"],
                payment=money(project["payment"], unit),
            )
        if project["outcome"] == "greedy":
            left = money(project["left"], unit)
            return _("Payé avec le reste du budget, qui était de %(left)s.", left=left)
        if project["outcome"] in ("too_costly", "supporters_short"):
            return _n(
                "Il lui restait %(had)s de sa part, et le reste du budget (%(left)s) ne suffisait"
                " pas.",
                "Il leur restait %(had)s en tout, et le reste du budget (%(left)s) ne suffisait"
                " pas.",
                project["votes"],
                had=money(project["had"], unit),
                left=money(project["left"], unit),
            )
        return super().why(project, unit)
