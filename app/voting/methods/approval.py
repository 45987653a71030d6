"""Approbation: each voter ticks every option that suits them; the most ticked win.

Steven Brams and Peter Fishburn, « Approval Voting », Birkhäuser, 1983.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import ApprovalBallot, approval_ballot, check_options
from app.voting.methods.base import (
    InvalidBallot,
    InvalidRules,
    Method,
    Name,
    Result,
    Rules,
    check_count,
    check_keys,
    integer,
)
from app.voting.methods.tallying import ranked, seated, totals


@dataclass(frozen=True)
class ApprovalRules(Rules):
    """How many options win, how many ticks a ballot may bear (None: as many as one likes).

    Options tied for the last seats all win, unless a `seed` was published to draw lots with.
    """

    seats: int = 1
    most: int | None = None
    seed: str | None = None

    def __post_init__(self) -> None:
        if self.seats < 1 or (self.most is not None and self.most < 1):
            raise InvalidRules("Il faut au moins une place et au moins une case à cocher.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {"seats": self.seats, "most": self.most, "seed": self.seed}


@dataclass(frozen=True)
class ApprovalResult(Result):
    """Ticks by option; `drawn` are the options between which lots decided."""

    approvals: Mapping[int, int]
    drawn: tuple[int, ...]
    rules: ApprovalRules

    @property
    def expressed(self) -> int:
        """Ballots that are not blank."""
        return self.ballots - self.blank

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        rows = [
            {"option": name(option), "approvals": self.approvals[option]}
            for tied in self.ranking
            for option in tied
        ]
        return [
            {"expressed": self.expressed, "approvals": rows, "drawn": list(map(name, self.drawn))}
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            **self.base_json(),
            "expressed": self.expressed,
            "approvals": {str(option): times for option, times in self.approvals.items()},
            "drawn": list(self.drawn),
            "rules": self.rules.to_json(),
        }


class Approval(Method[ApprovalBallot, ApprovalRules, ApprovalResult]):
    """Tick what suits you."""

    key = "approval"
    place = 30
    label = _l("Cocher ce qui convient (approbation)")
    how = _l("Chacun coche tous les choix qui lui conviennent. Le plus coché l’emporte.")
    ties = _l("À égalité pour la dernière place, tous les choix à égalité l’emportent.")
    holds = "approval"
    ballot = ApprovalBallot
    asks = ("seats", "most", "lots")

    def rules(self, raw: Mapping[str, Any]) -> ApprovalRules:
        check_keys(raw, {"seats", "most", "seed"})
        seats, most = integer(raw.get("seats", 1)), raw.get("most")
        limit = None if most is None else integer(most)
        seed = raw.get("seed")
        if seats is None or (limit is None) != (most is None):
            raise InvalidRules("Un nombre de places ou de cases s’écrit en chiffres.")
        if seed is not None and not isinstance(seed, str):
            raise InvalidRules("La graine du tirage est un texte.")
        return ApprovalRules(seats, limit, seed)

    def parse(self, options: Sequence[int], raw: object, rules: ApprovalRules) -> ApprovalBallot:
        ballot = approval_ballot(options, raw)
        self.check(ballot, rules)
        return ballot

    def check(self, ballot: ApprovalBallot, rules: ApprovalRules) -> None:
        if rules.most is not None and len(ballot.approved) > rules.most:
            raise InvalidBallot(f"Cochez {rules.most} choix au plus.")

    def count(
        self, options: Sequence[int], ballots: Mapping[ApprovalBallot, int], rules: ApprovalRules
    ) -> ApprovalResult:
        check_count(options, ballots)
        ticks = totals((ballot.approved, times) for ballot, times in ballots.items())
        check_options(options, set(ticks))
        total, blank = sum(ballots.values()), ballots.get(ApprovalBallot(()), 0)
        ranking = ranked({option: ticks[option] for option in options})
        winners, drawn = seated(ranking, rules.seats, rules.seed) if total > blank else ((), [])
        return ApprovalResult(
            method=self.key,
            options=tuple(options),
            ballots=total,
            blank=blank,
            ranking=ranking,
            winners=winners,
            approvals={option: ticks[option] for option in options},
            drawn=tuple(drawn),
            rules=rules,
        )
