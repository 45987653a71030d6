"""Jugement majoritaire: every option gets a worded grade from everyone; the best median wins.

After Michel Balinski and Rida Laraki, « Majority Judgment: Measuring, Ranking, and Electing »,
MIT Press, 2011. Options with the same median are separated by their majority-values: the medians
found one after the other when each is taken away in turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from itertools import pairwise
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
    integer,
    is_blank,
    mapping_of,
)
from app.voting.methods.majority_value import (
    Run,
    compare,
    difference,
    majority_grade,
    majority_value,
)
from app.voting.methods.tallying import totals

GRADES = ("Très bien", "Bien", "Assez bien", "Passable", "À rejeter")
MIN_GRADES, MAX_GRADES = 5, 11
MISSING = ("worst", "refused")


@dataclass(frozen=True, slots=True)
class GradesBallot(Ballot):
    """Pairs (option, grade) by rising option; grade 0 is the best. No pair is a blank ballot."""

    grades: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        options = [option for option, _ in self.grades]
        if options != sorted(set(options)):
            raise InvalidBallot("Un bulletin donne une seule mention à chaque option.")

    @property
    def is_blank(self) -> bool:
        return not self.grades

    def to_json(self) -> dict[str, Any]:
        if not self.grades:
            return {"blank": True}
        return {"grades": {str(option): grade for option, grade in self.grades}}


@dataclass(frozen=True)
class MajorityJudgmentRules(Rules):
    """The words of the grades, best first, and what an option left without a grade means.

    `missing` is "worst" (it counts as the worst grade) or "refused" (the ballot is not accepted).
    """

    grades: tuple[str, ...] = GRADES
    missing: str = "worst"

    def __post_init__(self) -> None:
        if not MIN_GRADES <= len(self.grades) <= MAX_GRADES:
            raise InvalidRules(f"Il faut de {MIN_GRADES} à {MAX_GRADES} mentions.")
        if len({grade.strip() for grade in self.grades} - {""}) != len(self.grades):
            raise InvalidRules("Les mentions doivent être écrites et toutes différentes.")
        if self.missing not in MISSING:
            raise InvalidRules("Une mention manquante vaut la plus basse, ou elle est refusée.")

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {"grades": list(self.grades), "missing": self.missing}


@dataclass(frozen=True)
class Profile:
    """How one option was judged.

    `counts` are ballots by grade, best first, missing grades counted as the worst; `missing` says
    how many were. `better` and `worse` are ballots strictly above and under the majority grade,
    which is None when nobody judged.
    """

    option: int
    counts: tuple[int, ...]
    missing: int
    majority_grade: int | None
    better: int
    worse: int

    def to_json(self, name: Name = int) -> dict[str, Any]:
        return {
            "option": name(self.option),
            "counts": list(self.counts),
            "missing": self.missing,
            "majority_grade": self.majority_grade,
            "better": self.better,
            "worse": self.worse,
        }


@dataclass(frozen=True)
class Separation:
    """What put one option just above another in the ranking.

    After `withdrawn` median grades are taken away from each (the same ones from both), the median
    is `first_grade` for one and the worse `second_grade` for the other.
    """

    first: int
    second: int
    withdrawn: int
    first_grade: int
    second_grade: int

    def to_json(self, name: Name = int) -> dict[str, Any]:
        return {
            "first": name(self.first),
            "second": name(self.second),
            "withdrawn": self.withdrawn,
            "first_grade": self.first_grade,
            "second_grade": self.second_grade,
        }


@dataclass(frozen=True)
class MajorityJudgmentResult(Result):
    """Profiles in the order of the ranking; one separation between each rank and the next."""

    profiles: tuple[Profile, ...]
    separations: tuple[Separation, ...]
    rules: MajorityJudgmentRules

    @property
    def judged(self) -> int:
        """Ballots that are not blank: the number of grades of every option."""
        return self.ballots - self.blank

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        return [
            {
                "judged": self.judged,
                "profiles": [profile.to_json(name) for profile in self.profiles],
                "separations": [separation.to_json(name) for separation in self.separations],
            }
        ]

    def to_json(self) -> dict[str, Any]:
        (judged,) = self.rounds()
        return {**self.base_json(), **judged, "rules": self.rules.to_json()}


class MajorityJudgment(Method[GradesBallot, MajorityJudgmentRules, MajorityJudgmentResult]):
    """Judge each option; options with exactly the same grades share their rank."""

    key = "majority_judgment"
    place = 20
    label = _l("Une mention à chaque choix (jugement majoritaire)")
    how = _l(
        "Chacun donne une mention à chaque choix. La mention majoritaire d’un choix est celle"
        " qu’au moins la moitié des votants lui donne, ou mieux. La meilleure l’emporte."
    )
    ties = _l(
        "Entre deux choix de même mention, on retire une à une les mentions du milieu, jusqu’à ce"
        " qu’elles diffèrent. Si toutes sont pareilles, les choix sont à égalité."
    )
    holds = "grades"
    ballot = GradesBallot

    def rules(self, raw: Mapping[str, Any]) -> MajorityJudgmentRules:
        check_keys(raw, {"grades", "missing"})
        grades = raw.get("grades", GRADES)
        if not isinstance(grades, list | tuple) or not all(isinstance(g, str) for g in grades):
            raise InvalidRules("Les mentions forment une liste de mots.")
        return MajorityJudgmentRules(tuple(grades), raw.get("missing", "worst"))

    def parse(
        self, options: Sequence[int], raw: object, rules: MajorityJudgmentRules
    ) -> GradesBallot:
        given = mapping_of(raw, {"grades", "blank"})
        if is_blank(given):
            return GradesBallot(())
        pairs = given.get("grades")
        if not isinstance(pairs, Mapping):
            raise InvalidBallot("Donnez au moins une mention, ou votez blanc.")
        grades: dict[int, int] = {}
        for option_raw, grade_raw in pairs.items():
            option, grade = integer(option_raw), integer(grade_raw)
            if option is None or option not in options or option in grades:
                raise InvalidBallot("Une mention porte sur une option qui n’est pas proposée.")
            if grade_raw in ("", None):
                continue
            if grade is None or grade >= len(rules.grades):
                raise InvalidBallot("Cette mention n’existe pas dans ce scrutin.")
            grades[option] = grade
        if not grades:
            raise InvalidBallot("Donnez au moins une mention, ou votez blanc.")
        if rules.missing == "refused" and len(grades) < len(options):
            raise InvalidBallot("Donnez une mention à chaque option, ou votez blanc.")
        return GradesBallot(tuple(sorted(grades.items())))

    def count(
        self,
        options: Sequence[int],
        ballots: Mapping[GradesBallot, int],
        rules: MajorityJudgmentRules,
    ) -> MajorityJudgmentResult:
        check_count(options, ballots)
        profiles = _profiles(options, ballots, rules)
        values = {option: majority_value(profile.counts) for option, profile in profiles.items()}
        rank = cmp_to_key(compare)
        by_rank = sorted(options, key=lambda option: rank(values[option]))
        ranking: list[list[int]] = []
        for option in by_rank:
            # Equal majority-values are equal profiles: nothing can separate them.
            if ranking and profiles[ranking[-1][0]].counts == profiles[option].counts:
                ranking[-1].append(option)
            else:
                ranking.append([option])
        separations = tuple(
            _separation(above[0], under[0], values) for above, under in pairwise(ranking)
        )
        blank = ballots.get(GradesBallot(()), 0)
        total = sum(ballots.values())
        return MajorityJudgmentResult(
            method=self.key,
            options=tuple(options),
            ballots=total,
            blank=blank,
            ranking=tuple(tuple(sorted(tied)) for tied in ranking),
            winners=tuple(sorted(ranking[0])) if ranking and total > blank else (),
            profiles=tuple(profiles[option] for tied in ranking for option in sorted(tied)),
            separations=separations,
            rules=rules,
        )


def _profiles(
    options: Sequence[int], ballots: Mapping[GradesBallot, int], rules: MajorityJudgmentRules
) -> dict[int, Profile]:
    given = {option: [0] * len(rules.grades) for option in options}
    judged = sum(ballots.values()) - ballots.get(GradesBallot(()), 0)
    marks = totals((ballot.grades, times) for ballot, times in ballots.items())
    for (option, grade), times in marks.items():
        if option not in given or not 0 <= grade < len(rules.grades):
            raise InvalidCount("Un bulletin ne correspond pas aux options de ce scrutin.")
        given[option][grade] = times
    profiles = {}
    for option, counts in given.items():
        missing = judged - sum(counts)
        counts[-1] += missing
        median = majority_grade(counts)
        profiles[option] = Profile(
            option=option,
            counts=tuple(counts),
            missing=missing,
            majority_grade=median,
            better=sum(counts[:median]) if median is not None else 0,
            worse=sum(counts[median + 1 :]) if median is not None else 0,
        )
    return profiles


def _separation(first: int, second: int, values: Mapping[int, Sequence[Run]]) -> Separation:
    parting = difference(values[first], values[second])
    # Options of two different ranks always part somewhere.
    assert parting is not None
    return Separation(first, second, *parting)
