"""Questions put to the members: hands counted, consent sought, frozen with the minutes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.bodies import (
    attendance_services,
    deliberation_consent,
    deliberation_services,
    meeting_services,
    minutes_services,
    procuration_services,
)
from app.bodies.deliberation_models import ConsentVoice, Deliberation
from app.bodies.deliberation_queries import deliberations_of
from app.bodies.deliberation_services import Hands
from app.core.clock import at
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from tests.bodies.factories import EVENING
from tests.bodies.sittings import LATER, Room, count, only_line, say
from tests.factories import make_resident
from tests.support import Statements, Visitor


@pytest.mark.parametrize(
    ("hands", "outcome", "words"),
    [
        ((3, 1), "adopted", "Adopté : 3 pour, 1 contre."),
        ((2, 2), "rejected", "Non adopté : 2 pour, 2 contre."),
        ((1, 0, 3), "adopted", "Adopté : 1 pour, 0 contre, 3 abstentions."),
        ((0, 0, 3, 1), "rejected", "Non adopté : 0 pour, 0 contre, 3 abstentions, 1 ne prend"),
    ],
)
def test_a_majority_of_votes_cast_adopts_and_a_tie_does_not(
    app: Flask, hands: tuple[int, ...], outcome: str, words: str
) -> None:
    room = Room()
    room.come()
    count(room, room.put(), *hands)

    line = only_line(room)

    assert line.outcome == outcome
    assert line.result.startswith(words)
    assert (line.present, line.represented, line.quorum_needed) == (4, 0, 2)
    assert line.there == "4 membres votants présents"


def test_there_are_no_more_hands_than_voices(app: Flask) -> None:
    room = Room()
    absent, holder, *others = room.people
    with at(EVENING - timedelta(days=1)):
        procuration_services.give_procuration(absent, room.meeting, absent, holder)
    room.come(holder, *others)
    made = room.put()

    for hands in ((4, 1), (0, 0, 0, 5), (-1, 2), (0, 0)):
        with pytest.raises(Invalid):
            count(room, made, *hands)
    left = only_line(room).outcome
    count(room, made, 3, 1)

    assert left is None
    assert only_line(room).there == "3 membres votants présents, 1 représenté"


@atomic
def _stuff(made: Deliberation) -> None:
    made.votes_for, made.votes_against = 9, 0
    made.votes_abstained = made.votes_withheld = 0
    made.voters_present, made.voters_represented = 4, 0
    made.outcome, made.decided_at = "adopted", LATER


def test_the_database_itself_refuses_more_votes_than_voters(app: Flask) -> None:
    room = Room()
    made = room.put()

    with pytest.raises(IntegrityError):
        _stuff(made)

    assert only_line(room).outcome is None


def test_nothing_is_decided_without_a_quorum(app: Flask) -> None:
    room = Room(10)
    room.come(*room.people[:3])
    made = room.put()

    with pytest.raises(Conflict, match="il manque 1 membre votant"):
        count(room, made, 3, 0)
    before = only_line(room).outcome
    room.mark(room.people[3], "present")
    count(room, made, 3, 1)

    assert before is None
    assert (only_line(room).outcome, only_line(room).quorum_needed) == ("adopted", 4)


def test_whoever_left_raises_no_hand_for_what_comes_after(app: Flask) -> None:
    room = Room()
    room.come()
    count(room, room.put(), 4, 0)
    room.mark(room.people[0], "left")
    room.mark(room.people[1], "left")
    second = room.put()

    with pytest.raises(Invalid):
        count(room, second, 3, 0)
    count(room, second, 2, 0)

    lines = deliberations_of(room.meeting.id)
    assert [line.present for line in lines] == [4, 2]


def test_a_count_is_corrected_with_the_voters_of_its_time(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put()
    count(room, made, 3, 1)
    room.mark(room.people[0], "left")

    count(room, made, 1, 3)

    line = only_line(room)
    assert (line.outcome, line.present) == ("rejected", 4)


def test_only_who_conducts_puts_and_counts(app: Flask) -> None:
    room = Room()
    room.come()
    member = room.people[0]

    with at(LATER), pytest.raises(Forbidden):
        deliberation_services.put(member, room.item, question="Et moi ?", way="hands")
    made = room.put()
    with at(LATER), pytest.raises(Forbidden):
        deliberation_services.count_hands(member, made, Hands(4, 0))
    with at(EVENING - timedelta(hours=1)), pytest.raises(Forbidden):
        deliberation_services.put(room.director, room.item, question="Déjà ?", way="hands")

    assert only_line(room).outcome is None


def test_a_question_without_its_answer_is_taken_back(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put("consent")
    say(room, made, room.people[0], "consent")
    with at(LATER):
        deliberation_services.withdraw(room.director, made)
    answered = room.put()
    count(room, answered, 4, 0)

    with at(LATER), pytest.raises(Conflict):
        deliberation_services.withdraw(room.director, answered)

    assert only_line(room).id == answered.id
    assert db.session.scalars(select(ConsentVoice)).all() == []


def test_a_point_put_to_the_vote_stays_on_the_agenda(app: Flask) -> None:
    room = Room()
    made = room.put()

    with at(LATER), pytest.raises(Conflict, match="ce point reste"):
        meeting_services.change_agenda(room.director, room.meeting, ["Autre chose"])

    assert only_line(room).item_id == made.item_id


def _published(room: Room) -> None:
    with at(LATER):
        attendance_services.close_meeting(room.director, room.meeting)
        minutes_services.save_minutes(room.director, room.meeting, "Des bancs.", 0)
    with at(EVENING + timedelta(days=2)):
        minutes_services.publish_minutes(
            room.director, room.meeting, room.meeting.edition, approval_note="Relu par tous"
        )


@atomic
def _change_in_the_database(made: Deliberation, voice: ConsentVoice | None) -> None:
    if voice is None:
        made.question = "Une autre ?"
    else:
        voice.voice = "abstain"


def test_what_published_minutes_say_was_decided_is_frozen(app: Flask) -> None:
    room = Room()
    room.come()
    made, sought = room.put(), room.put("consent")
    count(room, made, 3, 1)
    for member in room.people:
        say(room, sought, member, "consent")
    with at(LATER):
        deliberation_consent.adopt(room.director, sought)
    _published(room)

    with pytest.raises(Conflict):
        count(room, made, 0, 4)
    with pytest.raises(Conflict):
        room.put()
    for voice in (None, db.session.scalars(select(ConsentVoice)).first()):
        with pytest.raises(IntegrityError, match="frozen"):
            _change_in_the_database(made, voice)

    assert [line.outcome for line in deliberations_of(room.meeting.id)] == ["adopted", "adopted"]
    assert deliberations_of(room.meeting.id)[0].question == "Voulons-nous des bancs ?"


def test_a_meeting_with_many_questions_is_read_in_two_statements(
    app: Flask, statements: Statements
) -> None:
    room = Room()
    room.come()
    for _number in range(4):
        say(room, room.put("consent"), room.people[0], "consent")
    meeting_id = room.meeting.id
    statements.reset()

    lines = deliberations_of(meeting_id)

    assert (len(lines), len(statements)) == (4, 2)


def test_a_question_is_put_counted_and_followed_on_the_site(client: Visitor) -> None:
    room = Room()
    room.come()
    client.sign_in(room.director)
    with at(LATER):
        empty = client.send(f"/reunions/points/{room.item.id}/deliberer", {"way": "hands"})
        put = client.send(
            f"/reunions/points/{room.item.id}/deliberer", {"question": "Oui ?", "way": "hands"}
        )
        url = put.location
        many = client.send(f"{url}/mains", {"votes_for": "9", "votes_against": "0"})
        done = client.send(f"{url}/mains", {"votes_for": "3", "votes_against": "1"})
        page = client.get(url).get_data(as_text=True)
        day = client.get(f"/reunions/{room.meeting.id}/seance").get_data(as_text=True)

    assert [empty.status_code, many.status_code, done.status_code] == [422, 422, 302]
    assert 'value="9"' in many.get_data(as_text=True)
    assert "3 pour, 1 contre" in page
    assert "3 pour, 1 contre" in day


def test_strangers_do_not_follow_what_happens_at_the_table(client: Visitor) -> None:
    room = Room()
    made = room.put()
    client.sign_in(make_resident())

    with at(LATER):
        seen = [
            client.get(f"/reunions/{room.meeting.id}/seance").status_code,
            client.get(f"/reunions/deliberations/{made.id}").status_code,
            client.get(f"/reunions/{room.meeting.id}/procuration").status_code,
        ]

    assert seen == [403, 403, 403]
