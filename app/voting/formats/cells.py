"""The cells of a ballot in a sheet, both ways: one cell an option."""

from collections import Counter
from collections.abc import Sequence

from app.voting.formats.base import (
    Content,
    Election,
    FormatError,
    natural,
    score_pairs,
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
        self.scored = self.worded = False
        self.known: dict[tuple[str, ...], Content] = {}

    def add(self, row: Sequence[str], times: int, line: int) -> None:
        given = tuple(row[: self.size]) + ("",) * (self.size - len(row))
        if any(row[self.size :]):
            raise FormatError("Cette ligne a plus de cases que d’options.", line)
        content = self.known.get(given)
        if content is None:
            word = given[0].casefold()
            content = word if word in BLANK | NULL else self.content(given, line)
            self.known[given] = content
        if content in NULL:
            self.null += times
        elif content in BLANK or not content:
            self.blank += times
        else:
            self.ballots[content] += times

    def content(self, row: Sequence[str], line: int) -> Content:
        if self.holds == "choice":
            return self.choice(row, line)
        if self.holds == "approval":
            return self.approved(row, line)
        if self.holds == "ranking":
            return self.tiers(row, line)
        if self.holds == "grades" and not self.figures(row):
            self.worded = self.worded or any(row)
            return self.judged(row, line)
        self.scored = self.scored or self.holds == "grades"
        given = {
            option: natural(cell, "Un nombre", line)
            for option, cell in enumerate(row, start=1)
            if cell not in ("", "-")
        }
        return score_pairs(given)

    def figures(self, row: Sequence[str]) -> bool:
        """Whether grades are written as scores, the higher the better."""
        filled = [cell for cell in row if cell]
        return bool(filled) and all(cell.isdecimal() for cell in filled)

    def choice(self, row: Sequence[str], line: int) -> Content:
        word = row[0].casefold()
        if word and word not in READ_CHOICES:
            raise FormatError("Une réponse est pour, contre ou abstention.", line)
        return READ_CHOICES.get(word, "")

    def approved(self, row: Sequence[str], line: int) -> Content:
        words = [cell.casefold() for cell in row]
        if not TICKED.union(EMPTY).issuperset(words):
            raise FormatError("Une case cochée contient 1 ou x, les autres rien.", line)
        return tuple(option for option, word in enumerate(words, start=1) if word in TICKED)

    def tiers(self, row: Sequence[str], line: int) -> Content:
        ranks: dict[int, list[int]] = {}
        for option, cell in enumerate(row, start=1):
            if cell not in ("", "-"):
                ranks.setdefault(natural(cell, "Un rang", line), []).append(option)
        return tiers_of(ranks[rank] for rank in sorted(ranks))

    def judged(self, row: Sequence[str], line: int) -> Content:
        found = {}
        for option, cell in enumerate(row, start=1):
            if cell and cell.casefold() not in self.words:
                raise FormatError(f"La mention « {cell[:40]} » n’existe pas.", line)
            if cell:
                found[option] = self.words[cell.casefold()]
        return score_pairs(found)

    def election(self, names: tuple[str, ...], **about: object) -> Election:
        if self.scored and self.worded:
            raise FormatError("Les mentions sont des mots ou des chiffres, pas les deux.")
        holds: Holds = "points" if self.scored else self.holds
        top = (
            max((score for pairs in self.ballots for _, score in pairs), default=0)
            if holds == "points"
            else None
        )
        return Election(
            holds,
            names,
            self.ballots,
            blank=self.blank,
            null=self.null,
            grades=self.grades if holds == "grades" else (),
            top=top,
            **about,  # type: ignore[arg-type]
        )
