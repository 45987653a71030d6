"""A question put at a meeting goes to a secret vote, and comes back with its answer."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.bodies import attendance_services, minutes_services, procuration_services
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_queries import DeliberationLine, deliberations_of
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.links import links_about
from app.voting import casting, services
from app.voting.closing import close_poll
from app.voting.deliberating import vote_in_secret
from app.voting.electorate import why_absent
from app.voting.models import Poll
from app.voting.roll_models import Proxy
from tests.bodies.factories import EVENING, make_seat
from tests.bodies.sittings import LATER, Room
from tests.factories import make_resident
from tests.support import Visitor

CLOSED = LATER + timedelta(minutes=16)


def opened(room: Room, made: Deliberation) -> Poll:
    with at(LATER):
        return vote_in_secret(room.director, made, 15)


def answered(room: Room, poll: Poll, *choices: str) -> DeliberationLine:
    """Each member votes in turn, then the time is over."""
    with at(LATER + timedelta(minutes=2)):
        for person, choice in zip(room.people, choices, strict=False):
            cast(poll, person, choice)
    with at(CLOSED):
        assert close_poll(poll)
    (line,) = deliberations_of(room.meeting.id)
    return line


def cast(poll: Poll, person: Resident, choice: str) -> None:
    casting.cast(poll, person, {"choice": choice})


def test_the_answer_of_a_secret_vote_comes_back_under_its_question(app: Flask) -> None:
    room = Room(6)
    room.come()
    made = room.put("poll")
    poll = opened(room, made)

    line = answered(room, poll, "yes", "yes", "yes", "yes", "no", "no")

    assert (poll.is_secret, poll.electorate, poll.body_id) == (True, "body", room.body.id)
    assert (line.outcome, line.poll_id, line.present) == ("adopted", poll.id, 6)
    assert line.result.startswith("Vote secret\u00a0: adopté. 4 pour, 2 contre")
    assert line.question not in line.result
    (link,) = links_about("deliberations", line.id)
    assert (link.words, link.url) == ("Le résultat du vote secret", f"/scrutins/{poll.id}")


def test_few_voters_are_told_the_outcome_and_no_figures(app: Flask) -> None:
    room = Room(3)
    room.come()
    line = answered(room, opened(room, room.put("poll")), "no", "no", "yes")

    assert line.outcome == "rejected"
    assert line.result.startswith("Vote secret\u00a0: non adopté. Moins de")
    assert "2" not in line.result


def test_a_vote_that_closes_after_the_minutes_are_published_leaves_them_as_they_are(
    app: Flask,
) -> None:
    room = Room(4)
    room.come()
    poll = opened(room, room.put("poll"))
    with at(LATER):
        attendance_services.close_meeting(room.director, room.meeting)
        minutes_services.save_minutes(room.director, room.meeting, "Un vote est ouvert.", 0)
        minutes_services.publish_minutes(
            room.director, room.meeting, room.meeting.edition, approval_note="Relu par tous"
        )

    line = answered(room, poll, "yes", "yes", "yes")

    assert poll.status == "closed"
    assert (line.outcome, line.said, line.poll_id) == (None, "", poll.id)


def test_whoever_speaks_for_someone_votes_for_them_too(app: Flask) -> None:
    room = Room(4)
    absent, holder, *others = room.people
    with at(EVENING - timedelta(days=1)):
        procuration_services.give_procuration(absent, room.meeting, absent, holder)
    room.come(holder, *others)

    poll = opened(room, room.put("poll"))

    given = db.session.get(Proxy, (poll.id, absent.id))
    assert given is not None
    assert given.holder_id == holder.id


def test_one_secret_vote_answers_a_question_unless_it_was_cancelled(app: Flask) -> None:
    room = Room(4)
    room.come()
    made = room.put("poll")
    first = opened(room, made)

    with pytest.raises(Conflict):
        opened(room, made)
    with at(LATER):
        services.cancel_poll(first, room.director, "Trompé de question")
    second = opened(room, made)

    assert second.id != first.id
    assert made.poll_id == second.id


def test_only_who_conducts_opens_it_with_a_quorum_and_for_some_minutes(app: Flask) -> None:
    room = Room(7)
    room.come(room.people[0])
    made, by_hands = room.put("poll"), room.put("hands")

    with pytest.raises(Conflict, match="Pas de quorum"):
        opened(room, made)
    room.come()
    with at(LATER):
        with pytest.raises(Invalid):
            vote_in_secret(room.director, made, 3)
        with pytest.raises(Forbidden):
            vote_in_secret(room.people[0], made, 15)
        with pytest.raises(Conflict):
            vote_in_secret(room.director, by_hands, 15)

    assert db.session.query(Poll).all() == []
    assert made.poll_id is None


def test_it_is_opened_from_the_table_and_reached_on_phones(client: Visitor) -> None:
    room = Room(4)
    room.come()
    made = room.put("poll")
    client.sign_in(room.director)
    with at(LATER):
        asked = client.get(f"/scrutins/deliberation/{made.id}")
        sent = client.send(f"/scrutins/deliberation/{made.id}", {"minutes": "15"})
        client.sign_in(room.people[0])
        page = client.get(f"/reunions/deliberations/{made.id}").get_data(as_text=True)
        refused = client.get(f"/scrutins/deliberation/{made.id}")

    assert (asked.status_code, sent.status_code, refused.status_code) == (200, 302, 403)
    assert sent.location == f"/reunions/deliberations/{made.id}"
    assert "Voter en secret, jusqu’à" in page


def test_who_is_not_in_the_room_is_not_on_the_roll_and_reads_why(app: Flask) -> None:
    room = Room(6)
    room.come(*room.people[:4])
    poll = opened(room, room.put("poll"))
    absent = room.people[5]

    with at(LATER + timedelta(minutes=2)), pytest.raises(casting.NotOnRoll):
        cast(poll, absent, "yes")

    assert poll.roll_size == 4
    assert "les membres présents ou représentés" in why_absent(poll, absent)


def test_a_suppleant_who_sits_for_a_titulaire_votes_in_secret_with_the_others(app: Flask) -> None:
    room = Room(4)
    suppleant, idle = make_resident("Suppléante"), make_resident("Autre")
    for person in (suppleant, idle):
        make_seat(room.body, person, director=room.director, is_titulaire=False)
    room.come(*room.people[:3], suppleant, idle)
    poll = opened(room, room.put("poll"))

    line = answered(room, poll, "yes", "yes", "no")
    assert (poll.roll_size, line.present) == (4, 4)
    assert casting.is_on_roll(poll.id, suppleant.id)
    assert not casting.is_on_roll(poll.id, idle.id)
