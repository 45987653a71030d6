"""Gommettes: each voter has a few dots to stick on options; the options with most dots win."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import UNKNOWN, check_options
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
    integer,
    is_blank,
    mapping_of,
)
from app.voting.methods.tallying import ranked, seated, totals


@dataclass(frozen=True, slots=True)
class DotsBallot(Ballot):
    """Pairs (option, dots, at least one) by rising option. No pair is a blank ballot."""

    dots: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        options = [option for option, _ in self.dots]
        if options != sorted(set(options)) or any(number < 1 for _, number in self.dots):
            raise InvalidBallot("Ce bulletin est illisible.")

    @property
    def is_blank(self) -> bool:
        return not self.dots

    def to_json(self) -> dict[str, Any]:
        if not self.dots:
            return {"blank": True}
        return {"dots": {str(option): number for option, number in self.dots}}


@dataclass(frozen=True)
class DotsRules(Rules):
    """Dots a voter may stick, at most `most` of them on one option, and how many options win.

    Options tied for the last seats all win, unless a `seed` was published to draw lots with.
    """

    dots: int = 3
    most: int = 3
    seats: int = 1
    seed: str | None = None

    def __post_init__(self) -> None:
        if self.dots < 1 or not 1 <= self.most <= self.dots or self.seats < 1:
            raise InvalidRules("Il faut des gommettes, et pas plus par choix qu’il n’y en a.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {"dots": self.dots, "most": self.most, "seats": self.seats, "seed": self.seed}


@dataclass(frozen=True)
class DotsResult(Result):
    """`stuck` and `voters` by option: its dots, and how many people gave it at least one."""

    stuck: Mapping[int, int]
    voters: Mapping[int, int]
    unused: int
    drawn: tuple[int, ...]
    rules: DotsRules

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        rows = [
            {"option": name(option), "dots": self.stuck[option], "voters": self.voters[option]}
            for tied in self.ranking
            for option in tied
        ]
        return [{"dots": rows, "unused": self.unused, "drawn": list(map(name, self.drawn))}]

    def to_json(self) -> dict[str, Any]:
        return {
            **self.base_json(),
            "stuck": {str(option): number for option, number in self.stuck.items()},
            "voters": {str(option): number for option, number in self.voters.items()},
            "unused": self.unused,
            "drawn": list(self.drawn),
            "rules": self.rules.to_json(),
        }


class Dots(Method[DotsBallot, DotsRules, DotsResult]):
    """Stick dots; those that stay in one's hand are no fault."""

    key = "dots"
    place = 60
    label = _l("Coller des gommettes")
    how = _l("Chacun colle ses gommettes sur les choix qu’il préfère. Le plus garni l’emporte.")
    ties = _l("À égalité pour la dernière place, tous les choix à égalité l’emportent.")
    holds = "points"
    ballot = DotsBallot
    asks = ("dots", "most_on_one", "seats", "lots")

    def rules(self, raw: Mapping[str, Any]) -> DotsRules:
        check_keys(raw, {"dots", "most", "seats", "seed"})
        dots, seats = integer(raw.get("dots", 3)), integer(raw.get("seats", 1))
        most = integer(raw.get("most", dots))
        seed = raw.get("seed")
        if dots is None or most is None or seats is None:
            raise InvalidRules("Un nombre de gommettes ou de places s’écrit en chiffres.")
        if seed is not None and not isinstance(seed, str):
            raise InvalidRules("La graine du tirage est un texte.")
        return DotsRules(dots, most, seats, seed)

    def parse(self, options: Sequence[int], raw: object, rules: DotsRules) -> DotsBallot:
        given = mapping_of(raw, {"dots", "blank"})
        if is_blank(given):
            return DotsBallot(())
        pairs = given.get("dots")
        if not isinstance(pairs, Mapping):
            raise InvalidBallot("Collez au moins une gommette, ou votez blanc.")
        dots: dict[int, int] = {}
        for option_raw, number_raw in pairs.items():
            option = integer(option_raw)
            number = 0 if number_raw in ("", None) else integer(number_raw)
            if option is None or option not in options or option in dots:
                raise InvalidBallot(UNKNOWN)
            if number is None:
                raise InvalidBallot("Un nombre de gommettes s’écrit en chiffres.")
            dots[option] = number
        ballot = DotsBallot(tuple(sorted((o, number) for o, number in dots.items() if number)))
        if ballot.is_blank:
            raise InvalidBallot("Collez au moins une gommette, ou votez blanc.")
        self.check(ballot, rules)
        return ballot

    def check(self, ballot: DotsBallot, rules: DotsRules) -> None:
        placed = sum(number for _, number in ballot.dots)
        if placed > rules.dots:
            several = "s" if rules.dots > 1 else ""
            raise InvalidBallot(
                f"Vous avez collé {placed} gommettes : retirez-en {placed - rules.dots}. "
                f"Vous avez {rules.dots} gommette{several} au plus."
            )
        if any(number > rules.most for _, number in ballot.dots):
            raise InvalidBallot(f"Collez {rules.most} gommettes au plus sur un même choix.")

    def count(
        self, options: Sequence[int], ballots: Mapping[DotsBallot, int], rules: DotsRules
    ) -> DotsResult:
        check_count(options, ballots)
        pairs = totals((ballot.dots, times) for ballot, times in ballots.items())
        check_options(options, {option for option, _ in pairs})
        stuck, voters = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
        for (option, number), times in pairs.items():
            stuck[option] += number * times
            voters[option] += times
        total, blank = sum(ballots.values()), ballots.get(DotsBallot(()), 0)
        unused = (total - blank) * rules.dots - sum(stuck.values())
        if unused < 0:
            raise InvalidCount("Il y a plus de gommettes collées que de gommettes données.")
        ranking = ranked(stuck)
        winners, drawn = seated(ranking, rules.seats, rules.seed) if total > blank else ((), [])
        return DotsResult(
            method=self.key,
            options=tuple(options),
            ballots=total,
            blank=blank,
            ranking=ranking,
            winners=winners,
            stuck=stuck,
            voters=voters,
            unused=unused,
            drawn=tuple(drawn),
            rules=rules,
        )
