"""What the ways to share a budget have in common: costs, ties, and what became of each project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.voting.methods.base import (
    InvalidCount,
    InvalidRules,
    Name,
    Result,
    Rules,
    integer,
)

TIES = ("maxvotes", "mincost", "maxcost", "id")
USUAL_TIES = ("maxvotes", "mincost", "id")


@dataclass(frozen=True)
class BudgetRules(Rules):
    """Amounts in whole units of money, or in hundredths with a `unit` of 100.

    Equal projects are separated by the criteria of `ties`, in order, then by rising number.
    A project under `minimum` votes cannot win, nor can one that nobody wants.
    """

    budget: int
    costs: Mapping[int, int] = field(default_factory=dict)
    ties: tuple[str, ...] = USUAL_TIES
    minimum: int = 0
    unit: int = 1

    def __post_init__(self) -> None:
        if self.unit < 1 or not self.ties or not set(self.ties).issubset(TIES):
            raise InvalidRules(f"Une égalité se départage par : {', '.join(TIES)}.")

    def base_json(self, name: Name) -> dict[str, Any]:
        """The part of `to_json` that every budget shares."""
        return {
            "budget": self.budget,
            "costs": {str(name(option)): cost for option, cost in self.costs.items()},
            "ties": list(self.ties),
            "minimum": self.minimum,
            "unit": self.unit,
        }

    def preference(self, option: int, votes: int) -> tuple[int, ...]:
        """The smaller, the sooner a project is taken among equals."""
        cost = self.costs[option]
        keys = {"maxvotes": -votes, "mincost": cost, "maxcost": -cost, "id": option}
        return (*(keys[criterion] for criterion in self.ties), option)

    def check(self, options: Sequence[int]) -> None:
        """Refuse to count without every cost.

        Raises:
            InvalidCount: the cost of a project is missing.
        """
        if not set(options).issubset(self.costs):
            raise InvalidCount("Le coût d’un projet manque.")


BASE_KEYS = {"budget", "costs", "ties", "minimum", "unit"}


def budget_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The shared part of the rules, from JSON: costs are keyed by the numbers of projects.

    Raises:
        InvalidRules: an amount that is not a whole number, an unknown criterion.
    """
    budget, unit = integer(raw.get("budget")), integer(raw.get("unit", 1))
    minimum, costs = integer(raw.get("minimum", 0)), raw.get("costs")
    ties = raw.get("ties", USUAL_TIES)
    if budget is None or unit is None or minimum is None or not isinstance(costs, Mapping):
        raise InvalidRules("Il faut un budget et le coût de chaque projet, en nombres entiers.")
    if not isinstance(ties, list | tuple) or not all(isinstance(tie, str) for tie in ties):
        raise InvalidRules("Les critères d’égalité forment une liste de mots.")
    amounts = {integer(option): integer(cost) for option, cost in costs.items()}
    known = {o: cost for o, cost in amounts.items() if o is not None and cost is not None}
    if len(known) != len(costs):
        raise InvalidRules("Il faut un budget et le coût de chaque projet, en nombres entiers.")
    return {
        "budget": budget,
        "costs": known,
        "ties": tuple(ties),
        "minimum": minimum,
        "unit": unit,
    }


@dataclass(frozen=True)
class Project:
    """What became of a project, and why.

    `outcome` is "shares" (its supporters paid), "greedy" (taken with what was left), or what kept
    it out: "no_support", "under_minimum", "supporters_short" (its supporters had `had` left),
    "too_costly" (`left` remained of the budget). Amounts of money are exact up to two decimals.
    """

    option: int
    cost: int
    votes: int
    outcome: str
    figures: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def won(self) -> bool:
        """Whether it is paid for."""
        return self.outcome in ("shares", "greedy")

    def to_json(self, name: Name = int) -> dict[str, Any]:
        return {
            "option": name(self.option),
            "cost": self.cost,
            "votes": self.votes,
            "outcome": self.outcome,
            **self.figures,
        }


@dataclass(frozen=True)
class BudgetResult(Result):
    """Projects in the order they were taken, then those left out, most votes first."""

    projects: tuple[Project, ...]
    spent: int

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        return [project.to_json(name) for project in self.projects]

    def projects_json(self) -> dict[str, Any]:
        """The part of `to_json` that every budget shares."""
        return {"spent": self.spent, "projects": self.rounds()}


def take_greedily(
    rules: BudgetRules, votes: Mapping[int, int], spent: int, taken: Sequence[int]
) -> list[Project]:
    """Go down the projects not taken yet, most votes first, and take each one that still fits."""
    found = []
    for option in sorted(votes, key=lambda o: (-votes[o], rules.preference(o, votes[o]))):
        if option in taken:
            continue
        cost, left = rules.costs[option], rules.budget - spent
        if not votes[option]:
            outcome = "no_support"
        elif votes[option] < rules.minimum:
            outcome = "under_minimum"
        elif cost > left:
            outcome = "too_costly"
        else:
            outcome = "greedy"
            spent += cost
        found.append(Project(option, cost, votes[option], outcome, {"left": left}))
    return found
