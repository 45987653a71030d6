"""The projet social, in the centre's own words: axes, objectives, indicators."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.typography import typo

COUNTED = ("Nombre d’", "Nombre de ")
AND_OF = re.compile(r"( et) (?:de |d’)")


@dataclass(frozen=True)
class Indicateur:
    """One of the 27 results the centre committed to measure."""

    code: str
    title: str

    @property
    def short_title(self) -> str:
        """The title without « Nombre de », for headings."""
        for opening in COUNTED:
            if self.title.startswith(opening):
                rest = AND_OF.sub("\\1 ", self.title.removeprefix(opening))
                return rest[:1].upper() + rest[1:]
        return self.title


@dataclass(frozen=True)
class Aim:
    """An operational objective (« 1.1.o1 »), or an example of the projet social (« 1.1.e1 »).

    What the centre does is linked to it by this code.
    """

    code: str
    words: str

    @property
    def is_example(self) -> bool:
        return ".e" in self.code


@dataclass(frozen=True)
class Objectif:
    """An objectif général, with its operational objectives, examples and indicators."""

    code: str
    title: str
    operational: tuple[Aim, ...]
    examples: tuple[Aim, ...]
    indicators: tuple[Indicateur, ...]


@dataclass(frozen=True)
class Axe:
    """One of the three directions of the projet social."""

    code: str
    title: str
    objectives: tuple[Objectif, ...]


def _aims(opening: str, texts: list[str]) -> tuple[Aim, ...]:
    return tuple(Aim(f"{opening}{rank}", typo(text)) for rank, text in enumerate(texts, start=1))


def _objectif(read: dict[str, Any]) -> Objectif:
    return Objectif(
        code=read["code"],
        title=typo(read["titre"]),
        operational=_aims(f"{read['code']}.o", read["operationnels"]),
        examples=_aims(f"{read['code']}.e", read["exemples"]),
        indicators=tuple(
            Indicateur(item["code"], typo(item["titre"])) for item in read["indicateurs"]
        ),
    )


def _read() -> tuple[Axe, ...]:
    text = Path(__file__).with_name("projet_social.toml").read_text("utf-8")
    return tuple(
        Axe(axe["code"], typo(axe["titre"]), tuple(_objectif(read) for read in axe["objectif"]))
        for axe in tomllib.loads(text)["axe"]
    )


AXES = _read()
OBJECTIVE_OF = {
    indicator.code: objective
    for axe in AXES
    for objective in axe.objectives
    for indicator in objective.indicators
}
OBJECTIVES = {objective.code: objective for axe in AXES for objective in axe.objectives}
INDICATORS = {
    indicator.code: indicator
    for objective in dict.fromkeys(OBJECTIVE_OF.values())
    for indicator in objective.indicators
}
AIMS = {
    aim.code: aim
    for objective in OBJECTIVES.values()
    for aim in (*objective.operational, *objective.examples)
}
