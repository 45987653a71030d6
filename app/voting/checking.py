"""Checking a published result: the file and the ballots it came from are counted again."""

import hashlib
import io
import json
import zipfile
import zlib
from collections import Counter
from typing import Any

from app.voting import package
from app.voting.closing import count, quorum, recount
from app.voting.events import faults
from app.voting.exports import ballots_csv
from app.voting.formats import csv_sheet
from app.voting.formats.base import MOST_BYTES, Content, FormatError, text_of
from app.voting.methods import METHODS
from app.voting.models import Poll

ZIPPED = b"PK"
MOST_FILES = 20


def differences(poll: Poll) -> list[str]:
    """What differs between a poll's result and its ballots, as published and as kept.

    "sha256" stands for the published file itself, "file" for a file that cannot be read; "journal"
    for its chain of lines, "roll", "rules", "closes_at", "turnout" and "ballots" for what these say
    otherwise.
    """
    wrong = set(faults(poll)) | _against(poll, recount(poll)) | _quorum(poll)
    try:
        wrong |= _of_ballots(poll, ballots_csv(poll).encode("utf-8-sig"))
    except FormatError:
        wrong.add("file")
    return sorted(wrong)


def file_differences(poll: Poll, data: bytes, threshold: int) -> list[str]:
    """What differs between a poll's result and a file that was downloaded: ballots, or archive.

    Names of files that are missing, added or altered, then as `differences` says of ballots.

    Raises:
        FormatError: neither of the two, or ballots that cannot be read.
    """
    if not data.startswith(ZIPPED):
        return sorted(_of_ballots(poll, data))
    found, expected = _unpacked(data), package.files(poll, threshold)
    names = sorted(found.keys() | expected.keys())
    wrong = [name for name in names if found.get(name) != expected.get(name)]
    if package.BALLOTS in found:
        wrong += sorted(_of_ballots(poll, found[package.BALLOTS]))
    return wrong


def _of_ballots(poll: Poll, data: bytes) -> set[str]:
    """What a file of ballots gives otherwise than the result; "sha256" for the file itself."""
    wrong = _against(poll, count(poll, _choices(poll, text_of(data))))
    if hashlib.sha256(data).hexdigest() != (poll.result or {}).get("sha256"):
        wrong.add("sha256")
    return wrong


def _against(poll: Poll, again: dict[str, Any]) -> set[str]:
    # Compared as they are kept: JSON has neither tuples nor number keys.
    kept, result = json.loads(json.dumps(again)), poll.result or {}
    return {key for key in kept if kept[key] != result.get(key)}


def _quorum(poll: Poll) -> set[str]:
    """What the result says of the quorum otherwise than its own numbers and the frozen rules."""
    result = poll.result or {}
    again = quorum(poll, result.get("represented", 0))
    return {key for key in again if key in result and result[key] != again[key]}


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise FormatError("Cette archive est trop grande pour être celle d’un scrutin.")
            return {one.filename: packed.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise FormatError("Cette archive est abîmée : elle ne s’ouvre pas.") from error


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
