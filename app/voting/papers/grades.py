"""A grade in words for each option."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _
from app.voting.papers.base import Choice, Fields, Paper, Rows, by_option
from app.voting.wording import Option

GRADE = "mention-"


class GradesPaper(Paper):
    """Grades are numbered from the best, 0."""

    holds = "grades"
    key = "grades"

    def read(self, fields: Fields) -> dict[str, Any]:
        return {"grades": by_option(fields, GRADE)}

    def write(self, given: Choice) -> dict[str, str]:
        return {f"{GRADE}{option}": str(grade) for option, grade in given["grades"].items()}

    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        grades, mine = rules["grades"], given["grades"]
        nothing = _("Aucune mention : comptera comme « %(worst)s »", worst=grades[-1])
        return [
            (option.label, grades[mine[str(option.id)]] if str(option.id) in mine else nothing)
            for option in options
        ]

    def asks(self, rules: Mapping[str, Any]) -> str:
        return _("Donnez une mention à chaque choix.")
