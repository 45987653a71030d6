"""People send two ballots each at the same moment; the primary key is what holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask
from sqlalchemy import func, select, text

from app.accounts.models import Resident
from app.core.db import db, is_sqlite
from app.voting import casting
from app.voting.models import Emargement, Poll, SecretBallot
from tests.at_once import all_at_once
from tests.voting.polls import make_poll, make_voters

PEOPLE = 25


def vote_twice_at_once(app: Flask) -> tuple[int, int]:
    """(ballots, signatures) once each person sent two ballots, fifty threads in all."""
    people = [person.id for person in make_voters(PEOPLE)]
    number = make_poll().id

    def vote(person_id: int) -> None:
        poll, person = db.session.get_one(Poll, number), db.session.get_one(Resident, person_id)
        casting.cast(poll, person, {"choice": "yes"})

    all_at_once(app, [partial(vote, one) for one in people * 2])
    ballots = db.session.scalar(select(func.count()).select_from(SecretBallot))
    signatures = db.session.scalar(select(func.count()).select_from(Emargement))
    return ballots or 0, signatures or 0


@contextmanager
def without_the_key() -> Iterator[None]:
    """Signatures with nothing that keeps them single; SQLite's file is made anew after a test."""
    if is_sqlite():
        with db.engine.begin() as connection:
            columns = "poll_id, resident_id, day, channel, represented"
            connection.execute(text("ALTER TABLE emargements RENAME TO single_signatures"))
            connection.execute(text(f"CREATE TABLE emargements ({columns})"))
        yield
        return
    leaning = (
        "SELECT conrelid::regclass::text AS kept, conname, pg_get_constraintdef(oid) AS said"
        " FROM pg_constraint WHERE confrelid = 'emargements'::regclass"
    )
    with db.engine.begin() as connection:
        rows = connection.execute(text(leaning)).all()
        connection.execute(text("ALTER TABLE emargements DROP CONSTRAINT pk_emargements CASCADE"))
    try:
        yield
    finally:
        db.session.remove()
        key = "ADD CONSTRAINT pk_emargements PRIMARY KEY (poll_id, resident_id)"
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM emargements"))
            connection.execute(text(f"ALTER TABLE emargements {key}"))
            for row in rows:
                connection.execute(
                    text(f"ALTER TABLE {row.kept} ADD CONSTRAINT {row.conname} {row.said}")
                )


def test_two_ballots_at_once_are_one_in_the_box(app: Flask) -> None:
    assert vote_twice_at_once(app) == (PEOPLE, PEOPLE)


def test_it_is_the_primary_key_that_refuses_the_second(app: Flask) -> None:
    with without_the_key():
        ballots, _signatures = vote_twice_at_once(app)

    assert ballots == 2 * PEOPLE
