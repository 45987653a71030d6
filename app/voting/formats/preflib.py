"""PrefLib: soc, soi, toc and toi, complete or not, with ties or not (preflib.org/format).

Both the present layout (headers after `#`) and the one used until 2022 are read.
"""

import re
from collections import Counter

from app.voting.formats.base import Content, Election, FormatError, Options, natural, shared
from app.voting.methods.base import Holds

_TIES = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_PLAIN = re.compile(r"[\d,\s]+")


def read(text: str, holds: Holds) -> Election:
    lines = text.splitlines() or [""]
    first = next((line for line in lines if line.strip()), "")
    options, title, body = (
        _headers(lines) if first.lstrip().startswith("#") else _old_headers(lines)
    )
    singles: list[tuple[int, ...]] = [(option,) for option in range(len(options.names) + 1)]
    known = {str(number): singles[number] for number in range(1, len(singles))}
    grouped: Counter[str] = Counter()
    where: dict[str, int] = {}
    for number, times, order in body:
        grouped[order] += times
        where.setdefault(order, number)
    ballots: Counter[Content] = Counter()
    blank = 0
    for order, times in grouped.items():
        parts = order.strip().split(",")
        tiers = tuple(map(known.get, parts))
        if None in tiers or len(set(parts)) < len(parts):
            tiers = _tiers(order, singles, where[order])
        if tiers:
            ballots[tiers] += times
        else:
            blank += times
    return Election("ranking", tuple(options.names), ballots, blank=blank, title=title)


def write(election: Election) -> str:
    """The narrowest of the four types that holds these ballots; blank ballots have no place."""
    if election.holds != "ranking":
        raise FormatError("PrefLib ne porte que des classements.")
    count = len(election.names)
    tied = any(len(tier) > 1 for ballot in election.ballots for tier in ballot)
    whole = all(sum(map(len, ballot)) == count for ballot in election.ballots)
    kind = ("t" if tied else "s") + "o" + ("c" if whole else "i")
    voters = sum(election.ballots.values())
    lines = [
        f"# FILE NAME: {election.title or 'scrutin'}.{kind}",
        f"# TITLE: {election.title}",
        "# DESCRIPTION: ",
        f"# DATA TYPE: {kind}",
        "# MODIFICATION TYPE: original",
        f"# NUMBER ALTERNATIVES: {count}",
        f"# NUMBER VOTERS: {voters}",
        f"# NUMBER UNIQUE ORDERS: {len(election.ballots)}",
        *(f"# ALTERNATIVE NAME {i}: {name}" for i, name in enumerate(election.names, start=1)),
    ]
    rows = sorted(election.ballots.items(), key=lambda row: (-row[1], row[0]))
    lines += [f"{times}: {','.join(map(_group, tiers))}" for tiers, times in rows]
    return "\n".join(lines) + "\n"


def _group(tier: tuple[int, ...]) -> str:
    return str(tier[0]) if len(tier) == 1 else f"{{{','.join(map(str, tier))}}}"


def _headers(lines: list[str]) -> tuple[Options, str, list[tuple[int, int, str]]]:
    names: dict[int, str] = {}
    title, announced, body = "", None, []
    counts: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            key, _, value = line[1:].strip().partition(":")
            if key == "TITLE":
                title = value.strip()
            elif key == "NUMBER ALTERNATIVES":
                announced = natural(value, "Le nombre d’options", number)
            elif key.startswith("ALTERNATIVE NAME"):
                place = natural(key.removeprefix("ALTERNATIVE NAME"), "Une option", number)
                names[place] = value.strip()
        elif line.strip():
            times, colon, order = line.partition(":")
            if not colon:
                raise FormatError("On attend « nombre: 1,2,3 ».", number)
            if times not in counts:
                counts[times] = natural(times, "Un nombre de bulletins", number)
            body.append((number, counts[times], order))
    if announced is None:
        raise FormatError("« # NUMBER ALTERNATIVES » manque.", 1)
    return _numbered(names, announced), title, body


def _old_headers(lines: list[str]) -> tuple[Options, str, list[tuple[int, int, str]]]:
    announced = natural(lines[0], "Le nombre d’options", 1)
    names: dict[int, str] = {}
    for number, line in enumerate(lines[1 : announced + 1], start=2):
        place, comma, name = line.partition(",")
        if not comma:
            raise FormatError("On attend « numéro,nom ».", number)
        names[natural(place, "Une option", number)] = name.strip()
    body = []
    for number, line in enumerate(lines[announced + 2 :], start=announced + 3):
        if line.strip():
            times, _, order = line.partition(",")
            body.append((number, natural(times, "Un nombre de bulletins", number), order))
    return _numbered(names, announced), "", body


def _numbered(names: dict[int, str], announced: int) -> Options:
    if set(names) - set(range(1, announced + 1)):
        raise FormatError("Une option porte un numéro plus grand que leur nombre.", 1)
    options = Options()
    for place in range(1, announced + 1):
        options.add(names.get(place) or str(place), None)
    return options


def _tiers(order: str, singles: list[tuple[int, ...]], line: int) -> Content:
    try:
        if _PLAIN.fullmatch(order):
            tiers = tuple([singles[int(option)] for option in order.split(",")])
        else:
            tiers = tuple(
                shared(*sorted(singles[int(option)][0] for option in group.split(",")))
                if group
                else singles[int(alone)]
                for group, alone in _TIES.findall(order.strip())
            )
    except (ValueError, IndexError):
        raise FormatError("Un classement s’écrit « 1,2,{3,4} ».", line) from None
    named = [option for tier in tiers for option in tier]
    if len(set(named)) != len(named) or 0 in named:
        raise FormatError("Une option est classée deux fois, ou porte le numéro 0.", line)
    return tiers
