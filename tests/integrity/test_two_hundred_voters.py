"""Two hundred people vote in an order that an attacker knows; then he gets the whole database."""

import http.client
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.core.db import db, is_sqlite
from app.ledger.models import Entry
from app.voting.jobs import tend
from app.voting.models import Emargement, OpenedBallot, Poll, SecretBallot
from app.voting.reconciling import obstacle
from tests.integrity.serving import from_clients, serving, signed_in
from tests.voting.polls import after, make_poll, make_voters

VOTERS = 200
CHANCE = 0.15
"""How far from one in two a guess may fall by luck: 4.2 standard deviations of 200 coins."""

Secret = dict[int, str]
"""What each voter chose, by number."""


@pytest.fixture
def held(app: Flask) -> tuple[Poll, Secret, list[int]]:
    """A closed poll, the true choices, and the order in which the server took the ballots."""
    people = make_voters(VOTERS)
    poll = make_poll()
    dice = random.Random(2026)
    choices = ["yes", "no"] * (VOTERS // 2)
    dice.shuffle(choices)
    secret = {person.id: choice for person, choice in zip(people, choices, strict=True)}
    voters = signed_in(app, people)
    dice.shuffle(voters)
    order: list[int] = []
    number = poll.id
    with serving() as server:

        def voting(place: int) -> Callable[[http.client.HTTPConnection], None]:
            def work(connection: http.client.HTTPConnection) -> None:
                voter = voters[place]
                assert voter.vote(connection, number, secret[voter.id]) == 302
                order.append(voter.id)

            return work

        from_clients(8, server.port, [voting(place) for place in range(VOTERS)])
    assert len(order) == VOTERS
    poll = db.session.get_one(Poll, number)
    assert obstacle(poll) is None
    _before_the_count(poll, secret, order)
    with after(poll):
        tend()
        # What a reader hinders at first is done the minute after.
        tend()
    closed = db.session.get_one(Poll, number)
    assert (closed.status, closed.turnout) == ("closed", VOTERS)
    return closed, secret, order


def right(guess: Sequence[int], choices: Sequence[str], secret: Secret) -> float:
    """The share of voters whose choice is guessed when the two lists are laid side by side."""
    pairs = list(zip(guess, choices, strict=True))
    return sum(secret[voter] == choice for voter, choice in pairs) / len(pairs)


def assert_no_better_than_chance(
    voters: Sequence[int], choices: Sequence[str], secret: Secret
) -> None:
    assert abs(right(voters, choices, secret) - 0.5) < CHANCE
    assert abs(right(voters, choices[::-1], secret) - 0.5) < CHANCE


def _before_the_count(poll: Poll, secret: Secret, order: list[int]) -> None:
    """While the box is closed there is nothing to lay beside the order."""
    for row in db.session.execute(select(SecretBallot)).scalars():
        # Longer than three letters, which sealed bytes have once in a thousand runs.
        assert b'"yes"' not in row.payload and b"choice" not in row.payload
    assert db.session.scalars(select(OpenedBallot.choice)).all() == []
    sizes = {len(payload) for payload in db.session.scalars(select(SecretBallot.payload))}
    assert len(sizes) == 1
    if is_sqlite():
        stored = _stored()
        assert b'"yes"' not in stored
        db.session.rollback()


def chosen(ballots: Sequence[str]) -> list[str]:
    return [json.loads(ballot)["choice"] for ballot in ballots]


def test_an_attacker_with_everything_guesses_no_better_than_chance(
    held: tuple[Poll, Secret, list[int]],
) -> None:
    _poll, secret, order = held
    # The guess that wins where ballots keep the order of votes: the scale reads true.
    assert right(order, [secret[voter] for voter in order], secret) == 1

    shown = chosen(db.session.scalars(select(OpenedBallot.choice)).all())
    signed = list(db.session.scalars(select(Emargement.resident_id)))
    known = [order, signed, _ledger_order(), sorted(secret)]
    files = _choices_in_files() if is_sqlite() else _choices_on_pages()
    if not is_sqlite():
        # A transaction that signed and voted would give both rows one `xmin`.
        joined = "SELECT count(*) FROM emargements e JOIN opened_ballots b ON b.xmin = e.xmin"
        assert db.session.scalar(text(joined)) == 0
        by_time = "SELECT resident_id FROM emargements ORDER BY xmin::text::bigint, ctid"
        known.append(list(db.session.scalars(text(by_time))))
    for choices in (shown, *files):
        for voters in known:
            assert_no_better_than_chance(voters, choices, secret)


def _ledger_order() -> list[int]:
    keys = db.session.scalars(
        select(Entry.participation_key).where(Entry.act == "poll:participated").order_by(Entry.id)
    ).all()
    owners = {
        row.key: row.resident_id
        for row in db.session.execute(text("SELECT key, resident_id FROM participations"))
    }
    return [owners[str(key)] for key in keys]


def _stored() -> bytes:
    """Every byte that SQLite keeps: the file, its log and what was deleted in them."""
    base = Path(str(db.engine.url.database))
    files = sorted(base.parent.glob(f"{base.name}*"))
    return b"".join(path.read_bytes() for path in files)


def _choices_in_files() -> list[list[str]]:
    """The choices in the order of the bytes of SQLite's files; opened ones, once each."""
    stored = _stored()
    found: list[str] = []
    at = 0
    marks = {b'{"choice":"yes"}': "yes", b'{"choice":"no"}': "no"}
    while at < len(stored):
        places = {stored.find(mark, at): choice for mark, choice in marks.items()}
        places.pop(-1, None)
        if not places:
            break
        first = min(places)
        found.append(places[first])
        at = first + 1
    assert len(found) >= VOTERS
    return [found[:VOTERS], found[-VOTERS:]]


def _choices_on_pages() -> list[list[str]]:
    """The choices in the order of PostgreSQL's pages, and of the transactions that wrote them."""
    return [
        chosen(db.session.scalars(text(f"SELECT choice FROM opened_ballots ORDER BY {one}")).all())
        for one in ("ctid", "xmin::text::bigint, ctid")
    ]
