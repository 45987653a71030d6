"""BLT: rankings for the single transferable vote, by number, weight first and 0 last.

A withdrawn candidate (negative number) is taken out of the options and of every ballot; `=`
joins equal preferences, and `-` is a preference left empty, as OpenSTV writes them.
"""

import re
from collections import Counter
from collections.abc import Iterator

from app.voting.formats.base import Content, Election, FormatError, Options, natural, shared
from app.voting.methods.base import Holds

_QUOTED = re.compile(r'"([^"]*)"')
_COMMENT = re.compile(r'^((?:[^#"]|"[^"]*")*)#.*$')
_NAMED_BALLOT = re.compile(r"^\([^)]*\)\s*")


def read(text: str, holds: Holds) -> Election:
    lines = [
        (number, _COMMENT.sub(r"\1", line).strip() if "#" in line else line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
    ]
    rows = iter([(number, line) for number, line in lines if line])
    number, line = next(rows, (1, ""))
    if len(line.split()) != 2:
        raise FormatError("On attend le nombre de candidats et de sièges.", number)
    size, seats = (natural(part, "Un nombre", number, 10**6) for part in line.split())
    withdrawn: set[int] = set()
    grouped: Counter[str] = Counter()
    where: dict[str, int] = {}
    for number, line in rows:
        if line == "0":
            break
        if line.startswith("-"):
            withdrawn |= {natural(part.lstrip("-"), "Un retrait", number) for part in line.split()}
            continue
        grouped[line] += 1
        where.setdefault(line, number)
    else:
        raise FormatError("Le 0 qui finit les bulletins manque.", number)
    kept = [place for place in range(1, size + 1) if place not in withdrawn]
    renumbered = {place: shared(number) for number, place in enumerate(kept, start=1)}
    ballots: Counter[Content] = Counter()
    blank = 0
    for line, repeated in grouped.items():
        times, tiers = _ballot(line, size, renumbered, where[line])
        if tiers:
            ballots[tiers] += times * repeated
        else:
            blank += times * repeated
    names, title = _names(rows, size, number)
    options = Options()
    for place in kept:
        options.add(names[place - 1], None)
    return Election("ranking", tuple(options.names), ballots, blank=blank, title=title, seats=seats)


def write(election: Election) -> str:
    if election.holds != "ranking":
        raise FormatError("BLT ne porte que des classements.")
    lines = [f"{len(election.names)} {election.seats or 1}"]
    rows = sorted(election.ballots.items(), key=lambda row: (-row[1], row[0]))
    for tiers, times in rows:
        lines.append(" ".join([str(times), *("=".join(map(str, tier)) for tier in tiers), "0"]))
    if election.blank:
        lines.append(f"{election.blank} 0")
    quoted = [name.replace('"', "'") for name in (*election.names, election.title)]
    return "\n".join([*lines, "0", *(f'"{name}"' for name in quoted)]) + "\n"


def _ballot(
    line: str, size: int, renumbered: dict[int, tuple[int, ...]], number: int
) -> tuple[int, Content]:
    """How many times a ballot was cast, and its tiers without those who withdrew."""
    alone = _NAMED_BALLOT.match(line)
    parts = line[alone.end() :].split() if alone else line.split()
    times = 1 if alone else natural(parts.pop(0), "Un nombre de bulletins", number)
    if not parts or parts.pop() != "0":
        raise FormatError("Un bulletin finit par 0.", number)
    tiers: list[tuple[int, ...]] = []
    named: list[int] = []
    for part in parts:
        if part == "-":
            continue
        places = [natural(place, "Une préférence", number, size) for place in part.split("=")]
        named += places
        if len(places) == 1 and places[0] in renumbered:
            tiers.append(renumbered[places[0]])
        elif tier := shared(*sorted(renumbered[p][0] for p in places if p in renumbered)):
            tiers.append(tier)
    if len(set(named)) != len(named) or 0 in named:
        raise FormatError("Un bulletin ne classe un candidat qu’une fois.", number)
    return times, tuple(tiers)


def _names(rows: Iterator[tuple[int, str]], size: int, last: int) -> tuple[list[str], str]:
    names: list[str] = []
    for number, line in rows:
        last = number
        found = _QUOTED.findall(line)
        if not found or _QUOTED.sub("", line).strip():
            raise FormatError("On attend un nom entre guillemets.", number)
        names += [name.strip() for name in found]
    if len(names) < size:
        raise FormatError("Il manque des noms de candidats.", last)
    return names[:size], names[size] if len(names) > size else ""
