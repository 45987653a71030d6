"""CSV as we publish it, and as people type it: a ballot a line, an option a column.

UTF-8 with a byte order mark, `;`, and an apostrophe before what a spreadsheet would take for a
formula. Lines above the header say the rules; a « Nombre » column counts identical ballots; a
« Coût » line gives the cost of each project. A ballot is « blanc » or « nul » by its first cell.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.core.csv import safe_cell
from app.voting.formats.base import Election, FormatError, Options, natural
from app.voting.formats.cells import Sheet, cells
from app.voting.methods.base import Holds
from app.voting.methods.majority_judgment import GRADES

_SHORT = 20
_BALLOT = {"bulletin", "ballot", "id"}
_TIMES = {"nombre", "nb", "count", "times"}
_COST = {"coût", "cout", "cost"}
_ABOVE = {
    "scrutin",
    "méthode",
    "règles",
    "inscrits",
    "quorum, en % des inscrits",
    "budget",
    "places",
}


def read(text: str, holds: Holds) -> Election:
    rows = _rows(text)
    above: dict[str, tuple[int, list[str]]] = {}
    while rows and rows[0][1][0].casefold() in _ABOVE:
        line, row = rows.pop(0)
        above[row[0].casefold()] = (line, row[1:])
    if not rows:
        raise FormatError("La ligne des options manque.", 1)
    line, header = rows.pop(0)
    first = [header[0].casefold() in _BALLOT]
    first.append(len(header) > sum(first) and header[sum(first)].casefold() in _TIMES)
    start = sum(first)
    names = [name for name in header[start:]]
    while names and not names[-1]:
        names.pop()
    if not names or not all(names):
        raise FormatError("Une option n’a pas de nom.", line)
    options = Options()
    for name in names:
        options.add(name, line)
    rules, method = _published(above)
    grades = tuple(rules.get("grades") or GRADES) if holds == "grades" else ()
    sheet = Sheet(holds, len(names), grades)
    costs: tuple[int, ...] = ()
    for line, row in rows:
        if not any(row):
            # Counting it blank would let a spreadsheet's empty lines vote.
            raise FormatError("Cette ligne est vide : un bulletin blanc s’écrit « blanc ».", line)
        if row[0].casefold() in _COST:
            figures = [cell for cell in row[1:] if cell][-len(names) :]
            if len(figures) < len(names):
                raise FormatError("Chaque projet a un coût.", line)
            costs = tuple(natural(cell, "Un coût", line) for cell in figures)
            continue
        times = natural(row[start - 1], "Un nombre de bulletins", line) if first[1] else 1
        sheet.add(row[start:], times, line)
    return sheet.election(
        tuple(names),
        title=_one(above, "scrutin", -1),
        seats=_number(above, "places"),
        costs=costs or _costs(rules, len(names)),
        budget=_number(above, "budget") or rules.get("budget"),
        rules=rules,
        method=method,
        registered=_number(above, "inscrits"),
    )


def write(election: Election) -> str:
    """Grouped ballots, with how many of each."""
    above: list[Sequence[object]] = []
    if election.title:
        above.append(("Scrutin", election.title))
    if election.budget is not None:
        above.append(("Budget", election.budget))
    rows = [
        (times, content)
        for content, times in sorted(election.ballots.items(), key=lambda row: (-row[1], row[0]))
    ]
    body: list[Sequence[object]] = [(times, *cells(election, content)) for times, content in rows]
    width = len(election.names)
    body += [
        (times, *[word] * width)
        for times, word in ((election.blank, "blanc"), (election.null, "nul"))
        if times
    ]
    if election.costs:
        body.insert(0, ("Coût", *election.costs))
    return lines([*above, ("Nombre", *election.names), *body])


def lines(rows: Iterable[Sequence[object]]) -> str:
    """Rows as text, harmless in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(safe_cell, row) for row in rows)
    return out.getvalue()


def _rows(text: str) -> list[tuple[int, list[str]]]:
    sample = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=sample.count)
    rows, cleaned = [], _Cleaned()
    if '"' not in text and "\r" not in (plain := text.replace("\r\n", "\n")):
        # Nothing to unquote: the same cells, in half the time.
        return [
            (number, list(map(cleaned.__getitem__, line.split(delimiter))))
            for number, line in enumerate(plain.split("\n"), 1)
            if line
        ]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                rows.append((reader.line_num, list(map(cleaned.__getitem__, row))))
    except csv.Error:
        raise FormatError("Cette ligne est illisible.", reader.line_num) from None
    return rows


class _Cleaned(dict[str, str]):
    """Cells without spaces around and without their apostrophe, each different one once."""

    def __missing__(self, cell: str) -> str:
        bare = cell.strip()
        if bare.startswith("'") and safe_cell(bare[1:]) == bare:
            bare = bare[1:]
        # What is long is seldom seen twice: names and fingerprints.
        if len(cell) <= _SHORT:
            self[cell] = bare
        return bare


def _published(above: Mapping[str, tuple[int, list[str]]]) -> tuple[dict[str, Any], str | None]:
    """The rules that the file publishes, and the key of their method."""
    line, said = above.get("règles", (1, ["{}"]))
    try:
        rules = json.loads(said[0] if said else "{}")
    except (ValueError, RecursionError):
        rules = None
    if not isinstance(rules, dict):
        raise FormatError("Les règles publiées sont illisibles.", line)
    grades, costs = rules.get("grades", []), rules.get("costs", {})
    if not isinstance(grades, list) or not all(isinstance(grade, str) for grade in grades):
        raise FormatError("Les mentions publiées sont illisibles.", line)
    if not isinstance(costs, dict) or not all(
        key.isdecimal() and type(cost) is int for key, cost in costs.items()
    ):
        raise FormatError("Les coûts publiés sont illisibles.", line)
    if type(rules.get("budget", 0)) is not int:
        raise FormatError("Le budget publié est illisible.", line)
    return rules, _one(above, "méthode", 0) or None


def _costs(rules: Mapping[str, Any], size: int) -> tuple[int, ...]:
    """Published costs, which call projects by their places among columns."""
    costs = rules.get("costs", {})
    if len(costs) != size:
        return ()
    return tuple(costs[key] for key in sorted(costs, key=int))


def _one(above: Mapping[str, tuple[int, list[str]]], key: str, place: int) -> str:
    _, said = above.get(key, (0, []))
    filled = [cell for cell in said if cell]
    return filled[place] if filled else ""


def _number(above: Mapping[str, tuple[int, list[str]]], key: str) -> int | None:
    said = _one(above, key, 0)
    return natural(said, f"« {key} »", above[key][0]) if said and said != "None" else None
