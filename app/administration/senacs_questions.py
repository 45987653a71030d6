"""The questions of the yearly survey, read from `senacs.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.core.typography import typo


@dataclass(frozen=True)
class Question:
    """`count` names what answers it (see `senacs_counts`); None when it is always typed in."""

    code: str
    text: str
    unit: str
    how: str
    count: str | None
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Section:
    """Questions about one thing."""

    title: str
    questions: tuple[Question, ...]


def _read() -> tuple[Section, ...]:
    text = Path(__file__).with_name("senacs.toml").read_text("utf-8")
    return tuple(
        Section(
            typo(section["titre"]),
            tuple(
                Question(
                    code=read["code"],
                    text=typo(read["question"]),
                    unit=read["unite"],
                    how=typo(read.get("comment", "")),
                    count=read.get("calcul"),
                    first_year=read.get("depuis", 2000),
                    last_year=read.get("jusqu_a", 2100),
                )
                for read in section["question"]
            ),
        )
        for section in tomllib.loads(text)["rubrique"]
    )


SECTIONS = _read()


def sections_of(year: int) -> tuple[Section, ...]:
    """The questions put in a year."""
    asked = (
        Section(
            section.title,
            tuple(it for it in section.questions if it.first_year <= year <= it.last_year),
        )
        for section in SECTIONS
    )
    return tuple(section for section in asked if section.questions)
