"""Oui, non ou abstention on one text: the deliberations of councils and assemblies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.core.i18n import _l
from app.voting.methods.base import (
    Ballot,
    InvalidBallot,
    InvalidCount,
    InvalidRules,
    Method,
    Name,
    Result,
    Rules,
    check_count,
    check_keys,
    fraction,
    integer,
    is_blank,
    mapping_of,
)

CHOICES = ("yes", "no", "abstain")
BASES = ("expressed", "present", "registered")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class YesNoBallot(Ballot):
    """`choice` is "yes", "no" or "abstain", or None for a blank ballot."""

    choice: str | None

    def __post_init__(self) -> None:
        if self.choice is not None and self.choice not in CHOICES:
            raise InvalidBallot("Choisissez pour, contre ou abstention.")

    @property
    def is_blank(self) -> bool:
        return self.choice is None

    def to_json(self) -> dict[str, Any]:
        return {"blank": True} if self.choice is None else {"choice": self.choice}


@dataclass(frozen=True)
class YesNoRules(Rules):
    """What the "yes" votes are measured against, and how many it takes.

    `base` is "expressed" (yes and no), "present" or "registered" people. `present` is the
    head-count, proxies included; without it, those present are those who voted, blank and
    abstaining ones included. At one half, yes must be strictly more than half; a qualified
    majority such as 2/3 need only be reached.
    """

    base: str = "expressed"
    threshold: Fraction = HALF
    present: int | None = None
    registered: int | None = None

    def __post_init__(self) -> None:
        if self.base not in BASES:
            raise InvalidRules("La majorité se calcule sur les exprimés, présents ou inscrits.")
        if not HALF <= self.threshold <= 1:
            raise InvalidRules("La majorité requise va de la moitié à l’unanimité.")
        if any(heads is not None and heads < 0 for heads in (self.present, self.registered)):
            raise InvalidRules("Un nombre de personnes ne peut pas être négatif.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {
            "base": self.base,
            "threshold": str(self.threshold),
            "present": self.present,
            "registered": self.registered,
        }


@dataclass(frozen=True)
class YesNoResult(Result):
    """Votes for each choice, and the sum they were measured against.

    `base_size` is the number of votes or people in the base, `needed` the smallest number of
    "yes" that adopts.
    """

    yes: int
    no: int
    abstain: int
    base_size: int
    needed: int
    adopted: bool
    rules: YesNoRules

    @property
    def is_tie(self) -> bool:
        """As many yes as no, which does not adopt."""
        return self.yes == self.no

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        return [
            {
                "counts": {"yes": self.yes, "no": self.no, "abstain": self.abstain},
                "base_size": self.base_size,
                "needed": self.needed,
                "tie": self.is_tie,
                "adopted": self.adopted,
            }
        ]

    def to_json(self) -> dict[str, Any]:
        (counted,) = self.rounds()
        return {**self.base_json(), **counted, "rules": self.rules.to_json()}


class YesNo(Method[YesNoBallot, YesNoRules, YesNoResult]):
    """One text, adopted or not; the quorum is checked by the caller."""

    key = "yesno"
    place = 10
    label = _l("Pour, contre ou abstention")
    how = _l("Chacun répond pour, contre ou abstention à une seule question.")
    ties = _l("À égalité entre pour et contre, la question n’est pas adoptée.")
    holds = "choice"
    ballot = YesNoBallot
    asks = ("base",)

    def rules(self, raw: Mapping[str, Any]) -> YesNoRules:
        check_keys(raw, {"base", "threshold", "present", "registered"})
        threshold = fraction(raw.get("threshold", "1/2"))
        if threshold is None:
            raise InvalidRules("La majorité requise s’écrit comme une fraction, par exemple 2/3.")
        return YesNoRules(
            base=raw.get("base", "expressed"),
            threshold=threshold,
            present=_heads(raw.get("present")),
            registered=_heads(raw.get("registered")),
        )

    def parse(self, options: Sequence[int], raw: object, rules: YesNoRules) -> YesNoBallot:
        given = mapping_of(raw, {"choice", "blank"})
        if is_blank(given):
            return YesNoBallot(None)
        choice = given.get("choice")
        if not isinstance(choice, str):
            raise InvalidBallot("Choisissez pour, contre ou abstention.")
        return YesNoBallot(choice)

    def count(
        self, options: Sequence[int], ballots: Mapping[YesNoBallot, int], rules: YesNoRules
    ) -> YesNoResult:
        check_count(options, ballots)
        if len(options) > 1:
            raise InvalidCount("Un vote par oui ou non porte sur un seul texte.")
        yes, no, abstain, blank = (
            ballots.get(YesNoBallot(choice), 0) for choice in (*CHOICES, None)
        )
        total = yes + no + abstain + blank
        base_size = _base_size(rules, expressed=yes + no, ballots=total)
        needed = _needed(rules.threshold, base_size)
        adopted = yes >= needed
        return YesNoResult(
            method=self.key,
            options=tuple(options),
            ballots=total,
            blank=blank,
            ranking=(tuple(options),) if options else (),
            winners=tuple(options) if adopted else (),
            yes=yes,
            no=no,
            abstain=abstain,
            base_size=base_size,
            needed=needed,
            adopted=adopted,
            rules=rules,
        )


def _heads(raw: object) -> int | None:
    if raw is None:
        return None
    heads = integer(raw)
    if heads is None:
        raise InvalidRules("Un nombre de personnes s’écrit en chiffres.")
    return heads


def _base_size(rules: YesNoRules, expressed: int, ballots: int) -> int:
    for heads, who in ((rules.present, "présentes"), (rules.registered, "inscrites")):
        if heads is not None and ballots > heads:
            raise InvalidCount(
                f"Il y a plus de bulletins ({ballots}) que de personnes {who} ({heads})."
            )
    if rules.base == "expressed":
        return expressed
    if rules.base == "present":
        return ballots if rules.present is None else rules.present
    if rules.registered is None:
        raise InvalidCount("Le nombre de personnes inscrites manque.")
    return rules.registered


def _needed(threshold: Fraction, base_size: int) -> int:
    if threshold == HALF:
        return base_size // 2 + 1
    # With nobody in the base even unanimity needs one voice.
    return max(1, -(-threshold.numerator * base_size // threshold.denominator))
