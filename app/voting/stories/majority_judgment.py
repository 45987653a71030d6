"""Majority judgment, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _, _n
from app.voting.stories.base import Result, Rows, Story
from app.voting.wording import Option, names_of


@dataclass(frozen=True)
class Profile:
    """An option's grades, best first, with its rank and majority grade in words."""

    name: str
    counts: Sequence[int]
    grade: str | None
    rank: int


class MajorityJudgmentStory(Story):
    """The best majority grade, and what parts equal ones."""

    key = "majority_judgment"

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        if not result["winners"]:
            return []
        if len(result["winners"]) > 1:
            return [_("Ces choix ont reçu exactement les mêmes mentions.")]
        grades, best = result["rules"]["grades"], result["profiles"][0]
        grade = grades[best["majority_grade"]]
        said = [
            _n(
                "Le seul suffrage exprimé lui donne la mention « %(grade)s ».",
                "La moitié au moins des %(num)d suffrages exprimés lui donne la mention"
                " « %(grade)s » ou mieux. C’est la meilleure mention majoritaire.",
                result["judged"],
                grade=grade,
            )
            if best["majority_grade"]
            else _n(
                "Le seul suffrage exprimé lui donne la mention « %(grade)s », la meilleure.",
                "La moitié au moins des %(num)d suffrages exprimés lui donne la mention"
                " « %(grade)s », la meilleure.",
                result["judged"],
                grade=grade,
            )
        ]
        parting = result["separations"][0] if result["separations"] else None
        if parting and parting["withdrawn"]:
            said.append(
                _(
                    "« %(second)s » a la même mention. Pour les départager, on retire une à une les"
                    " mentions du milieu : après %(count)d, il reste « %(one)s » d’un côté et"
                    " « %(other)s » de l’autre.",
                    second=names_of(options)[parting["second"]],
                    count=parting["withdrawn"],
                    one=grades[parting["first_grade"]],
                    other=grades[parting["second_grade"]],
                )
            )
        return said

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        worst = rules["grades"][-1]
        said = _("Un choix laissé sans mention compte comme « %(worst)s ».", worst=worst)
        return [(_("Sans mention"), said)]

    def profiles(self, result: Result, options: Sequence[Option]) -> list[Profile]:
        """In the order of the ranking."""
        names, ranks, place = names_of(options), {}, 1
        for tied in result["ranking"]:
            ranks.update(dict.fromkeys(tied, place))
            place += len(tied)
        grades = result["rules"]["grades"]
        return [
            Profile(
                name=names[found["option"]],
                counts=found["counts"],
                grade=None if found["majority_grade"] is None else grades[found["majority_grade"]],
                rank=ranks[found["option"]],
            )
            for found in result["profiles"]
        ]
