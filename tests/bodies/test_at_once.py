"""Several people act at the same moment, in real threads."""

from functools import partial

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies import (
    attendance_services,
    comite_services,
    decision_services,
    minutes_services,
    subscription_services,
)
from app.bodies.decision_models import Decision
from app.bodies.models import Body, Meeting, MeetingAttendance, Subscription
from app.core.db import db
from app.core.errors import Conflict
from app.ledger.acts import Act
from tests.at_once import refused_at_once
from tests.bodies.factories import make_conseil, make_director, make_held, make_meeting
from tests.factories import make_body, make_resident
from tests.support import Ledger

HANDS = 6


def test_minutes_published_together_get_different_numbers(app: Flask, ledger: Ledger) -> None:
    director_id = make_director().id
    director = db.session.get_one(Resident, director_id)
    ids = []
    for number in range(HANDS):
        meeting = make_held(make_body(), director)
        minutes_services.save_minutes(director, meeting, f"Texte {number}", 0)
        ids.append(meeting.id)

    def publish(meeting_id: int) -> None:
        by = db.session.get_one(Resident, director_id)
        minutes_services.publish_minutes(by, db.session.get_one(Meeting, meeting_id), 1)

    assert refused_at_once(app, [partial(publish, one) for one in ids]) == []

    ranks = set(db.session.scalars(select(Meeting.minutes_rank)))
    assert ranks == set(range(1, HANDS + 1))
    assert len(ledger.entries(Act.MINUTES_PUBLISHED)) == HANDS


def test_two_secretaries_tapping_at_once_lose_nobody(app: Flask) -> None:
    director_id = make_director().id
    director = db.session.get_one(Resident, director_id)
    meeting_id = make_meeting(make_body(), director).id
    ids = [make_resident().id for _number in range(HANDS // 2)]

    def tap(resident_id: int) -> None:
        by, one = (db.session.get_one(Resident, key) for key in (director_id, resident_id))
        attendance_services.mark(by, db.session.get_one(Meeting, meeting_id), one, "present")

    assert refused_at_once(app, [partial(tap, one) for one in ids * 2]) == []

    assert sorted(db.session.scalars(select(MeetingAttendance.resident_id))) == sorted(ids)


def test_an_instance_first_meets_once(app: Flask, ledger: Ledger) -> None:
    director_id, body = make_director().id, make_body()
    director = db.session.get_one(Resident, director_id)
    ids = []
    for number in range(HANDS):
        meeting = make_held(body, director)
        minutes_services.save_minutes(director, meeting, f"Texte {number}", 0)
        ids.append(meeting.id)

    def publish(meeting_id: int) -> None:
        by = db.session.get_one(Resident, director_id)
        minutes_services.publish_minutes(by, db.session.get_one(Meeting, meeting_id), 1)

    refused_at_once(app, [partial(publish, one) for one in ids])

    assert len(ledger.entries(Act.BODY_FIRST_MET)) == 1


def test_decisions_recorded_together_get_different_numbers(app: Flask, ledger: Ledger) -> None:
    director_id, body = make_director().id, make_conseil()
    director = db.session.get_one(Resident, director_id)
    ids = [make_held(body, director).id for _number in range(HANDS)]

    def decide(number: int) -> None:
        by = db.session.get_one(Resident, director_id)
        meeting = db.session.get_one(Meeting, ids[number])
        decision_services.record_decision(by, meeting, title=f"Bancs {number}", outcome="avis")

    assert refused_at_once(app, [partial(decide, number) for number in range(HANDS)]) == []

    ranks = sorted(db.session.scalars(select(Decision.rank)))
    assert ranks == list(range(1, HANDS + 1))
    assert len(ledger.entries(Act.DECISION_RECORDED)) == HANDS


def test_one_resident_clicking_everywhere_joins_once(app: Flask, ledger: Ledger) -> None:
    resident_id, body_id = make_resident().id, make_body().id

    def join() -> None:
        resident = db.session.get_one(Resident, resident_id)
        comite_services.join(db.session.get_one(Body, body_id), resident)

    assert refused_at_once(app, [join] * HANDS) == [Conflict] * (HANDS - 1)

    assert ledger.acts() == [Act.BODY_JOINED]


def test_a_meeting_closed_by_two_hands_is_counted_once(app: Flask, ledger: Ledger) -> None:
    director_id = make_director().id
    director = db.session.get_one(Resident, director_id)
    meeting = make_meeting(make_body(), director)
    attendance_services.add_attendee(director, meeting, make_resident())
    meeting_id = meeting.id

    def close() -> None:
        by = db.session.get_one(Resident, director_id)
        attendance_services.close_meeting(by, db.session.get_one(Meeting, meeting_id))

    assert refused_at_once(app, [close] * HANDS) == [Conflict] * (HANDS - 1)

    assert len(ledger.entries(Act.MEETING_HELD)) == 1
    assert len(ledger.entries(Act.MEETING_ATTENDED)) == 1


def test_two_clicks_at_once_make_one_subscription(app: Flask) -> None:
    body_id, person_id = make_body().id, make_resident().id

    def click() -> None:
        person = db.session.get_one(Resident, person_id)
        subscription_services.subscribe(db.session.get_one(Body, body_id), person)

    assert refused_at_once(app, [click] * HANDS) == [Conflict] * (HANDS - 1)
    assert db.session.scalar(select(func.count()).select_from(Subscription)) == 1
