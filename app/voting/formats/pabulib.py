"""Pabulib `.pb`: participatory budgets (pabulib.org/format), in three sections separated by `;`.

Approval votes (also « choose-1 »), rankings and points are read. On writing, votes are shuffled and
voters' ids are new: nothing tells in which order people voted.
"""

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Mapping

from app.core.clock import today
from app.voting.formats.base import (
    Content,
    Election,
    FormatError,
    Options,
    natural,
    score_pairs,
    tiers_of,
)
from app.voting.methods.base import Holds

SECTIONS = ("META", "PROJECTS", "VOTES")
HOLDS: Mapping[str, Holds] = {
    "approval": "approval",
    "choose-1": "approval",
    "ordinal": "ranking",
    "cumulative": "points",
    "scoring": "points",
}
_AMOUNT = re.compile(r"(\d{1,15})(?:[.,](\d{1,6}))?")
Row = tuple[int, list[str]]


def read(text: str, holds: Holds) -> Election:
    sections = _sections(text)
    meta = {row[0]: (line, row[1]) for line, row in sections["META"] if len(row) > 1}
    for key in ("budget", "vote_type"):
        if key not in meta:
            raise FormatError(f"« {key} » manque dans la partie META.", 1)
    line, kind = meta["vote_type"]
    if kind not in HOLDS:
        raise FormatError(f"Le type de vote « {kind[:40]} » n’est pas connu.", line)
    columns, projects = _table(sections["PROJECTS"], ("project_id", "cost"), "PROJECTS")
    # In the order of their ids, whatever the order of the file, which ties may come to.
    projects.sort(key=lambda row: _natural_order(row[1][columns["project_id"]]))
    options, costs = Options(), []
    for line, row in projects:
        options.add(row[columns["project_id"]], line)
        costs.append(_amount(row[columns["cost"]], line))
    names = tuple(options.names)
    if "name" in columns:
        titles = tuple(row[columns["name"]] or row[columns["project_id"]] for _, row in projects)
        # Two projects may share a title, never an id.
        names = titles if len(set(titles)) == len(titles) else names
    ballots, blank = _votes(sections["VOTES"], kind, options)
    _check_number(meta, "num_projects", len(names))
    _check_number(meta, "num_votes", sum(ballots.values()) + blank)
    budget = _amount(meta["budget"][1], meta["budget"][0])
    places = max(len(cents) for _, cents in (budget, *costs))
    minimum = meta.get("min_project_score_threshold", (None, "0"))
    return Election(
        HOLDS[kind],
        names,
        ballots,
        blank=blank,
        title=meta["description"][1] if "description" in meta else "",
        ids=tuple(options.names),
        costs=tuple(int(whole + cents.ljust(places, "0")) for whole, cents in costs),
        budget=int(budget[0] + budget[1].ljust(places, "0")),
        unit=10**places,
        minimum=natural(minimum[1], "Un nombre de voix", minimum[0]),
    )


def write(election: Election) -> str:
    if election.holds != "approval" or election.budget is None or not election.costs:
        raise FormatError("Un fichier .pb porte un budget et des projets cochés.")
    votes = [content for content, times in election.ballots.items() for _ in range(times)]
    votes += [()] * election.blank
    secrets.SystemRandom().shuffle(votes)
    supports = Counter(option for content in votes for option in content)
    day = today().strftime("%d.%m.%Y")
    begun, ended = election.dates or (day, day)
    meta = {
        "description": election.title or "Budget participatif",
        "country": "France",
        "unit": election.title or "Maison",
        "instance": ended[-4:],
        "num_projects": len(election.names),
        "num_votes": len(votes),
        "budget": _written(election.budget, election.unit),
        "vote_type": "approval",
        "rule": "equalshares/add1" if election.method == "equal_shares" else "greedy",
        "date_begin": begun,
        "date_end": ended,
        "min_length": 0 if election.blank else 1,
        "max_length": len(election.names),
    }
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *meta.items(), ["PROJECTS"]])
    writer.writerow(["project_id", "cost", "votes", "name"])
    for option, (code, name) in enumerate(zip(election.called, election.names, strict=True), 1):
        cost = _written(election.costs[option - 1], election.unit)
        writer.writerow([code if election.ids else option, cost, supports[option], name])
    writer.writerows([["VOTES"], ["voter_id", "vote"]])
    codes = election.ids or tuple(str(option) for option in range(1, len(election.names) + 1))
    for voter, content in enumerate(votes, start=1):
        writer.writerow([voter, ",".join(codes[option - 1] for option in content)])
    return out.getvalue()


