"""A secret vote of a meeting ends once everyone on its roll has voted, and no sooner."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Resident
from app.bodies import attendance_services, minutes_services, procuration_services
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_queries import deliberation_line
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.ledger.acts import Act
from app.voting import casting, events, services
from app.voting.deliberating import vote_in_secret
from app.voting.ending import end_vote
from app.voting.models import OpenedBallot, Poll, PollEvent, RollEntry
from tests.at_once import all_at_once
from tests.bodies.factories import EVENING, make_referent
from tests.bodies.sittings import LATER, Room
from tests.factories import make_body
from tests.support import Ledger, audited
from tests.voting.endings import SOON, Vote
from tests.voting.polls import make_poll, make_voters, yes


def kinds(poll: Poll) -> list[str]:
    query = select(PollEvent.kind).where(PollEvent.poll_id == poll.id).order_by(PollEvent.number)
    return list(db.session.scalars(query))


def as_kept(moment: datetime) -> Any:
    """As the engine compares moments: SQLite as text."""
    if db.engine.dialect.name == "sqlite":
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return moment


def test_once_all_have_voted_whoever_conducts_closes_and_reads_the_answer(app: Flask) -> None:
    vote = Vote(6)
    vote.cast(*vote.room.people[:4])
    vote.cast(*vote.room.people[4:], choice="no")

    vote.end()

    assert (vote.poll.status, vote.poll.closes_at, vote.poll.turnout) == ("closed", SOON, 6)
    line = deliberation_line(vote.room.meeting.id, vote.made.id)
    assert line is not None and line.outcome == "adopted"
    assert kinds(vote.poll)[-2:] == ["ended", "closed"]
    assert list(events.faults(vote.poll)) == []
    assert audited()[-1] == "poll:ended"


def test_while_someone_has_not_voted_it_stays_open_and_nobody_is_named(
    app: Flask, ledger: Ledger
) -> None:
    vote = Vote()
    first, *others = vote.room.people
    vote.cast(first)

    with pytest.raises(Conflict, match="Il reste 3 personnes à voter") as refusal:
        vote.end()

    assert all(other.given_name not in refusal.value.message for other in others)
    assert vote.poll.status == "open" and "ended" not in kinds(vote.poll)
    assert Act.POLL_CLOSED not in ledger.acts()
    assert "poll:ended" not in audited()
    vote.cast(*others[:2])
    with pytest.raises(Conflict, match="Il reste 1 personne à voter"):
        vote.end()
    vote.cast(others[2])
    vote.end()
    assert vote.poll.turnout == 4


def test_a_voice_lent_is_waited_for_as_the_others(app: Flask) -> None:
    room = Room(4)
    absent, holder, *others = room.people
    with at(EVENING - timedelta(days=1)):
        procuration_services.give_procuration(absent, room.meeting, absent, holder)
    room.come(holder, *others)
    made = room.put("poll")
    with at(LATER):
        poll = vote_in_secret(room.director, made, 15)
        for person in (holder, *others):
            casting.cast(poll, person, {"choice": "yes"})
        with pytest.raises(Conflict, match="Il reste 1 personne"):
            end_vote(room.director, made)
        casting.cast(poll, absent, {"choice": "no"}, holder=holder)
    with at(SOON):
        end_vote(room.director, made)

    assert (poll.status, poll.turnout) == ("closed", 4)


def test_only_who_conducts_the_meeting_ends_its_vote(app: Flask) -> None:
    vote = Vote()
    vote.cast(*vote.room.people)

    for other in (vote.room.people[0], make_referent(make_body())):
        with pytest.raises(Forbidden):
            vote.end(other)

    assert vote.poll.status == "open"


def test_a_vote_that_is_closed_is_not_ended_again(app: Flask, ledger: Ledger) -> None:
    vote = Vote()
    vote.cast(*vote.room.people)
    vote.end()

    with pytest.raises(Conflict, match="déjà clos"):
        vote.end()

    assert len(ledger.entries(Act.POLL_CLOSED)) == 1


def test_a_vote_cancelled_is_not_counted(app: Flask, ledger: Ledger) -> None:
    vote = Vote()
    vote.cast(*vote.room.people)
    with at(SOON):
        services.cancel_poll(vote.poll, vote.room.director, "Trompé de question")

    with pytest.raises(Conflict, match="annulé"):
        vote.end()

    assert Act.POLL_CLOSED not in ledger.acts()


def test_a_question_without_a_vote_has_none_to_end(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put("poll")

    with at(SOON), pytest.raises(Conflict, match="Aucun vote"):
        end_vote(room.director, made)


def test_past_its_hour_the_vote_is_counted_whoever_voted(app: Flask) -> None:
    vote = Vote()
    vote.cast(vote.room.people[0])

    with at(LATER + timedelta(minutes=16)):
        end_vote(vote.room.director, vote.made)

    assert (vote.poll.status, vote.poll.turnout) == ("closed", 1)
    assert "ended" not in kinds(vote.poll)


def test_after_the_minutes_are_published_their_vote_is_left_to_its_hour(app: Flask) -> None:
    vote = Vote()
    vote.cast(*vote.room.people)
    with at(SOON):
        meeting = vote.room.meeting
        attendance_services.close_meeting(vote.room.director, meeting)
        minutes_services.save_minutes(vote.room.director, meeting, "Un vote est ouvert.", 0)
        minutes_services.publish_minutes(
            vote.room.director, meeting, meeting.edition, approval_note="Relu par tous"
        )

    with pytest.raises(Conflict):
        vote.end()

    assert vote.poll.status == "open"


SOONER = "UPDATE polls SET closes_at = :moment WHERE id = :poll"


def test_sql_itself_ends_no_vote_that_someone_awaits(app: Flask) -> None:
    vote = Vote()
    vote.cast(*vote.room.people[:3])
    values = {"moment": as_kept(SOON), "poll": vote.poll.id}

    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text(SOONER), values)
    db.session.rollback()
    vote.cast(vote.room.people[3])

    db.session.execute(text(SOONER), values)
    with pytest.raises(DatabaseError, match="frozen"):
        # Never later, nor again with other rules.
        values["moment"] = as_kept(LATER + timedelta(hours=2))
        db.session.execute(text(SOONER), values)


def test_sql_itself_ends_no_other_vote_even_when_all_have_voted(app: Flask) -> None:
    voters = make_voters(2)
    poll = make_poll()
    everyone = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    yes(poll, *(db.session.get_one(Resident, one) for one in db.session.scalars(everyone)))
    moment = poll.opens_at + timedelta(seconds=1)
    assert poll.roll_size and poll.roll_size >= len(voters)

    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text(SOONER), {"moment": as_kept(moment), "poll": poll.id})


def test_the_last_ballot_cast_while_closing_is_counted_or_its_voter_is_told(app: Flask) -> None:
    vote = Vote()
    *early, last = vote.room.people
    vote.cast(*early)
    poll_id, last_id = vote.poll.id, last.id
    made_id, director_id = vote.made.id, vote.room.director.id

    def give(choice: str) -> str:
        with at(SOON):
            poll, voter = db.session.get_one(Poll, poll_id), db.session.get_one(Resident, last_id)
            casting.cast(poll, voter, {"choice": choice})
        return "cast"

    def close() -> str:
        with at(SOON):
            by, made = (
                db.session.get_one(Resident, director_id),
                db.session.get_one(Deliberation, made_id),
            )
            end_vote(by, made)
        return "closed"

    works: list[Callable[[], object]] = [partial(give, "yes"), close, partial(give, "no"), close]
    outcomes = all_at_once(app, [*works, close])

    refused = {one for one in outcomes if not isinstance(one, str)}
    assert outcomes.count("cast") == 1
    assert refused <= {casting.AlreadyVoted, casting.NotOpen, Conflict}
    poll = db.session.get_one(Poll, poll_id)
    if "closed" not in outcomes:
        assert poll.status == "open"
        close()
    poll = db.session.get_one(Poll, poll_id)
    assert outcomes.count("closed") <= 1
    assert (poll.status, poll.turnout) == ("closed", 4)
    assert db.session.query(OpenedBallot).filter_by(poll_id=poll_id).count() == 4
    assert kinds(poll).count("ended") == kinds(poll).count("closed") == 1
