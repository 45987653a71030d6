"""For, against or abstention, in plain words."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _, _n
from app.voting.labels import ANSWERS, BASES, WHO
from app.voting.stories.base import Result, Rows, Story
from app.voting.wording import Option


class YesNoStory(Story):
    """One question, adopted or not."""

    key = "yesno"

    def headline(self, result: Result, options: Sequence[Option]) -> str:
        if result["adopted"]:
            return _("Adopté : %(name)s", name=options[0].label)
        return _("Non adopté : %(name)s", name=options[0].label)

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        counts = result["counts"]
        return [
            _n(
                "%(yes)d pour, %(no)d contre, abstentions : %(abstain)d. Il fallait au moins"
                " %(needed)d « pour ».",
                "%(yes)d pour, %(no)d contre, abstentions : %(abstain)d. Il fallait au moins"
                " %(needed)d « pour », plus de la moitié des %(num)d %(who)s.",
                result["base_size"],
                yes=counts["yes"],
                no=counts["no"],
                abstain=counts["abstain"],
                needed=result["needed"],
                who=WHO[result["rules"]["base"]],
            )
        ]

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        return [(_("Majorité"), str(BASES[rules["base"]]))]

    def answers(self, result: Result) -> list[tuple[str, int]]:
        """(answer, votes)."""
        return [(str(words), result["counts"][key]) for key, words in ANSWERS.items()]
