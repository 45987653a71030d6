"""Checking a published result: the file and the ballots it came from are counted again."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.core.zips import UNREADABLE
from app.voting import package
from app.voting.closing import count, quorum, recount
from app.voting.events import faults
from app.voting.exports import ballots_csv
from app.voting.formats import csv_sheet
from app.voting.formats.base import MOST_BYTES, Content, Election, FormatError, text_of
from app.voting.methods import METHODS
from app.voting.methods.base import InvalidBallot
from app.voting.models import Poll

ZIPPED = b"PK"
MOST_FILES = 20
WORDS = {
    "sha256": "l’empreinte du fichier des bulletins",
    "file": "le fichier des bulletins, qui ne se lit pas",
    "ballot": "un bulletin, que les règles n’acceptent pas",
    "options": "les choix proposés",
    "journal": "le journal du vote",
    "roll": "la liste des inscrits",
    "rules": "les règles",
    "closes_at": "la date de fermeture",
    "turnout": "le nombre de votants",
    "ballots": "le nombre de bulletins",
    "blank": "le nombre de bulletins blancs",
    "winners": "les gagnants",
    "ranking": "le classement",
    "quorum_needed": "le quorum",
    "quorum_there": "les présents pour le quorum",
    "quorum_met": "le quorum atteint ou non",
}
FILES = (
    package.BALLOTS,
    package.RESULT,
    package.RULES,
    package.SEALED,
    package.JOURNAL,
    package.PRINTS,
    package.README,
    package.SUMS,
)


def in_words(wrong: Iterable[str]) -> str:
    """Differences as someone at the server reads them; a count goes by its name in the result."""
    return " ; ".join(
        name if name in FILES else WORDS.get(name, f"le décompte ({name})") for name in wrong
    )


def differences(poll: Poll) -> list[str]:
    """What differs between a poll's result and its ballots, as published and as kept.

    "sha256" stands for the published file itself, "file" for a file that cannot be read, "ballot"
    for a ballot that the rules refuse; "journal" for its chain of lines, "roll", "rules",
    "closes_at", "turnout" and "ballots" for what these say otherwise. `in_words` says them.
    """
    wrong = set(faults(poll)) | _quorum(poll)
    try:
        wrong |= _against(poll, recount(poll))
    except InvalidBallot:
        wrong.add("ballot")
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
    election = csv_sheet.read(text_of(data), METHODS[poll.method].holds)
    if len(election.names) != len(poll.options):
        return {"options", "sha256"}
    try:
        wrong = _against(poll, count(poll, _choices(poll, election)))
    except InvalidBallot:
        wrong = {"ballot"}
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
    except FormatError:
        raise
    except UNREADABLE as error:
        raise FormatError("Cette archive est abîmée : elle ne s’ouvre pas.") from error


def _choices(poll: Poll, election: Election) -> Counter[str]:
    """The ballots of a published file, in the writing of the poll's method."""
    method = METHODS[poll.method]
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
