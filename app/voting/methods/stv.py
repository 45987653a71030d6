"""Vote unique transférable: delegates in proportion to what voters prefer, by Scotland's rules.

The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 46 to 53:
integer quota, surpluses transferred at values cut after five decimals, one stage at a time, the
largest surplus first. Everything is counted in hundred-thousandths of a vote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import RankingBallot, check_options, ranking_ballot
from app.voting.methods.base import (
    InvalidBallot,
    InvalidCount,
    InvalidRules,
    Method,
    Name,
    Result,
    Rules,
    check_count,
    check_keys,
    integer,
)
from app.voting.methods.reserved_seats import Colleges, colleges_of
from app.voting.methods.stv_count import Papers, Stage, run_count


@dataclass(frozen=True)
class StvRules(Rules):
    """How many to elect, the seed of lots, and seats reserved by collège.

    Ties are broken by the latest stage where they were unequal, then by lots drawn with `seed`.
    """

    seats: int = 1
    seed: str = ""
    colleges: Colleges = field(default_factory=Colleges)

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise InvalidRules("Il faut au moins un siège.")
        if self.colleges.reserved_seats > self.seats:
            raise InvalidRules("Il y a plus de sièges réservés que de sièges.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {
            "seats": self.seats,
            "quota": "droop",
            "transfers": "weighted_inclusive_gregory_5_decimals",
            "ties": ["previous_stages", "drawn"],
            "seed": self.seed,
            "colleges": self.colleges.to_json(name),
        }


@dataclass(frozen=True)
class StvResult(Result):
    """Every stage, in hundred-thousandths of a vote; `quota` in votes.

    `valid` ballots have a single first choice; `unusable` ones put several options first, which
    no stage can read.
    """

    seats: int
    valid: int
    unusable: int
    quota: int
    stages: tuple[Stage, ...]
    rules: StvRules

    @property
    def null(self) -> int:
        return self.unusable

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        return [stage.to_json(name) for stage in self.stages]

    def to_json(self) -> dict[str, Any]:
        return {
            **self.base_json(),
            "seats": self.seats,
            "valid": self.valid,
            "unusable": self.unusable,
            "quota": self.quota,
            "stages": [stage.to_json(str) for stage in self.stages],
            "rules": self.rules.to_json(),
        }


class Stv(Method[RankingBallot, StvRules, StvResult]):
    """Rank people; each voter's vote goes on to the next preferred where it is not needed."""

    key = "stv"
    place = 50
    label = _l("Élire plusieurs personnes (vote unique transférable)")
    how = _l(
        "Chacun classe les personnes. Qui atteint le quota est élu, et ce qui dépasse passe à la"
        " suivante du classement. Si personne ne l’atteint, la dernière est retirée et ses voix"
        " passent à la suivante."
    )
    ties = _l(
        "À égalité, l’étape la plus récente où les voix différaient décide, puis un tirage au"
        " sort que chacun peut refaire."
    )
    holds = "ranking"
    ballot = RankingBallot
    asks = ("seats", "reserved")
    each = "college"

    def rules(self, raw: Mapping[str, Any]) -> StvRules:
        fixed = StvRules().to_json()
        check_keys(raw, set(fixed))
        for key in ("quota", "transfers", "ties"):
            if raw.get(key, fixed[key]) != fixed[key]:
                raise InvalidRules("Ce vote suit les règles écossaises, et rien d’autre.")
        seats, seed = integer(raw.get("seats", 1)), raw.get("seed", "")
        if seats is None:
            raise InvalidRules("Un nombre de sièges s’écrit en chiffres.")
        if not isinstance(seed, str):
            raise InvalidRules("La graine du tirage est un texte.")
        return StvRules(seats, seed, colleges_of(raw.get("colleges", {})))

    def parse(self, options: Sequence[int], raw: object, rules: StvRules) -> RankingBallot:
        ballot = ranking_ballot(options, raw)
        # A tie would end the ballot there: whoever can still mend it is told.
        if any(len(tier) > 1 for tier in ballot.tiers):
            raise InvalidBallot("Donnez un rang différent à chaque personne : un seul 1er choix.")
        return ballot

    def count(
        self, options: Sequence[int], ballots: Mapping[RankingBallot, int], rules: StvRules
    ) -> StvResult:
        check_count(options, ballots)
        if not rules.colleges.members.issubset(options):
            raise InvalidCount("Un collège compte une personne qui n’est pas candidate.")
        papers: Papers = []
        blank = unusable = 0
        for ballot, times in ballots.items():
            if ballot.is_blank:
                blank += times
            elif len(ballot.tiers[0]) > 1:
                unusable += times
            else:
                papers.append((_preferences(ballot), times))
        check_options(options, {option for preferences, _ in papers for option in preferences})
        counted = run_count(options, papers, rules.seats, rules.seed, rules.colleges)
        valid = sum(times for _, times in papers)
        return StvResult(
            method=self.key,
            options=tuple(options),
            ballots=valid + blank + unusable,
            blank=blank,
            ranking=tuple(tuple(sorted(tied)) for tied in counted.order),
            winners=tuple(counted.elected) if valid else (),
            seats=rules.seats,
            valid=valid,
            unusable=unusable,
            quota=counted.quota,
            stages=tuple(counted.stages),
            rules=rules,
        )


def _preferences(ballot: RankingBallot) -> tuple[int, ...]:
    """The preferences that can be read: up to the first tie, where the ballot stops."""
    named = tuple(chain.from_iterable(ballot.tiers))
    if len(named) == len(ballot.tiers):
        return named
    tied = next(place for place, tier in enumerate(ballot.tiers) if len(tier) > 1)
    return named[:tied]
