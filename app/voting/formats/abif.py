"""ABIF, the Aggregated Ballot Information Format (electowiki.org/wiki/ABIF): rankings and scores.

=NY:[New York]
27: NY/5 > Lyon/3 = [Le Puy]/3
12: NY/4, Lyon/0
3:
"""

import re
from collections import Counter

from app.voting.formats.base import (
    Content,
    Election,
    FormatError,
    Options,
    by_score,
    natural,
    score_pairs,
    tiers_of,
)
from app.voting.methods.base import Holds

_LINE = re.compile(r"^\s*(\d+)\s*[:*]\s*(.*?)\s*$")
_OPTION = re.compile(r"^=\s*(\[[^\]]*\]|[^\s:\[]+)\s*:\s*\[([^\]]*)\]\s*$")
_MARK = re.compile(r"\s*(?:\[([^\]]*)\]|\"([^\"]*)\"|([^\s>=,/\[\]\"]+))\s*(?:/\s*(\d+))?\s*")
_COMMENT = re.compile(r"#[^\]\"]*$")
_META = re.compile(r"\"?(\w+)\"?\s*:\s*(?:\"((?:[^\"\\]|\\.)*)\"|(\d+))")
_SPECIAL = re.compile(r"[\[\]\"/,]|\S\s+[^\s>=]")
_BARE = re.compile(r"[^\s\[\]>=,/:\"#]+")

Marks = list[tuple[str, int | None, str]]
"""(name, score, separator that follows) for each option of a ballot."""


def read(text: str, holds: Holds) -> Election:
    options, meta = Options(), {}
    grouped: Counter[str] = Counter()
    where: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.startswith("{"):
            meta.update({key: word or figure for key, word, figure in _META.findall(bare)})
        elif bare.startswith("="):
            _declare(options, bare, number)
        else:
            times, order = _cast(line, number)
            grouped[order] += times
            where.setdefault(order, number)
    for place, name in enumerate(options.names, start=1):
        options.numbers.setdefault(name, place)
    scored = holds != "ranking"
    reader = _Reader(options, scored)
    ballots: Counter[Content] = Counter()
    for order, times in grouped.items():
        ballots[reader.content(order, where[order])] += times
    blank = ballots.pop((), 0)
    return Election(
        "points" if scored else "ranking",
        tuple(options.names),
        ballots,
        blank=blank,
        title=meta.get("title", ""),
        top=max(reader.top, int(meta.get("max_rating") or 0)) if scored else None,
    )


def write(election: Election) -> str:
    if election.holds not in ("ranking", "points", "grades", "approval"):
        raise FormatError("ABIF porte des classements ou des notes.")
    if any("[" in name or "]" in name for name in election.names):
        raise FormatError("Le nom d’une option ne peut pas contenir de crochets.")
    called = [name if _BARE.fullmatch(name) else f"[{name}]" for name in election.names]
    title = election.title.replace("\\", "").replace('"', "'")
    lines = ['{"version": "0.1"}', f'{{"title": "{title}"}}']
    if election.holds == "grades":
        lines.append(f'{{"max_rating": {len(election.grades) - 1}}}')
    elif election.holds == "approval":
        lines.append('{"max_rating": 1}')
    lines += [f"={key}:[{name}]" for key, name in zip(called, election.names, strict=True)]
    for content, times in sorted(election.ballots.items(), key=lambda row: (-row[1], row[0])):
        lines.append(f"{times}:{_order(election, content, called)}")
    if election.blank:
        lines.append(f"{election.blank}:")
    return "\n".join(lines) + "\n"


def _order(election: Election, content: Content, called: list[str]) -> str:
    if election.holds == "ranking":
        return ">".join("=".join(called[option - 1] for option in tier) for tier in content)
    scores = dict.fromkeys(content, 1) if election.holds == "approval" else dict(content)
    if election.holds == "grades":
        best = len(election.grades) - 1
        scores = {option: best - grade for option, grade in scores.items()}
    return ",".join(f"{called[option - 1]}/{scores[option]}" for option in sorted(scores))


def _declare(options: Options, line: str, number: int) -> None:
    declared = _OPTION.match(line)
    if declared is None:
        raise FormatError("Une option s’écrit « =code:[nom] ».", number)
    options.add(declared[1].strip("[]"), number, declared[2].strip())


def _cast(line: str, number: int) -> tuple[int, str]:
    cast = _LINE.match(_COMMENT.sub("", line) if "#" in line else line)
    if cast is None:
        raise FormatError("Un bulletin s’écrit « 3:A>B=C ».", number)
    return natural(cast[1], "Un nombre de bulletins", number), cast[2]


class _Reader:
    """Ballots as they are read; options appear as they are named, unless they were declared."""

    def __init__(self, options: Options, scored: bool) -> None:
        self.options, self.scored = options, scored
        self.declared = bool(options.names)
        self.top = 0

    def content(self, order: str, line: int) -> Content:
        marks = _marks(order, line)
        numbers = [self.number(name, line) for name, _, _ in marks]
        if len(set(numbers)) != len(numbers):
            raise FormatError("Un bulletin ne nomme une option qu’une fois.", line)
        separators = {follows for _, _, follows in marks}
        if not marks:
            return ()
        if not self.scored and "," not in separators:
            return _tiers(numbers, marks)
        scores = {n: s for n, (_, s, _) in zip(numbers, marks, strict=True) if s is not None}
        if len(scores) < len(marks):
            raise FormatError("Chaque option d’un bulletin à notes porte une note.", line)
        self.top = max(self.top, *scores.values())
        return score_pairs(scores) if self.scored else by_score(scores)

    def number(self, name: str, line: int) -> int:
        # Once codes are declared, a misspelt one must not become a candidate.
        if name in self.options.numbers or self.declared:
            return self.options.number(name, line)
        return self.options.add(name, line)


def _marks(order: str, line: int) -> Marks:
    if not _SPECIAL.search(order):
        return _plain_marks(order, line)
    marks: Marks = []
    place = 0
    while place < len(order):
        mark = _MARK.match(order, place)
        if mark is None:
            raise FormatError("Un bulletin s’écrit « 3:A>B=C », ou « 3:A/5,B/2 ».", line)
        place = mark.end()
        follows = order[place : place + 1]
        if (follows and follows not in ">=,") or (follows and place + 1 == len(order)):
            raise FormatError("Un bulletin s’écrit « 3:A>B=C », ou « 3:A/5,B/2 ».", line)
        place += 1
        name = next(word for word in mark.groups()[:3] if word is not None)
        score = None if mark[4] is None else natural(mark[4], "Une note", line)
        marks.append((name.strip(), score, follows))
    return marks


def _plain_marks(order: str, line: int) -> Marks:
    """The marks of « A>B=C », many times faster."""
    marks: Marks = []
    for tier in order.split(">") if order else []:
        names = [name.strip() for name in tier.split("=")]
        if not all(names):
            raise FormatError("Un bulletin s’écrit « 3:A>B=C ».", line)
        marks += [(name, None, "=") for name in names[:-1]]
        marks.append((names[-1], None, ">"))
    return marks


def _tiers(numbers: list[int], marks: Marks) -> Content:
    tiers = [[numbers[0]]]
    for (_, _, follows), number in zip(marks, numbers[1:], strict=False):
        if follows == ">":
            tiers.append([number])
        else:
            tiers[-1].append(number)
    return tiers_of(tiers)
