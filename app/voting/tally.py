"""Counting an election read from a file, without any database."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.voting.formats.base import Content, Election, ranked_by_score
from app.voting.methods import METHODS
from app.voting.methods.base import (
    Ballot,
    Holds,
    InvalidBallot,
    InvalidCount,
    InvalidRules,
    Method,
)
from app.voting.methods.majority_judgment import MAX_GRADES, MIN_GRADES

HELD: Mapping[Holds, str] = {
    "choice": "des réponses pour, contre ou abstention",
    "approval": "des options cochées",
    "ranking": "des classements",
    "grades": "des mentions",
    "points": "des notes ou des gommettes",
}


class Uncountable(ValueError):
    """An election that this method cannot count; its message is a French sentence."""


def tally(election: Election, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The result of an election by a method, in names, ready for JSON.

    `given` are rules that come before those of the file: seats, ties and so on.

    Raises:
        Uncountable: ballots of another kind, rules that the method refuses.
    """
    method = METHODS[key]
    contents, words = _held(election, method.holds)
    options = range(1, len(election.names) + 1)
    raw = {**_rules(election, method, words), **given}
    try:
        rules = method.rules(raw)
        ballots, null = _ballots(method, contents, rules)
        if election.blank:
            ballots[method.ballot(None if method.holds == "choice" else ())] += election.blank
        result = method.count(options, ballots, rules)
    except (InvalidRules, InvalidBallot, InvalidCount) as error:
        raise Uncountable(str(error)) from error

    def name(option: int) -> str:
        return election.called[option - 1]

    return {
        "method": key.replace("_", "-"),
        "winners": [name(option) for option in result.winners],
        "ranking": [[name(option) for option in tied] for tied in result.ranking],
        "rounds": result.rounds(name),
        "ballots": result.ballots + null + election.null,
        "blank": result.blank,
        "null": result.null + null + election.null,
        "rules": rules.to_json(name),
    }


def _ballots(
    method: Method[Any, Any, Any], contents: Mapping[Content, int], rules: Any
) -> tuple[Counter[Ballot], int]:
    """Ballots to count, and how many break the rules, as too many ticks do."""
    ballots: Counter[Ballot] = Counter()
    null = 0
    for content, times in contents.items():
        ballot = method.ballot(content)
        try:
            method.check(ballot, rules)
        except InvalidBallot:
            null += times
        else:
            ballots[ballot] += times
    return ballots, null


def _held(election: Election, wanted: Holds) -> tuple[Mapping[Content, int], tuple[str, ...]]:
    """The contents as a method wants them, with the words of grades."""
    if election.holds == wanted:
        if wanted == "points":
            return _without_zeros(election.ballots), ()
        return election.ballots, election.grades
    if election.holds == "points" and wanted == "ranking":
        return ranked_by_score(election.ballots), ()
    if election.holds == "points" and wanted == "grades":
        top = max(election.top or 0, MIN_GRADES - 1)
        if top >= MAX_GRADES:
            raise Uncountable(f"Le jugement majoritaire va de 0 à {MAX_GRADES - 1} au plus.")
        found: Counter[Content] = Counter()
        pair = [(place, top - place) for place in range(top + 1)]
        shared = {
            (option, score): (option, grade)
            for option in range(1, len(election.names) + 1)
            for score, grade in pair
        }
        for content, times in election.ballots.items():
            found[tuple([shared[mark] for mark in content])] += times
        return found, tuple(str(score) for score in range(top, -1, -1))
    if election.holds == "points" and wanted == "approval" and (election.top or 0) <= 1:
        ticked: Counter[Content] = Counter()
        for content, times in election.ballots.items():
            ticked[tuple(option for option, score in content if score)] += times
        return ticked, ()
    raise Uncountable(
        f"Ce fichier porte {HELD[election.holds]}, et cette méthode compte {HELD[wanted]}."
    )


def _without_zeros(ballots: Mapping[Content, int]) -> Counter[Content]:
    found: Counter[Content] = Counter()
    for content, times in ballots.items():
        found[tuple(pair for pair in content if pair[1])] += times
    return found


def _rules(
    election: Election, method: Method[Any, Any, Any], words: tuple[str, ...]
) -> dict[str, Any]:
    """What the file itself says of the rules, for this method."""
    said: dict[str, Any] = {}
    if method.holds == "grades" and words:
        said["grades"] = list(words)
    if "seats" in method.asks and election.seats is not None:
        said["seats"] = election.seats
    if method.each == "cost":
        if election.budget is None or not election.costs:
            raise Uncountable("Ce fichier ne donne pas de budget, ou pas le coût des projets.")
        said["budget"] = election.budget
        said["costs"] = {str(place): cost for place, cost in enumerate(election.costs, start=1)}
        said["unit"], said["minimum"] = election.unit, election.minimum
    if election.method == method.key:
        said.update(election.rules)
        if said.get("base") == "registered":
            said["registered"] = election.registered
    return said
