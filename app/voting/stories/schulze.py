"""Rankings by Schulze's method, in plain words: duels, and chains of duels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.core.i18n import _, _n
from app.voting.stories.base import Result, Rows, Story
from app.voting.wording import Option, joined, names_of, share


@dataclass(frozen=True)
class Duel:
    """How many voters prefer the winner, and how many the other; `share` in per cent."""

    other: str
    won: int
    lost: int
    share: int


@dataclass(frozen=True)
class Cell:
    """A duel of the matrix, from the row's side; None on the diagonal."""

    votes: int | None
    won: bool


class SchulzeStory(Story):
    """Who wins every duel; or, where no one does, whom no chain of duels defeats."""

    key = "schulze"

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        names, won = names_of(options), result["winners"]
        if not won:
            return []
        if result["condorcet_winner"] is not None:
            return [
                _(
                    "%(name)s gagne tous ses duels : face à chacun des autres choix, plus de"
                    " votants préfèrent %(name)s.",
                    name=names[won[0]],
                )
            ]
        if len(won) > 1:
            tied = joined([names[option] for option in won])
            return [_("Ni duel ni chaîne de duels ne départage %(tied)s.", tied=tied)]
        said = [
            _(
                "Aucun choix ne gagne tous ses duels : les préférences tournent en rond."
                " Les plus fortes chaînes de duels décident."
            )
        ]
        return said + [self._chain(result, chain, names) for chain in result["chains"][:1]]

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        return [
            (
                _("Un duel"),
                _("Sa force est le nombre de votants qui préfèrent celui qui le gagne."),
            ),
            (
                _("Sans rang"),
                _("Sous tous les choix classés, et à égalité entre eux."),
            ),
        ]

    def champion(self, result: Result, options: Sequence[Option]) -> str:
        """The first winner, whose duels are drawn."""
        return names_of(options)[result["winners"][0]]

    def names(self, result: Result, options: Sequence[Option]) -> list[tuple[int, str]]:
        """(rank, those who share it), the first to the last."""
        names, found, rank = names_of(options), [], 1
        for tied in result["ranking"]:
            found.append((rank, joined([names[option] for option in tied])))
            rank += len(tied)
        return found

    def duels(self, result: Result, options: Sequence[Option]) -> list[Duel]:
        """Those of the first winner, against the others in their order."""
        names, champion = names_of(options), result["winners"][0]
        others = [o for tied in result["ranking"] for o in tied if o != champion]
        return [
            Duel(names[other], won, lost, share(won, won + lost))
            for other in others
            for won, lost in [self._duel(result, champion, other)]
        ]

    def matrix(
        self, result: Result, options: Sequence[Option], of: str
    ) -> list[tuple[str, list[Cell]]]:
        """Rows (name, cells) in the order of the ranking; `of` is "duels" or "strongest_paths"."""
        names = names_of(options)
        order = [option for tied in result["ranking"] for option in tied]
        place = {option: at for at, option in enumerate(result["options"])}
        table = result[of]
        return [
            (
                names[one],
                [
                    Cell(None, False)
                    if one == other
                    else Cell(
                        table[place[one]][place[other]],
                        table[place[one]][place[other]] > table[place[other]][place[one]],
                    )
                    for other in order
                ],
            )
            for one in order
        ]

    def chains(self, result: Result, options: Sequence[Option]) -> list[str]:
        """What puts each rank above the next."""
        names = names_of(options)
        return [self._chain(result, chain, names) for chain in result["chains"]]

    def _duel(self, result: Result, one: int, other: int) -> tuple[int, int]:
        place = {option: at for at, option in enumerate(result["options"])}
        duels = result["duels"]
        return duels[place[one]][place[other]], duels[place[other]][place[one]]

    def _chain(self, result: Result, chain: Mapping[str, Any], names: Mapping[int, str]) -> str:
        path = chain["path"]
        steps = []
        for one, other in pairwise(path):
            won, lost = self._duel(result, one, other)
            steps.append(
                _(
                    "%(one)s bat %(other)s (%(won)d contre %(lost)d)",
                    one=names[one],
                    other=names[other],
                    won=won,
                    lost=lost,
                )
            )
        back = _("Aucune chaîne ne va en sens inverse.")
        if chain["back"]:
            back = _n(
                "En sens inverse, la meilleure chaîne ne vaut que %(num)d voix.",
                "En sens inverse, la meilleure chaîne ne vaut que %(num)d voix.",
                chain["back"],
            )
        if len(steps) == 1:
            return _(
                "%(first)s passe devant %(second)s : %(steps)s. %(back)s",
                first=names[chain["first"]],
                second=names[chain["second"]],
                steps=steps[0],
                back=back,
            )
        return _(
            "%(first)s passe devant %(second)s : %(steps)s. Le plus faible de ces duels vaut"
            " %(strength)d voix. %(back)s",
            first=names[chain["first"]],
            second=names[chain["second"]],
            steps=", ".join(steps),
            strength=chain["strength"],
            back=back,
        )