def _sections(text: str) -> dict[str, list[Row]]:
    sections: dict[str, list[Row]] = {}
    current: list[Row] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if cells[0] in SECTIONS and not any(cells[1:]):
                if cells[0] in sections:
                    raise FormatError(f"La partie {cells[0]} figure deux fois.", reader.line_num)
                current = sections.setdefault(cells[0], [])
            elif current is None:
                raise FormatError("Le fichier commence par META.", reader.line_num)
            else:
                current.append((reader.line_num, cells))
    except csv.Error:
        raise FormatError("Cette ligne est illisible.", reader.line_num) from None
    for name in SECTIONS:
        if not sections.get(name):
            raise FormatError(f"La partie {name} manque ou est vide.", reader.line_num)
    return sections


def _table(
    rows: list[Row], wanted: tuple[str, ...], section: str
) -> tuple[dict[str, int], list[Row]]:
    """The places of columns, and the rows under their header."""
    (line, header), *body = rows
    columns = {name: place for place, name in enumerate(header)}
    for name in wanted:
        if name not in columns:
            raise FormatError(f"La colonne « {name} » manque dans la partie {section}.", line)
    for line, row in body:
        # A last empty cell may be left out, as spreadsheets do.
        row += [""] * (len(header) - len(row))
        if len(row) > len(header):
            raise FormatError("Cette ligne a plus de cases que de colonnes.", line)
    return columns, body


def _votes(rows: list[Row], kind: str, options: Options) -> tuple[Counter[Content], int]:
    pointed = HOLDS[kind] == "points"
    wanted = ("voter_id", "vote", "points") if pointed else ("voter_id", "vote")
    columns, body = _table(rows, wanted, "VOTES")
    vote, voter = columns["vote"], columns["voter_id"]
    known = options.numbers
    ballots: Counter[Content] = Counter()
    voters: set[str] = set()
    blank = 0
    for line, row in body:
        if row[voter] in voters:
            raise FormatError(f"La personne « {row[voter][:40]} » vote deux fois.", line)
        voters.add(row[voter])
        keys = row[vote].split(",") if row[vote] else []
        try:
            numbers = [known[key] for key in keys]
        except KeyError:
            numbers = [options.number(key.strip(), line) for key in keys]
        if len(set(numbers)) != len(numbers):
            raise FormatError("Un vote ne nomme un projet qu’une fois.", line)
        if not numbers:
            blank += 1
        elif pointed:
            points = row[columns["points"]].split(",")
            if len(points) != len(numbers):
                raise FormatError("Il faut autant de points que de projets.", line)
            given = [natural(number, "Un nombre de points", line) for number in points]
            ballots[score_pairs(dict(zip(numbers, given, strict=True)))] += 1
        elif kind == "ordinal":
            ballots[tiers_of([number] for number in numbers)] += 1
        else:
            ballots[tuple(sorted(numbers))] += 1
    return ballots, blank


def _check_number(meta: Mapping[str, tuple[int, str]], key: str, found: int) -> None:
    if key in meta:
        line, announced = meta[key]
        if natural(announced, f"« {key} »", line) != found:
            raise FormatError(f"« {key} » annonce {announced}, il y en a {found}.", line)


def _amount(text: str, line: int) -> tuple[str, str]:
    """An amount as its figures before and after the point, without useless zeros."""
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise FormatError("Un montant s’écrit en chiffres, par exemple 1200 ou 1200.50.", line)
    return amount[1], (amount[2] or "").rstrip("0")


def _written(amount: int, unit: int) -> str:
    whole, cents = divmod(amount, unit)
    return f"{whole}.{cents:0{len(str(unit)) - 1}d}" if cents else str(whole)


def _natural_order(code: str) -> tuple[int, int, str]:
    plain = code.isascii() and code.isdecimal() and len(code) <= 18
    return (0, int(code), code) if plain else (1, 0, code)
