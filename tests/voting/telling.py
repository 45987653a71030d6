"""Polls counted from ballots written in one line, and what their result says."""

from collections.abc import Mapping
from typing import Any

from app.voting import results
from app.voting.methods import METHODS
from app.voting.wording import Option

ABC = tuple(Option(number, name) for number, name in enumerate(("Ana", "Bo", "Chloé"), start=1))


def counted(
    method: str, ballots: Mapping[str, int], options: tuple[Option, ...] = ABC, **rules: Any
) -> dict[str, Any]:
    """A poll's result; ballots are written « A>B=C », « AB » or « AAB », and nothing for blank."""
    counter = METHODS[method]
    given = counter.rules(rules)
    numbers = [option.id for option in options]
    grouped = counter.group(
        numbers, [(_text(counter.holds, words), times) for words, times in ballots.items()], given
    )
    result: dict[str, Any] = counter.count(numbers, grouped, given).to_json()
    return {**result, "quorum_met": True, "signed": result["ballots"]}


def _text(holds: str, words: str) -> str:
    number = {"A": 1, "B": 2, "C": 3, "D": 4}
    if not words:
        return '{"blank": true}'
    if holds == "ranking":
        tiers = [[number[one] for one in tier.split("=")] for tier in words.split(">")]
        return f'{{"ranking": {tiers}}}'
    if holds == "points":
        dots = {str(number[one]): words.count(one) for one in sorted(set(words))}
        return '{"dots": ' + str(dots).replace("'", '"') + "}"
    return f'{{"approved": {[number[one] for one in words]}}}'


def told(result: dict[str, Any], options: tuple[Option, ...] = ABC) -> str:
    """The headline, then the sentences; spaces that do not break made plain."""
    said = [results.headline(result, options), *results.sentences(result, options)]
    return " | ".join(said).replace("\u00a0", " ").replace("\u202f", " ")
