"""The server dies in the middle of five hundred votes: what it acknowledged is kept, whole."""

import http.client
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.voting.jobs import tend
from app.voting.models import Emargement, Poll, SecretBallot
from app.voting.reconciling import obstacle
from tests.integrity.serving import from_clients, serving, signed_in
from tests.voting.polls import after, make_poll, make_voters

VOTERS = 500
ENOUGH = 200
"""Acknowledged votes after which the power goes."""


def test_a_server_killed_amid_votes_loses_none_it_acknowledged_and_leaves_no_half(
    app: Flask,
) -> None:
    people = make_voters(VOTERS)
    poll = make_poll()
    number, voters = poll.id, signed_in(app, people)
    acknowledged: set[int] = set()
    with serving() as server:

        def voting(place: int) -> Callable[[http.client.HTTPConnection], None]:
            def work(connection: http.client.HTTPConnection) -> None:
                if len(acknowledged) >= ENOUGH and server.process.poll() is None:
                    server.kill()
                if voters[place].vote(connection, number, "yes") == 302:
                    acknowledged.add(voters[place].id)

            return work

        from_clients(8, server.port, [voting(place) for place in range(VOTERS)])
    assert ENOUGH <= len(acknowledged) < VOTERS

    signed = set(db.session.scalars(select(Emargement.resident_id)))
    ballots = db.session.scalars(select(SecretBallot.key)).all()

    assert acknowledged <= signed
    assert len(ballots) == len(signed)
    poll = db.session.get_one(Poll, number)
    assert obstacle(poll) is None
    with after(poll):
        tend()
    assert db.session.get_one(Poll, number).turnout == len(signed)


def test_whoever_had_no_answer_can_vote_after_the_restart_and_once(app: Flask) -> None:
    (person,) = make_voters(1)
    poll = make_poll()
    number, (voter,) = poll.id, signed_in(app, [person])
    with serving(workers=1) as server:
        server.kill()
    with serving(workers=1) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        answers = [voter.vote(connection, number, "yes") for _ in range(2)]

    assert answers == [302, 409]
    assert len(db.session.scalars(select(SecretBallot.key)).all()) == 1
