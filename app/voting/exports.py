"""Published ballots, as files that anyone can count again."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.core.clock import PARIS
from app.core.db import db
from app.voting.formats import FORMATS
from app.voting.formats.base import Content, Election
from app.voting.formats.cells import cells
from app.voting.formats.csv_sheet import lines
from app.voting.methods import METHODS
from app.voting.models import OpenedBallot, Poll


def ballots_csv(poll: Poll) -> str:
    """Every ballot by fingerprint, one column an option, the rules above; the same text for ever.

    Separated by `;`; a cell that a spreadsheet would take for a formula begins with an apostrophe.
    In rules, options are called by their places among columns.
    """
    election = _election(poll, {})
    places = _places(poll)
    opened = db.session.execute(
        select(OpenedBallot.fingerprint, OpenedBallot.choice)
        .where(OpenedBallot.poll_id == poll.id)
        .order_by(OpenedBallot.fingerprint)
    )
    # No translation: the fingerprint of the file is published with the result.
    above: list[tuple[object, ...]] = [
        ("Scrutin", poll.id, poll.title),
        ("Méthode", poll.method),
        ("Règles", json.dumps(election.rules, sort_keys=True, ensure_ascii=False)),
        ("Inscrits", poll.roll_size),
        ("Quorum, en % des inscrits", poll.quorum_percent),
        (),
        ("Bulletin", *election.names),
    ]
    body = (
        (fingerprint, *cells(election, content(json.loads(choice), places)))
        for fingerprint, choice in opened
    )
    return lines([*above, *body])


def export(poll: Poll, key: str) -> str:
    """The ballots of a closed poll in a format, grouped and without fingerprints.

    Raises:
        FormatError: the format does not hold such ballots.
    """
    places = _places(poll)
    grouped = db.session.execute(
        select(OpenedBallot.choice, func.count())
        .where(OpenedBallot.poll_id == poll.id)
        .group_by(OpenedBallot.choice)
    )
    ballots = {content(json.loads(choice), places): times for choice, times in grouped}
    return FORMATS[key].write(_election(poll, ballots))


def content(choice: Mapping[str, Any], places: Mapping[int, int]) -> Content:
    """What a ballot holds, options called by their places; nothing for a blank one."""
    if choice.get("blank"):
        return ()
    if "choice" in choice:
        return choice["choice"]
    if "approved" in choice:
        return tuple(sorted(places[option] for option in choice["approved"]))
    if "ranking" in choice:
        return tuple(tuple(sorted(places[option] for option in tier)) for tier in choice["ranking"])
    marks = choice.get("grades") or choice["dots"]
    return tuple(sorted((places[int(option)], mark) for option, mark in marks.items()))


def _places(poll: Poll) -> dict[int, int]:
    return {option.id: place for place, option in enumerate(poll.options, start=1)}


def _election(poll: Poll, ballots: Mapping[Content, int]) -> Election:
    method, places = METHODS[poll.method], _places(poll)
    written = method.rules(poll.rules).to_json(places.__getitem__)
    rules = {key: value for key, value in written.items() if value is not None}
    costs = rules.get("costs", {})
    return Election(
        method.holds,
        tuple(option.label for option in poll.options),
        Counter({what: times for what, times in ballots.items() if what}),
        blank=ballots.get((), 0),
        title=poll.title,
        seats=rules.get("seats"),
        grades=tuple(rules.get("grades", ())),
        costs=tuple(costs[str(place)] for place in range(1, len(costs) + 1)),
        budget=rules.get("budget"),
        unit=rules.get("unit", 1),
        method=poll.method,
        rules=rules,
        registered=poll.roll_size,
        dates=(
            f"{poll.opens_at.astimezone(PARIS):%d.%m.%Y}",
            f"{poll.closes_at.astimezone(PARIS):%d.%m.%Y}",
        ),
    )
