"""The programme, and one's own dates, in other people's calendars."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
import vobject
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import meeting_services
from app.bodies.models import Membership
from app.core.clock import PARIS, now
from app.core.db import atomic, db
from app.core.limits import limiter
from app.core.rights import Role
from app.home.calendar_models import CalendarKey
from app.home.calendar_services import make_key, revoke_key
from app.programme import changes, services, volunteer_services
from app.programme.models import Action, Session
from app.programme.registration_services import register, withdraw
from app.programme.services import ActionDetails
from tests.factories import make_body, make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session
from tests.support import Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)


def events(content: bytes) -> dict[str, Any]:
    """Events by their titles, as icalendar reads them; vobject must read the same."""
    first: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    read = {str(event["summary"]): event for event in first}
    second = vobject.readOne(content.decode())
    again = {event.summary.value: event for event in second.contents.get("vevent", [])}
    assert again.keys() == read.keys()
    for title, event in read.items():
        assert again[title].uid.value == str(event["uid"])
        assert again[title].dtstart.value == event["dtstart"].dt
        assert again[title].dtend.value == event["dtend"].dt
    return read


def feed(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/programme/agenda.ics{query}")
    assert answer.mimetype == "text/calendar"
    return events(answer.data)


def test_two_readers_find_the_programme(client: FlaskClient) -> None:
    quartier = make_quartier("La Source")
    session = make_session(
        starts_at=now() + DAY,
        title="Café; des « seniors », à l’ombre",
        place="Grande salle\\cour",
        description="On parle.\nOn rit.",
        quartier_id=quartier.id,
    )

    (event,) = feed(client).values()

    assert str(event["summary"]) == "Café\u202f; des «\u00a0seniors\u00a0», à l’ombre"
    assert str(event["location"]) == "Grande salle\\cour, La Source"
    assert str(event["description"]) == "On parle.\nOn rit."
    assert str(event["uid"]).startswith(f"seance-{session.id}@")
    assert event["dtstart"].dt == session.starts_at.replace(microsecond=0)
    assert str(event["status"]) == "CONFIRMED"


def test_each_choice_of_filters_has_its_address(client: FlaskClient) -> None:
    quartier = make_quartier()
    make_session(starts_at=now() + DAY, title="Ici", quartier_id=quartier.id)
    make_session(starts_at=now() + DAY, title="Enfants", public="enfants")

    assert set(feed(client, f"?quartier={quartier.id}")) == {"Ici"}
    assert set(feed(client, "?pour=enfants")) == {"Ici", "Enfants"}
    assert set(feed(client, "?pour=jeunes")) == {"Ici"}


def test_fourteen_hours_stay_fourteen_hours_across_the_clocks(client: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC), tick=False):
        for title, day in (("Avant", 21), ("Après", 28)):
            make_session(starts_at=datetime(2026, 10, day, 14, tzinfo=PARIS), title=title)
        found = feed(client)

    hours = {title: event["dtstart"].dt for title, event in found.items()}
    assert {moment.hour for moment in hours.values()} == {14}
    assert [hours[title].astimezone(UTC).hour for title in ("Avant", "Après")] == [12, 13]


def test_a_change_raises_the_sequence_and_keeps_the_name(client: FlaskClient) -> None:
    team, session = (
        make_with_role(Role.DESK),
        make_session(starts_at=now() + 3 * DAY, title="Lecture"),
    )
    (first,) = feed(client).values()
    moment = now() + 4 * DAY

    changes.move_session(team, session, moment, moment + HOUR)
    (moved,) = feed(client).values()
    services.edit_action(
        team, db.session.get_one(Action, session.action_id), ActionDetails("Lectures", "activite")
    )
    (renamed,) = feed(client).values()
    services.edit_action(
        team,
        db.session.get_one(Action, session.action_id),
        ActionDetails("Lectures", "activite", public="seniors"),
    )
    (same,) = feed(client).values()
    changes.cancel_session(team, db.session.get_one(Session, session.id), "Il neige")
    (gone,) = feed(client).values()

    told = (first, moved, renamed, same, gone)
    assert [int(event["sequence"]) for event in told] == [0, 1, 2, 2, 3]
    assert len({str(event["uid"]) for event in told}) == 1
    assert str(renamed["summary"]) == "Lectures"
    assert str(gone["status"]) == "CANCELLED"
    assert "Il neige" in str(gone["description"])


def test_a_program_that_has_it_already_is_told_so(client: FlaskClient) -> None:
    make_session(starts_at=now() + DAY)
    first = client.get("/programme/agenda.ics")
    time.sleep(0.01)

    same = client.get("/programme/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    make_session(starts_at=now() + 2 * DAY)
    more = client.get("/programme/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data) == (304, b"")
    assert "Last-Modified" in first.headers
    assert more.status_code == 200


def test_an_empty_programme_is_a_calendar_all_the_same(client: FlaskClient) -> None:
    answer = client.get("/programme/agenda.ics")

    assert answer.status_code == 200
    assert Calendar.from_ical(answer.data).walk("VEVENT") == []


def test_a_feed_costs_the_same_with_fifty(client: FlaskClient, statements: Statements) -> None:
    action, counts = make_action(), []
    for number in (1, 49):
        for rank in range(number):
            make_session(action, starts_at=now() + (number + rank) * HOUR)
        statements.reset()
        client.get("/programme/agenda.ics")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5


def test_my_calendar_has_what_i_said_and_the_meetings_of_my_bodies(
    client: FlaskClient, app: Flask
) -> None:
    team, me = make_with_role(Role.DIRECTOR), make_resident()
    registered, helped, other = (
        make_session(starts_at=now() + 3 * DAY, title=title, takes_registrations=takes)
        for title, takes in (("Cuisine", True), ("Fête", False), ("Autre", True))
    )
    register(me, registered, me)
    need = volunteer_services.ask_for_hands(
        team, db.session.get_one(Action, helped.action_id), "Bar", 2
    )
    volunteer_services.offer(me, need, db.session.get_one(Session, helped.id))
    mine, theirs = make_body(), make_body()
    join(mine.id, me.id)
    for body, title in ((mine, "La mienne"), (theirs, "La leur")):
        meeting_services.convene(
            team, body, title=title, starts_at=now() + 20 * DAY, place="Salle", agenda=["Un point"],
            ends_at=now() + 20 * DAY + HOUR,
        )  # fmt: skip
    secret = make_key(me)

    found = events(client.get(f"/calendrier/{secret}.ics").data)
    withdraw(me, db.session.get_one(Session, registered.id), me)
    after = events(client.get(f"/calendrier/{secret}.ics").data)

    assert set(found) == {"Cuisine", "Fête", "La mienne"}
    assert set(after) == {"Fête", "La mienne"}
    assert other.action.title not in found


@atomic
def join(body_id: int, resident_id: int) -> None:
    db.session.add(Membership(body_id=body_id, resident_id=resident_id))


def test_a_new_address_closes_the_one_before(client: FlaskClient) -> None:
    me = make_resident()
    first = make_key(me)
    second = make_key(me)

    assert client.get(f"/calendrier/{first}.ics").status_code == 404
    assert client.get(f"/calendrier/{second}.ics").status_code == 200
    revoke_key(me)
    assert client.get(f"/calendrier/{second}.ics").status_code == 404
    assert list(db.session.scalars(select(CalendarKey))) == []


def test_the_database_alone_opens_no_calendar(client: FlaskClient) -> None:
    secret = make_key(make_resident())

    (key,) = db.session.scalars(select(CalendarKey))

    assert len(secret) >= 26
    assert secret not in (key.digest, key.sealed)
    for known in (key.digest, key.sealed):
        assert client.get(f"/calendrier/{known}.ics").status_code == 404


def test_a_closed_account_has_no_calendar(client: FlaskClient) -> None:
    me = make_resident(password="soleil-pont-carotte")
    secret = make_key(me)

    close_account(me.id)

    assert client.get(f"/calendrier/{secret}.ics").status_code == 404


@atomic
def close_account(resident_id: int) -> None:
    db.session.get_one(Resident, resident_id).closed_at = now()


def test_one_makes_changes_and_closes_it_from_its_page(app: Flask) -> None:
    visitor = Visitor(app).sign_in(make_resident())

    before = visitor.get("/moi/calendrier").text
    visitor.send("/moi/calendrier")
    first = address_in(visitor.get("/moi/calendrier").text)
    visitor.send("/moi/calendrier")
    second = address_in(visitor.get("/moi/calendrier").text)
    visitor.send("/moi/calendrier/fermer")

    assert "Créer mon calendrier" in before
    assert first != second
    assert Visitor(app).get(first).status_code == 404
    assert Visitor(app).get(second).status_code == 404
    assert "Créer mon calendrier" in visitor.get("/moi/calendrier").text


def address_in(page: str) -> str:
    return "/calendrier/" + page.split("/calendrier/", 1)[1].split('"', 1)[0]


def test_my_calendar_costs_the_same_with_fifty(client: FlaskClient, statements: Statements) -> None:
    me, action, counts = make_resident(), make_action(takes_registrations=True), []
    secret = make_key(me)
    for number in (1, 30):
        for rank in range(number):
            session = make_session(action, starts_at=now() + (number + rank) * HOUR)
            register(me, session, me)
        statements.reset()
        client.get(f"/calendrier/{secret}.ics")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    limiter.reset()
    limiter.enabled = True
    yield app
    limiter.enabled = False
    limiter.reset()


def test_a_program_gone_mad_is_slowed_down(limited: Flask) -> None:
    visitor = Visitor(limited)

    answers = [visitor.get("/calendrier/au-hasard.ics").status_code for _number in range(121)]

    assert answers[:120] == [404] * 120
    assert answers[120] == 429
