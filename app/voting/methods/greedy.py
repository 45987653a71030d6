"""Budget participatif, au plus coché: the projects with most votes, as long as money lasts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import ApprovalBallot, approval_ballot, check_options
from app.voting.methods.base import Method, Name, check_count, check_keys
from app.voting.methods.budget import (
    BASE_KEYS,
    BudgetResult,
    BudgetRules,
    budget_fields,
    take_greedily,
)
from app.voting.methods.tallying import ranked, totals


@dataclass(frozen=True)
class GreedyRules(BudgetRules):
    """Costs and ties, and nothing else."""

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return self.base_json(name)


@dataclass(frozen=True)
class GreedyResult(BudgetResult):
    """Each project at its turn, with what was left then."""

    rules: GreedyRules

    def to_json(self) -> dict[str, Any]:
        return {**self.base_json(), **self.projects_json(), "rules": self.rules.to_json()}


class Greedy(Method[ApprovalBallot, GreedyRules, GreedyResult]):
    """Down the list of votes; a project that does not fit is passed over."""

    key = "greedy"
    place = 80
    label = _l("Partager un budget, au plus coché")
    how = _l(
        "Chacun coche les projets qui lui conviennent. On prend les plus cochés, tant que l’argent"
        " suffit ; un projet trop cher pour ce qui reste est passé."
    )
    ties = _l("À égalité, le moins cher passe d’abord.")
    holds = "approval"
    ballot = ApprovalBallot
    asks = ("budget",)
    each = "cost"

    def rules(self, raw: Mapping[str, Any]) -> GreedyRules:
        check_keys(raw, BASE_KEYS)
        return GreedyRules(**budget_fields(raw))

    def parse(self, options: Sequence[int], raw: object, rules: GreedyRules) -> ApprovalBallot:
        return approval_ballot(options, raw)

    def count(
        self, options: Sequence[int], ballots: Mapping[ApprovalBallot, int], rules: GreedyRules
    ) -> GreedyResult:
        check_count(options, ballots)
        rules.check(options)
        votes = totals((ballot.approved, times) for ballot, times in ballots.items())
        check_options(options, set(votes))
        found = take_greedily(rules, {option: votes[option] for option in options}, 0, ())
        won = [project for project in found if project.won]
        lost = [project for project in found if not project.won]
        return GreedyResult(
            method=self.key,
            options=tuple(options),
            ballots=sum(ballots.values()),
            blank=ballots.get(ApprovalBallot(()), 0),
            ranking=(
                *((project.option,) for project in won),
                *ranked({project.option: project.votes for project in lost}),
            ),
            winners=tuple(project.option for project in won),
            projects=(*won, *lost),
            spent=sum(project.cost for project in won),
            rules=rules,
        )
