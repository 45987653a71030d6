"""Ballots of grades, and their count, for the tests of majority judgment."""

from collections import Counter
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from app.voting.methods.majority_judgment import (
    GradesBallot,
    MajorityJudgment,
    MajorityJudgmentResult,
    MajorityJudgmentRules,
)

METHOD = MajorityJudgment()
RULES = MajorityJudgmentRules()
BLANK = GradesBallot(())
OPTIONS = [1, 2, 3, 4]
SEVEN_GRADES = MajorityJudgmentRules(
    ("Excellent", "Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter")
)

BALLOTS = st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 4)).map(
    lambda grades: GradesBallot(tuple(sorted(grades.items())))
)


def ballot(**grades: int) -> GradesBallot:
    """ballot(o1=0, o2=4): option 1 is « Très bien », option 2 « À rejeter »."""
    return GradesBallot(tuple(sorted((int(name[1:]), grade) for name, grade in grades.items())))


def count(
    ballots: Iterable[GradesBallot],
    options: Sequence[int] = OPTIONS,
    rules: MajorityJudgmentRules = RULES,
) -> MajorityJudgmentResult:
    return METHOD.count(options, Counter(ballots), rules)
