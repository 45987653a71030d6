"""Links upward: the page of a lower room says what rooms above have to tell of its subject.

The upper room registers a source; the lower one asks, and imports nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words, and where they lead on this site."""

    words: str
    url: str


Source = Callable[[int], Sequence[Link]]

_sources: dict[str, list[Source]] = {}


def tells_of(kind: str) -> Callable[[Source], Source]:
    """Make a function a source of links about the rows of a table, given a row's number."""

    def register(source: Source) -> Source:
        _sources.setdefault(kind, []).append(source)
        return source

    return register


def links_about(kind: str, number: int) -> list[Link]:
    """What the rooms above say of a row; one statement each."""
    return [link for source in _sources.get(kind, ()) for link in source(number)]
