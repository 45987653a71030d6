"""One answer to one question."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.voting.labels import ANSWERS
from app.voting.papers.base import Choice, Fields, Paper, Rows
from app.voting.wording import Option


class ChoicePaper(Paper):
    """For, against, or abstention."""

    holds = "choice"
    key = "choice"
    takes_blank = False

    def read(self, fields: Fields) -> dict[str, Any]:
        return {"choice": fields.get("choice", "")}

    def write(self, given: Choice) -> dict[str, str]:
        return {"choice": given["choice"]}

    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        return [(options[0].label, str(ANSWERS[given["choice"]]))]
