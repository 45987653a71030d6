"""What the members adopted becomes a decision, once."""

from datetime import datetime, timedelta

from flask import Flask

from app.accounts.models import Resident
from app.bodies import attendance_services
from app.bodies.models import Body
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict
from app.ledger.acts import Act
from tests.at_once import refused_at_once
from tests.bodies.factories import EVENING, make_director, make_meeting
from tests.bodies.sittings import LATER, Room, count
from tests.factories import make_body
from tests.support import Ledger, Visitor


def closed(room: Room) -> None:
    with at(LATER + timedelta(hours=1)):
        attendance_services.close_meeting(room.director, room.meeting)


def test_an_adopted_question_becomes_a_decision_in_two_taps_and_once(
    client: Visitor, ledger: Ledger
) -> None:
    room = Room()
    room.come()
    made = room.put()
    count(room, made, 3, 1)
    closed(room)
    client.sign_in(room.director)
    page = f"/reunions/deliberations/{made.id}"

    assert "En faire une décision" in client.get(page).get_data(as_text=True)
    there = f"/reunions/{room.meeting.id}/decisions/nouvelle?question={made.id}"
    form = client.get(there).get_data(as_text=True)
    assert 'value="Voulons-nous des bancs ?"' in form
    fields = {"title": "Installer des bancs", "outcome": "adopte"}
    assert client.send(there, fields).status_code == 302
    again = client.send(there, fields)

    assert again.status_code == 409 and "a déjà sa décision" in again.get_data(as_text=True)
    assert "La décision n° 2026-01" in client.get(page).get_data(as_text=True)
    assert len(ledger.entries(Act.DECISION_RECORDED)) == 1


def test_a_question_refused_or_of_another_meeting_makes_no_decision(
    client: Visitor, ledger: Ledger
) -> None:
    room = Room()
    room.come()
    made = room.put()
    count(room, made, 1, 3)
    closed(room)
    client.sign_in(room.director)
    address = f"/reunions/{room.meeting.id}/decisions/nouvelle?question="

    refused = client.send(f"{address}{made.id}", {"title": "Des bancs", "outcome": "adopte"})
    unknown = client.get(f"{address}999")

    assert (refused.status_code, unknown.status_code) == (409, 404)
    assert ledger.entries(Act.DECISION_RECORDED) == []


def test_closing_warns_of_a_question_without_its_answer_and_the_sheet_says_it_is_closed(
    client: Visitor,
) -> None:
    room = Room()
    room.come()
    room.put("poll")
    client.sign_in(room.director)
    here = f"/reunions/{room.meeting.id}"

    with at(LATER):
        asked = client.get(f"{here}/cloture").get_data(as_text=True)
    closed(room)

    assert "Une question attend sa réponse" in asked and "Voulons-nous des bancs" in asked
    sheet = client.get(f"{here}/presences")
    assert sheet.status_code == 302 and sheet.location.endswith(here)
    assert "La séance est close" in client.get(here).get_data(as_text=True)


def test_the_same_meeting_called_twice_at_once_is_called_once(app: Flask, ledger: Ledger) -> None:
    """The index refuses the second: without it, members would be called twice."""
    director_id, body_id = make_director().id, make_body().id

    def call(**fields: datetime) -> None:
        by = db.session.get_one(Resident, director_id)
        make_meeting(db.session.get_one(Body, body_id), by, **fields)

    assert refused_at_once(app, [call] * 6) == [Conflict] * 5
    call(starts_at=EVENING + timedelta(days=7))

    assert len(ledger.entries(Act.MEETING_CONVENED)) == 2
