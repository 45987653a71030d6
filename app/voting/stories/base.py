"""What every method tells of its result, unless it has more to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.i18n import _
from app.voting.methods import METHODS
from app.voting.wording import Option, joined, names_of

Result = Mapping[str, Any]
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    """An option in a picture: what it got, in words too, and whether it won."""

    name: str
    value: int
    words: str
    won: bool


class Story:
    """A result in plain words. `key` is the method's; a method without a story has this one.

    Results and rules are those of the poll's JSON, where options go by their numbers.
    """

    key: ClassVar[str] = ""

    def headline(self, result: Result, options: Sequence[Option]) -> str:
        """« Ciné plein air l’emporte »; only asked when the quorum is met."""
        names = winners(result, options)
        if not names:
            return _("Personne ne s’est prononcé")
        if len(names) == 1:
            return _("%(name)s l’emporte", name=names[0])
        return _("%(names)s sont à égalité", names=joined(names))

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        """Why it is so, for someone who has never read the rules."""
        return []

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        """What the method's own rules are, as rows of (what, what it says)."""
        return []

    def ties(self, method: str, rules: Mapping[str, Any]) -> str:
        """What becomes of equal options."""
        return str(METHODS[method].ties)


def winners(result: Result, options: Sequence[Option]) -> list[str]:
    """Names of the winners, in the order in which they won."""
    names = names_of(options)
    return [names[option] for option in result["winners"]]


def seed_words(seed: str) -> str:
    """How to draw the lots of a poll again."""
    return _(
        "Graine : %(seed)s. La plus petite empreinte SHA-256 de « graine:place dans la liste » est"
        " tirée.",
        seed=seed,
    )
