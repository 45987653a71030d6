"""Classement (Schulze): the strongest chains of duels decide, winning votes measuring a duel.

Markus Schulze, « A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method », Social Choice and Welfare 36, 2011. A duel counts the voters who
prefer its winner (winning votes): margins elect another option in known cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.core.i18n import _l
from app.voting.methods.ballots import RankingBallot, ranking_ballot
from app.voting.methods.base import (
    InvalidRules,
    Method,
    Name,
    Result,
    Rules,
    check_count,
    check_keys,
)
from app.voting.methods.pairwise import pairwise_matrix

Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True)
class SchulzeRules(Rules):
    """Nothing to choose, and everything said.

    A duel is measured by its winning votes; options left out are under every ranked one and tied
    with each other.
    """

    def to_json(self, name: Name = str) -> dict[str, Any]:
        return {"strength": "winning_votes", "unranked": "last_and_tied"}


@dataclass(frozen=True)
class Chain:
    """Why one option stands above another: the strongest chain of duels each way.

    `path` goes from the first to the second through won duels, the weakest by `strength` votes;
    the best chain back has `back` votes, 0 when there is none.
    """

    first: int
    second: int
    path: tuple[int, ...]
    strength: int
    back: int

    def to_json(self, name: Name = int) -> dict[str, Any]:
        return {
            "first": name(self.first),
            "second": name(self.second),
            "path": [name(option) for option in self.path],
            "strength": self.strength,
            "back": self.back,
        }


@dataclass(frozen=True)
class SchulzeResult(Result):
    """Rows and columns of both matrices follow `options`.

    `duels[i][j]` voters prefer the i-th option to the j-th; `paths[i][j]` is the strength of the
    strongest chain between them. `chains` tell what puts each rank above the next.
    """

    duels: Matrix
    paths: Matrix
    condorcet_winner: int | None
    chains: tuple[Chain, ...]
    rules: SchulzeRules

    def rounds(self, name: Name = int) -> list[dict[str, Any]]:
        best = self.condorcet_winner
        return [
            {
                "options": [name(option) for option in self.options],
                "duels": [list(row) for row in self.duels],
                "strongest_paths": [list(row) for row in self.paths],
                "condorcet_winner": None if best is None else name(best),
                "chains": [chain.to_json(name) for chain in self.chains],
            }
        ]

    def to_json(self) -> dict[str, Any]:
        (matrices,) = self.rounds()
        return {**self.base_json(), **matrices, "rules": self.rules.to_json()}


class Schulze(Method[RankingBallot, SchulzeRules, SchulzeResult]):
    """Rank the options; the one that no chain of duels defeats wins."""

    key = "schulze"
    place = 40
    label = _l("Classer par préférence (méthode Schulze)")
    how = _l(
        "Chacun classe les choix. On compare les choix deux par deux : celui qui gagne tous ses"
        " duels l’emporte. S’il n’y en a pas, les plus fortes chaînes de duels décident."
    )
    ties = _l("Les choix qu’aucune chaîne de duels ne départage sont à égalité.")
    holds = "ranking"
    ballot = RankingBallot

    def rules(self, raw: Mapping[str, Any]) -> SchulzeRules:
        usual = SchulzeRules()
        written = usual.to_json()
        check_keys(raw, set(written))
        if any(raw[key] != written[key] for key in raw):
            raise InvalidRules("Cette méthode compte les voix gagnantes, et rien d’autre.")
        return usual

    def parse(self, options: Sequence[int], raw: object, rules: SchulzeRules) -> RankingBallot:
        return ranking_ballot(options, raw)

    def count(
        self, options: Sequence[int], ballots: Mapping[RankingBallot, int], rules: SchulzeRules
    ) -> SchulzeResult:
        check_count(options, ballots)
        total, blank = sum(ballots.values()), ballots.get(RankingBallot(()), 0)
        duels = pairwise_matrix(options, ballots)
        paths, before = strongest_paths(duels)
        places = range(len(options))
        ranking = [
            sorted(tied, key=lambda place: options[place]) for tied in _ranking(paths, places)
        ]
        champions = [
            options[i] for i in places if all(duels[i][j] > duels[j][i] for j in places if j != i)
        ]
        return SchulzeResult(
            method=self.key,
            options=tuple(options),
            ballots=total,
            blank=blank,
            ranking=tuple(tuple(options[place] for place in tied) for tied in ranking),
            winners=tuple(options[place] for place in ranking[0]) if total > blank else (),
            duels=duels,
            paths=paths,
            condorcet_winner=champions[0] if champions and total > blank else None,
            chains=tuple(_chains(options, ranking, paths, before)),
            rules=rules,
        )


def strongest_paths(duels: Matrix) -> tuple[list[list[int]], list[list[int]]]:
    """The strength of the strongest path between each two options, and its last step but one.

    Floyd and Warshall's algorithm on won duels alone, in O(n³) operations on integers.
    """
    places = range(len(duels))
    paths = [
        [won if won > duels[j][i] else 0 for j, won in enumerate(row)]
        for i, row in enumerate(duels)
    ]
    before = [[i] * len(duels) for i in places]
    for through in places:
        onward, steps = paths[through], before[through]
        for start in places:
            reach = paths[start][through]
            if start == through or not reach:
                continue
            row = paths[start]
            for end, strength in enumerate(row):
                found = min(reach, onward[end])
                if found > strength and end != start:
                    row[end] = found
                    before[start][end] = steps[end]
    return paths, before


def _ranking(paths: Matrix, places: Sequence[int]) -> list[list[int]]:
    """Those whom no one left defeats, then the same without them; « defeats » is transitive."""
    left, ranking = list(places), []
    while left:
        best = [i for i in left if all(paths[i][j] >= paths[j][i] for j in left)]
        ranking.append(best)
        left = [i for i in left if i not in best]
    return ranking


def _chains(
    options: Sequence[int], ranking: list[list[int]], paths: Matrix, before: Matrix
) -> list[Chain]:
    found = []
    for above, under in pairwise(ranking):
        # Someone of the rank above defeats each option of the rank under.
        end = under[0]
        start = max(above, key=lambda place: paths[place][end] - paths[end][place])
        steps = [end]
        while steps[-1] != start:
            steps.append(before[start][steps[-1]])
        found.append(
            Chain(
                options[start],
                options[end],
                tuple(options[step] for step in reversed(steps)),
                paths[start][end],
                paths[end][start],
            )
        )
    return found
