"""Budget participatif à parts égales: every voter holds an equal share of the budget.

The Method of Equal Shares (Peters, Pierczyński and Skowron, « Proportional Participatory Budgeting
with Additive Utilities », NeurIPS 2021) on approval ballots, costs as utilities, with the
completion of equalshares.net: shares grow by one unit of money as long as what they buy fits
the budget (not stopping when nothing more would fit), then what is left goes to the most voted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import ApprovalBallot, approval_ballot, check_options
from app.voting.methods.base import InvalidRules, Method, Name, check_count, check_keys
from app.voting.methods.budget import (
    BASE_KEYS,
    BudgetResult,
    BudgetRules,
    Project,
    budget_fields,
    take_greedily,
)
from app.voting.methods.shares_count import Purchase, Shares, Supporters, buy
from app.voting.methods.tallying import decimal, ranked

COMPLETIONS = {("add1", "greedy"), ("add1",), ("greedy",), ()}
STARTS = ("whole", "exact")
STOPS = ("overspent", "exhausted")


@dataclass(frozen=True)
class EqualSharesRules(BudgetRules):
    """How money that equal shares leave is used, and the first share.

    With "add1" the first share is cut to a whole unit of money ("whole"), as equalshares.net does,
    or is not ("exact"); it grows until the budget is "overspent", which is not counted, or as soon
    as no other project fits what is left ("exhausted").
    """

    completion: tuple[str, ...] = ("add1", "greedy")
    start: str = "whole"
    stop: str = "overspent"

    def __post_init__(self) -> None:
        # `super()` without arguments does not work in a class that dataclass makes anew.
        BudgetRules.__post_init__(self)
        if self.completion not in COMPLETIONS:
            raise InvalidRules("Les parts se complètent par « add1 », puis « greedy ».")
        if self.start not in STARTS or self.stop not in STOPS:
            raise InvalidRules("Cette façon de faire grandir les parts n’existe pas.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {
            **self.base_json(name),
            "completion": list(self.completion),
            "start": self.start,
            "stop": self.stop,
        }


@dataclass(frozen=True)
class EqualSharesResult(BudgetResult):
    """Each project with what each supporter paid, or why it was not paid for.

    `first_share` and `last_share` are each voter's part, before and after it grew, in units of
    `rules.budget`; `overspent` is what the next share would have spent, None if nothing stopped it.
    """

    first_share: str
    last_share: str
    overspent: int | None
    rules: EqualSharesRules

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        shares = {
            "first_share": self.first_share,
            "last_share": self.last_share,
            "overspent": self.overspent,
        }
        return [shares, *BudgetResult.rounds(self, name)]

    def to_json(self) -> dict[str, Any]:
        shares, *projects = self.rounds()
        return {
            **self.base_json(),
            **shares,
            "spent": self.spent,
            "projects": projects,
            "rules": self.rules.to_json(),
        }


class EqualShares(Method[ApprovalBallot, EqualSharesRules, EqualSharesResult]):
    """A project is paid for by those who want it, each from an equal part of the budget."""

    key = "equal_shares"
    place = 70
    label = _l("Partager un budget à parts égales")
    how = _l(
        "Chacun coche les projets qui lui conviennent et dispose d’une part égale du budget. Un"
        " projet est retenu quand ceux qui l’ont coché peuvent le payer ensemble, en commençant"
        " par celui qui leur coûte le moins."
    )
    ties = _l("À égalité, le projet le plus coché passe d’abord, puis le moins cher.")
    holds = "approval"
    ballot = ApprovalBallot
    asks = ("budget",)
    each = "cost"

    def rules(self, raw: Mapping[str, Any]) -> EqualSharesRules:
        check_keys(raw, BASE_KEYS | {"completion", "start", "stop"})
        completion = raw.get("completion", ("add1", "greedy"))
        if not isinstance(completion, list | tuple):
            raise InvalidRules("Les parts se complètent par « add1 », puis « greedy ».")
        return EqualSharesRules(
            **budget_fields(raw),
            completion=tuple(map(str, completion)),
            start=str(raw.get("start", "whole")),
            stop=str(raw.get("stop", "overspent")),
        )

    def parse(self, options: Sequence[int], raw: object, rules: EqualSharesRules) -> ApprovalBallot:
        return approval_ballot(options, raw)

    def count(
        self,
        options: Sequence[int],
        ballots: Mapping[ApprovalBallot, int],
        rules: EqualSharesRules,
    ) -> EqualSharesResult:
        check_count(options, ballots)
        rules.check(options)
        check_options(options, {option for ballot in ballots for option in ballot.approved})
        supporters = Supporters(options, ballots, rules.costs)
        first, last, overspent = _share_out(supporters, rules)
        paid = [_paid(supporters, purchase, rules) for purchase in last.bought]
        spent = sum(project.cost for project in paid)
        rest = [
            _unpaid(project, last, rules)
            for project in take_greedily(rules, supporters.votes, spent, last.options)
        ]
        won = [*paid, *(project for project in rest if project.won)]
        lost = [project for project in rest if not project.won]
        return EqualSharesResult(
            method=self.key,
            options=tuple(options),
            ballots=supporters.voters,
            blank=ballots.get(ApprovalBallot(()), 0),
            ranking=(
                *((project.option,) for project in won),
                *ranked({project.option: project.votes for project in lost}),
            ),
            winners=tuple(project.option for project in won),
            projects=(*won, *lost),
            spent=sum(project.cost for project in won),
            first_share=_figures(first),
            last_share=_figures(last.share),
            overspent=overspent,
            rules=rules,
        )


def _share_out(
    supporters: Supporters, rules: EqualSharesRules
) -> tuple[Fraction, Shares, int | None]:
    """The first share, what the last one that fits buys, and what the next would have spent."""
    voters, votes = max(1, supporters.voters), supporters.votes
    wanted = [
        option for option in votes if rules.costs[option] and votes[option] >= max(1, rules.minimum)
    ]

    def bought(share: Fraction, guide: Shares | None = None) -> Shares | None:
        return buy(supporters, wanted, share, preference, None if guide is None else guide.bought)

    def preference(option: int) -> tuple[int, ...]:
        return rules.preference(option, votes[option])

    def cost(shares: Shares) -> int:
        return sum(rules.costs[option] for option in shares.options)

    first = Fraction(rules.budget, voters)
    if "add1" in rules.completion and rules.start == "whole":
        first = Fraction(rules.budget // (voters * rules.unit) * rules.unit)
    last = bought(first)
    assert last is not None
    step = 1
    while "add1" in rules.completion and len(last.bought) < len(wanted):
        left = rules.budget - cost(last)
        fits = [o for o in wanted if rules.costs[o] <= left and o not in last.options]
        if rules.stop == "exhausted" and not fits:
            break
        # Ahead by as many units at once as are sure to buy the same projects in the same order.
        ahead = bought(last.share + step * rules.unit, last) if step > 1 else None
        if ahead is None and step > 1:
            step //= 2
            continue
        ahead = ahead or bought(last.share + rules.unit)
        assert ahead is not None
        if cost(ahead) > rules.budget:
            return first, last, cost(ahead)
        step = step * 2 if ahead.options == last.options else 1
        last = ahead
    return first, last, None


def _paid(supporters: Supporters, purchase: Purchase, rules: EqualSharesRules) -> Project:
    """What each supporter paid, in units of the budget, and to how many votes that amounts."""
    option, votes = purchase.option, supporters.votes[purchase.option]
    payment, effective = purchase.price * rules.costs[option], 1 / purchase.price
    figures: dict[str, str | int] = {
        "payment": _figures(payment),
        "full_payers": purchase.full,
        "effective_votes": _figures(effective),
    }
    return Project(option, rules.costs[option], votes, "shares", figures)


def _unpaid(project: Project, last: Shares, rules: EqualSharesRules) -> Project:
    """Why a project was not paid for by shares, and whether what was left pays for it."""
    if project.outcome in ("no_support", "under_minimum"):
        return project
    figures = {**project.figures, "had": _figures(last.left(project.option))}
    if "greedy" not in rules.completion:
        return replace(project, outcome="supporters_short", figures=figures)
    return replace(project, figures=figures)


def _figures(amount: Fraction) -> str:
    return decimal(amount.numerator, amount.denominator, 2)
