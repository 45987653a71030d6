"""Checking a published result: the file and the ballots it came from are counted again."""

import hashlib
import json
from collections import Counter

from app.voting.closing import count, recount
from app.voting.events import faults
from app.voting.exports import ballots_csv
from app.voting.formats import csv_sheet
from app.voting.formats.base import Content, FormatError
from app.voting.methods import METHODS
from app.voting.models import Poll


def differences(poll: Poll) -> list[str]:
    """What differs between a poll's result and its ballots, as published and as kept.

    "sha256" stands for the published file itself, "file" for a file that cannot be read; "journal",
    "roll" and "rules" for what the poll's journal says otherwise.
    """
    result = poll.result or {}
    text = ballots_csv(poll)
    wrong = set(faults(poll))
    if hashlib.sha256(text.encode("utf-8-sig")).hexdigest() != result.get("sha256"):
        wrong.add("sha256")
    try:
        from_file = count(poll, _choices(poll, text))
    except FormatError:
        return sorted(wrong | {"file"})
    for again in (recount(poll), from_file):
        # Compared as they are kept: JSON has neither tuples nor number keys.
        kept = json.loads(json.dumps(again))
        wrong |= {key for key in kept if kept[key] != result.get(key)}
    return sorted(wrong)


def _choices(poll: Poll, text: str) -> Counter[str]:
    """The ballots of a published file, in the writing of the poll's method."""
    method = METHODS[poll.method]
    election = csv_sheet.read(text, method.holds)
    ids = [option.id for option in poll.options]
    choices: Counter[str] = Counter()
    for content, times in election.ballots.items():
        choices[method.ballot(_renamed(content, method.holds, ids)).dumps()] += times
    if election.blank:
        blank = method.ballot(None if method.holds == "choice" else ())
        choices[blank.dumps()] += election.blank
    return choices


def _renamed(content: Content, holds: str, ids: list[int]) -> Content:
    """A content with options called by their identifiers instead of their places."""
    if holds == "choice":
        return content
    if holds == "approval":
        return tuple(sorted(ids[place - 1] for place in content))
    if holds == "ranking":
        return tuple(tuple(sorted(ids[place - 1] for place in tier)) for tier in content)
    return tuple(sorted((ids[place - 1], mark) for place, mark in content))
