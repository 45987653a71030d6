"""JSON: the whole election in one object, the only format that holds every kind of ballot.

    {"title": "…", "holds": "ranking", "options": ["A", "B"], "ballots": [
      {"times": 3, "ranking": [["A"], ["B"]]}, {"blank": true}, {"times": 2, "null": true}]}

Ballots bear "choice", "approved", "ranking", "grades" (words or scores) or "points".
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.voting.formats.base import (
    MOST_TIMES,
    Content,
    Election,
    FormatError,
    Options,
    score_pairs,
    tiers_of,
)
from app.voting.methods.base import Holds
from app.voting.methods.majority_judgment import GRADES

KEYS: Mapping[Holds, str] = {
    "choice": "choice",
    "approval": "approved",
    "ranking": "ranking",
    "grades": "grades",
    "points": "points",
}
_ILL = "Ce bulletin est illisible."


def read(text: str, holds: Holds) -> Election:
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError("Ce JSON est illisible.", error.lineno) from None
    except (ValueError, RecursionError):
        raise FormatError("Ce JSON est illisible.", 1) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("options"), list):
        raise FormatError("On attend un objet avec « options » et « ballots ».", 1)
    if not isinstance(raw.get("ballots"), list):
        raise FormatError("La liste « ballots » manque.", 1)
    options, costs = Options(), []
    for option in raw["options"]:
        about = option if isinstance(option, dict) else {"name": option}
        options.add(_name(about.get("name")), _line_of(text, "options"))
        if "cost" in about:
            costs.append(_amount(about["cost"], _line_of(text, "options")))
    if costs and len(costs) != len(options.names):
        raise FormatError("Chaque projet a un coût.", _line_of(text, "options"))
    grades = raw.get("grades", list(GRADES))
    if not isinstance(grades, list) or not all(isinstance(grade, str) for grade in grades):
        raise FormatError("Les mentions forment une liste de mots.", _line_of(text, "grades"))
    reader = _Reader(options, grades)
    for place, ballot in enumerate(raw["ballots"]):
        try:
            reader.add(ballot)
        except FormatError as error:
            raise FormatError(error.sentence, _line_of(text, "ballots", place)) from None
    held = reader.holds or holds
    scored = reader.scored or held == "points"
    seats = raw.get("seats")
    if seats is not None:
        _amount(seats, _line_of(text, "seats"))
    budget = raw.get("budget")
    if budget is not None:
        _amount(budget, _line_of(text, "budget"))
    rules = raw.get("rules", {})
    return Election(
        "points" if scored else held,
        tuple(options.names),
        reader.ballots,
        blank=reader.blank,
        null=reader.null,
        title=str(raw.get("title", "")),
        seats=seats,
        grades=tuple(grades) if held == "grades" and not scored else (),
        top=max((s for pairs in reader.ballots for _, s in pairs), default=0) if scored else None,
        costs=tuple(costs),
        budget=budget,
        rules=rules if isinstance(rules, dict) else {},
        method=raw.get("method") if isinstance(raw.get("method"), str) else None,
    )


def write(election: Election) -> str:
    def about(place: int) -> dict[str, Any]:
        named: dict[str, Any] = {"name": election.names[place]}
        return {**named, "cost": election.costs[place]} if election.costs else named

    ballots = [
        json.dumps(
            {"times": times, KEYS[election.holds]: _said(election, content)}, ensure_ascii=False
        )
        for content, times in sorted(election.ballots.items(), key=lambda row: (-row[1], row[0]))
    ]
    ballots += [
        json.dumps({"times": times, word: True})
        for word, times in (("blank", election.blank), ("null", election.null))
        if times
    ]
    head: dict[str, Any] = {
        "title": election.title,
        "holds": election.holds,
        "options": [about(place) for place in range(len(election.names))],
    }
    if election.grades:
        head["grades"] = list(election.grades)
    if election.seats is not None:
        head["seats"] = election.seats
    if election.budget is not None:
        head["budget"] = election.budget
    above = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    return above + ',\n "ballots": [\n  ' + ",\n  ".join(ballots) + "\n ]\n}\n"


class _Reader:
    """Ballots as they are read, one after the other."""

    def __init__(self, options: Options, grades: list[str]) -> None:
        self.options = options
        self.words = {grade.casefold(): place for place, grade in enumerate(grades)}
        self.ballots: Counter[Content] = Counter()
        self.blank = self.null = 0
        self.holds: Holds | None = None
        self.scored = self.worded = False

    def add(self, raw: object) -> None:
        if not isinstance(raw, dict):
            raise FormatError(_ILL)
        times = raw.get("times", 1)
        _amount(times, None)
        said = [key for key in raw if key != "times"]
        if len(said) != 1:
            raise FormatError("Un bulletin dit une chose, et une seule.")
        (key,) = said
        if key in ("blank", "null"):
            if raw[key] is not True:
                raise FormatError(_ILL)
            self.blank += times if key == "blank" else 0
            self.null += times if key == "null" else 0
            return
        holds = next((kind for kind, name in KEYS.items() if name == key), None)
        if holds is None or self.holds not in (None, holds):
            raise FormatError("Les bulletins d’un vote disent tous la même chose.")
        self.holds = holds
        content = self.content(holds, raw[key])
        if content:
            self.ballots[content] += times
        else:
            self.blank += times

    def content(self, holds: Holds, raw: Any) -> Content:
        if holds == "choice":
            if raw not in ("yes", "no", "abstain"):
                raise FormatError("Une réponse est « yes », « no » ou « abstain ».")
            return raw
        if holds in ("approval", "ranking"):
            if not isinstance(raw, list):
                raise FormatError(_ILL)
            tiers = [tier if isinstance(tier, list) else [tier] for tier in raw]
            named = [[self.options.number(_name(name), None) for name in tier] for tier in tiers]
            flat = [option for tier in named for option in tier]
            if len(set(flat)) != len(flat) or not all(named):
                raise FormatError("Un bulletin ne nomme une option qu’une fois.")
            if holds == "approval":
                return tuple(sorted(flat))
            return tiers_of(named)
        if not isinstance(raw, dict):
            raise FormatError(_ILL)
        return score_pairs(
            {self.options.number(name, None): self.mark(holds, mark) for name, mark in raw.items()}
        )

    def mark(self, holds: Holds, mark: object) -> int:
        """Points or a score as they are, a word as its place among grades."""
        if isinstance(mark, str) and holds == "grades":
            self.worded = True
            if mark.casefold() not in self.words:
                raise FormatError(f"La mention « {mark[:40]} » n’existe pas.")
            place = self.words[mark.casefold()]
        else:
            self.scored = True
            place = _amount(mark, None)
        if self.scored and self.worded:
            raise FormatError("Les mentions sont des mots ou des chiffres, pas les deux.")
        return place


def _said(election: Election, content: Content) -> Any:
    names = election.names
    if election.holds == "choice":
        return content
    if election.holds == "approval":
        return [names[option - 1] for option in content]
    if election.holds == "ranking":
        return [[names[option - 1] for option in tier] for tier in content]
    if election.holds == "grades":
        return {names[option - 1]: election.grades[grade] for option, grade in content}
    return {names[option - 1]: number for option, number in content}


def _name(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int) or not str(raw).strip():
        raise FormatError("Une option porte un nom.")
    return str(raw).strip()


def _amount(raw: object, line: int | None) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_TIMES:
        raise FormatError("Un nombre s’écrit en chiffres, sans décimale.", line)
    return raw


def _line_of(text: str, key: str, place: int | None = None) -> int:
    """The line of a key of the outer object, or of the item at `place` in its list."""
    decoder = json.JSONDecoder()
    start = text.find(f'"{key}"')
    if start >= 0 and place is not None:
        start = text.find("[", start) + 1
        for item in range(place + 1):
            start += len(text[start:]) - len(text[start:].lstrip(" \t\r\n,"))
            if item < place:
                _, start = decoder.raw_decode(text, start)
    return text.count("\n", 0, max(start, 0)) + 1
