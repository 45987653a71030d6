"""The cells of a ballot in a sheet, both ways: one cell an option."""

from collections import Counter
from collections.abc import Sequence
from operator import getitem
from typing import Any

from app.voting.formats.base import (
    Content,
    Election,
    FormatError,
    natural,
    shared,
    tiers_of,
)
from app.voting.methods.base import Holds

CHOICES = {"yes": "pour", "no": "contre", "abstain": "abstention"}
READ_CHOICES = {
    **{word: key for key, word in CHOICES.items()},
    "yes": "yes",
    "oui": "yes",
    "no": "no",
    "non": "no",
    "abstain": "abstain",
}
TICKED = {"1", "x", "oui", "✓", "✔", "yes", "true"}
EMPTY = {"", "0", "non", "no", "false", "-"}
BLANK, NULL = {"blanc", "blank"}, {"nul", "null"}


def cells(election: Election, content: Content) -> list[str]:
    """A ballot, one cell an option; « blanc » in each when it holds nothing."""
    size = len(election.names)
    if not content:
        return ["blanc"] * size
    if election.holds == "choice":
        return [CHOICES[content]]
    if election.holds == "approval":
        said = dict.fromkeys(content, "1")
    elif election.holds == "ranking":
        said = {option: str(rank) for rank, tier in enumerate(content, start=1) for option in tier}
    elif election.holds == "grades":
        said = {option: election.grades[grade] for option, grade in content}
    else:
        said = {option: str(number) for option, number in content}
    return [said.get(option, "") for option in range(1, size + 1)]


class Sheet:
    """Ballots of a file as they are read, one row after the other."""

    def __init__(self, holds: Holds, size: int, grades: Sequence[str]) -> None:
        self.holds, self.size, self.grades = holds, size, tuple(grades)
        self.words = {grade.casefold(): place for place, grade in enumerate(grades)}
        self.ballots: Counter[Content] = Counter()
        self.blank = self.null = 0
        # Whether grades were written as scores, the higher the better, or as words.
        self.scored = self.worded = False
        self.marks: dict[str, int | None] = {"": None}
        # What each cell of each column puts on a ballot: an option, or its pair with a mark.
        self.columns: list[dict[str, Any]] = [{"": None} for _ in range(size)]

    def add(self, row: Sequence[str], times: int, line: int) -> None:
        given = row if len(row) == self.size else self.fitted(row, line)
        word = given[0].casefold()
        if word in NULL:
            self.null += times
            return
        content = () if word in BLANK else self.content(given, line)
        if content:
            self.ballots[content] += times
        else:
            self.blank += times

    def fitted(self, row: Sequence[str], line: int) -> list[str]:
        """As many cells as options: spreadsheets leave out, or add, empty ones at the end."""
        if any(row[self.size :]):
            raise FormatError("Cette ligne a plus de cases que d’options.", line)
        return [*row[: self.size], *[""] * (self.size - len(row))]

    def content(self, row: Sequence[str], line: int) -> Content:
        if self.holds == "choice":
            word = row[0].casefold()
            if word and word not in READ_CHOICES:
                raise FormatError("Une réponse est pour, contre ou abstention.", line)
            return READ_CHOICES.get(word, "")
        try:
            given = tuple(map(getitem, self.columns, row))
        except KeyError:
            for option, cell in enumerate(row, 1):
                if cell not in self.columns[option - 1]:
                    self.columns[option - 1][cell] = self.given(option, cell, line)
            given = tuple(map(getitem, self.columns, row))
        if None in given:
            given = tuple([one for one in given if one is not None])
        if self.holds == "ranking":
            ranks: dict[int, list[int]] = {}
            for option, mark in given:
                ranks.setdefault(mark, []).append(option)
            return tiers_of(ranks[rank] for rank in sorted(ranks))
        return given

    def given(self, option: int, cell: str, line: int) -> Content | None:
        """What a cell puts on a ballot; each different one of a column is read once."""
        if cell not in self.marks:
            self.marks[cell] = self.mark(cell, line)
        mark = self.marks[cell]
        if mark is None:
            return None
        return option if self.holds == "approval" else shared(option, mark)

    def mark(self, cell: str, line: int) -> int | None:
        """What a cell says; each different one is read once."""
        word = cell.casefold()
        if self.holds == "approval":
            if word not in TICKED | EMPTY:
                raise FormatError("Une case cochée contient 1 ou x, les autres rien.", line)
            return 1 if word in TICKED else None
        if cell == "-":
            return None
        if self.holds == "ranking":
            return natural(cell, "Un rang", line)
        if self.holds == "grades" and word in self.words:
            self.worded = True
            return self.words[word]
        if self.holds == "grades" and not cell.isdecimal():
            raise FormatError(f"La mention « {cell[:40]} » n’existe pas.", line)
        self.scored = self.scored or self.holds == "grades"
        return natural(cell, "Un nombre", line)

    def election(self, names: tuple[str, ...], **about: Any) -> Election:
        if self.scored and self.worded:
            raise FormatError("Les mentions sont des mots ou des chiffres, pas les deux.")
        holds: Holds = "points" if self.scored else self.holds
        scores = [mark for mark in self.marks.values() if mark is not None]
        top = max(scores, default=0) if holds == "points" else None
        return Election(
            holds,
            names,
            self.ballots,
            blank=self.blank,
            null=self.null,
            grades=self.grades if holds == "grades" else (),
            top=top,
            **about,
        )
