"""One person, one vote."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select

from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import Invalid
from app.voting import casting
from app.voting.casting import AlreadyVoted, NotOnRoll, NotOpen
from app.voting.models import Emargement, Poll, PublicBallot, SecretBallot
from tests.at_once import all_at_once
from tests.factories import make_resident
from tests.support import Ledger
from tests.voting.polls import after, make_judgment, make_poll, make_voters, no, signed, yes


def in_the_box() -> int:
    return db.session.scalar(select(func.count()).select_from(SecretBallot)) or 0


def test_a_vote_is_one_signature_and_one_sealed_ballot(ledger: Ledger) -> None:
    voter = make_resident()
    poll = make_poll()

    yes(poll, voter)

    assert (signed(), in_the_box()) == (1, 1)
    assert len(ledger.acts()) == 1


def test_fifty_simultaneous_votes_of_one_person_make_one(app: Flask) -> None:
    voter = make_resident()
    poll = make_poll()
    poll_id, voter_id = poll.id, voter.id

    def vote() -> str:
        person = db.session.get_one(type(voter), voter_id)
        casting.cast(db.session.get_one(Poll, poll_id), person, {"choice": "yes"})
        return "cast"

    outcomes = all_at_once(app, [vote] * 50)

    assert outcomes.count("cast") == 1
    assert outcomes.count(AlreadyVoted) == 49
    assert (signed(), in_the_box()) == (1, 1)


def test_the_database_itself_refuses_a_second_signature(app: Flask) -> None:
    """No check in Python stands in the way here: only the primary key does."""
    voter = make_resident()
    poll = make_poll()

    @atomic
    def sign_elsewhere() -> None:
        row = {"poll_id": poll.id, "resident_id": voter.id, "day": today(), "channel": "paper"}
        db.session.execute(insert(Emargement).values(**row))

    sign_elsewhere()
    with pytest.raises(AlreadyVoted):
        yes(poll, voter)

    key = inspect(db.engine).get_pk_constraint("emargements")["constrained_columns"]
    assert key == ["poll_id", "resident_id"]
    assert (signed(), in_the_box()) == (1, 0)


def test_a_refused_second_vote_leaves_the_first_alone(ledger: Ledger) -> None:
    voter = make_resident()
    poll = make_poll()
    yes(poll, voter)

    with pytest.raises(AlreadyVoted):
        no(poll, voter)

    assert (signed(), in_the_box()) == (1, 1)


def test_someone_who_arrives_after_the_opening_is_not_on_the_roll(app: Flask) -> None:
    make_resident()
    poll = make_poll()
    newcomer = make_resident()

    with pytest.raises(NotOnRoll):
        yes(poll, newcomer)

    assert (signed(), in_the_box()) == (0, 0)


def test_past_its_time_a_poll_refuses_votes_even_if_no_job_has_closed_it(app: Flask) -> None:
    voter = make_resident()
    poll = make_poll()

    with after(poll), pytest.raises(NotOpen):
        yes(poll, voter)

    assert poll.status == "open"
    assert (signed(), in_the_box()) == (0, 0)


@pytest.mark.parametrize(
    "raw", [{}, {"choice": ""}, {"choice": "peut-être"}, {"choice": ["yes"]}, None, {"x": "yes"}]
)
def test_what_is_no_answer_is_refused(app: Flask, raw: Any) -> None:
    voter = make_resident()
    poll = make_poll()

    with pytest.raises(Invalid):
        casting.cast(poll, voter, raw)

    assert (signed(), in_the_box()) == (0, 0)


def test_invented_options_and_grades_are_refused(app: Flask) -> None:
    voter = make_resident()
    poll = make_judgment()
    first = str(poll.options[0].id)

    for grades in ({"999999": 0}, {first: 5}, {first: "-1"}, {}):
        with pytest.raises(Invalid):
            casting.cast(poll, voter, {"grades": grades})

    assert (signed(), in_the_box()) == (0, 0)


def test_in_a_public_poll_one_may_change_ones_mind(app: Flask) -> None:
    voter, other = make_voters(2)
    poll = make_poll(is_secret=False)
    yes(poll, voter, other)

    no(poll, voter)

    choices = db.session.scalars(select(PublicBallot.choice).order_by(PublicBallot.resident_id))
    assert list(choices) == ['{"choice":"no"}', '{"choice":"yes"}']
    assert (signed(), in_the_box()) == (2, 0)


def test_simultaneous_changes_of_mind_still_make_one_ballot(app: Flask) -> None:
    voter = make_resident()
    poll = make_poll(is_secret=False)
    poll_id, voter_id = poll.id, voter.id

    def vote() -> str:
        person = db.session.get_one(type(voter), voter_id)
        casting.cast(db.session.get_one(Poll, poll_id), person, {"choice": "no"})
        return "cast"

    outcomes = all_at_once(app, [vote] * 12)

    assert outcomes == ["cast"] * 12
    assert signed() == 1
    assert db.session.scalar(select(func.count()).select_from(PublicBallot)) == 1
