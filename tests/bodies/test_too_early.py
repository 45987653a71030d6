"""Nobody has come to a meeting that is days away; whoever cannot come may say so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.bodies import attendance_services
from app.bodies.models import MeetingAttendance
from app.bodies.sitting_models import Procuration
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict
from tests.bodies.factories import EVENING
from tests.bodies.sittings import Room
from tests.support import Visitor

EARLY = EVENING - timedelta(days=3)


def noted() -> list[tuple[int, str]]:
    rows = select(MeetingAttendance.resident_id, MeetingAttendance.status)
    return [(number, status) for number, status in db.session.execute(rows)]


@pytest.mark.parametrize("days", [8, 1])
def test_a_presence_before_the_day_is_refused_whoever_writes_it(app: object, days: int) -> None:
    room = Room()
    one = room.people[0]

    with at(EVENING - timedelta(days=days)):
        with pytest.raises(Conflict, match="trop tôt"):
            attendance_services.mark(room.director, room.meeting, one, "present")
        with pytest.raises(Conflict, match="trop tôt"):
            attendance_services.add_attendee(room.director, room.meeting, one)
        with pytest.raises(Conflict, match="trop tôt"):
            attendance_services.take_attendance(
                room.director, room.meeting, present=[one.id], excused=[room.people[1].id]
            )

    assert noted() == []


@pytest.mark.parametrize("wait", [-timedelta(hours=18), timedelta(days=20)])
def test_from_the_morning_of_the_day_on_a_presence_is_noted(app: object, wait: timedelta) -> None:
    room = Room()
    one = room.people[0]

    with at(EVENING + wait):
        attendance_services.mark(room.director, room.meeting, one, "present")

    assert noted() == [(one.id, "present")]


def test_whoever_cannot_come_is_excused_days_ahead_and_may_come_after_all(app: object) -> None:
    room = Room()
    one, other, *_others = room.people

    with at(EARLY):
        attendance_services.mark(room.director, room.meeting, one, "excused")
        attendance_services.mark(room.director, room.meeting, other, "excused")
        attendance_services.mark(room.director, room.meeting, other, "absent")
        with pytest.raises(Conflict, match="trop tôt"):
            attendance_services.mark(room.director, room.meeting, one, "present")

    assert noted() == [(one.id, "excused")]


def test_the_page_says_when_the_sheet_opens_and_offers_nothing_it_refuses(client: Visitor) -> None:
    room = Room()
    one = room.people[0]
    client.sign_in(room.director)
    url = f"/reunions/{room.meeting.id}/presences"

    with at(EARLY):
        page = client.get(url).text
        paper = client.get(f"{url}/feuille").text
        answers = [
            client.send(f"{url}/{one.id}", {"state": "present"}),
            client.send(f"{url}/carte", {"number": one.card_number}),
            client.send(f"{url}/feuille", {"present": str(one.id)}),
        ]

    assert "La feuille s’ouvre jeudi 12 mars. D’ici là" in page
    assert 'value="present"' not in page
    assert "presences/carte" not in page
    assert "presences/feuille" not in page
    assert 'value="excused"' in page
    assert f"presences/{one.id}/procuration" in page
    assert "La feuille s’ouvre jeudi 12 mars." in paper
    assert 'name="present"' not in paper
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert all("C’est trop tôt" in answer.text for answer in answers)
    assert noted() == []


def test_a_procuration_is_noted_days_ahead(client: Visitor) -> None:
    room = Room()
    absent, holder, *_others = room.people
    client.sign_in(room.director)

    with at(EARLY):
        url = f"/reunions/{room.meeting.id}/presences/{absent.id}/procuration"
        answer = client.send(url, {"holder": str(holder.id)})

    assert answer.status_code == 302
    assert db.session.scalars(select(Procuration.holder_id)).all() == [holder.id]


def test_on_the_day_the_page_offers_its_buttons_again(client: Visitor) -> None:
    room = Room()
    client.sign_in(room.director)

    with at(EVENING - timedelta(hours=10)):
        page = client.get(f"/reunions/{room.meeting.id}/presences").text

    assert "La feuille s’ouvre" not in page
    assert 'value="present"' in page
    assert f"/reunions/{room.meeting.id}/presences/carte" in page
