"""A meeting is prepared together: its day, and what is spoken of."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import date_queries, date_services, meeting_services, request_services
from app.bodies import minutes_services as minutes
from app.bodies.minutes_services import items_of
from app.bodies.models import Body, Meeting
from app.bodies.preparation_models import AgendaRequest, DateAnswer, DatePoll
from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from tests.at_once import refused_at_once
from tests.bodies.factories import (
    EVENING,
    make_director,
    make_held,
    make_meeting,
    make_member,
    make_referent,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Statements, Visitor, told

pytestmark = pytest.mark.usefixtures("app")


def days(count: int) -> list[datetime]:
    return [now() + timedelta(days=30 + number) for number in range(count)]


def asked(by: Resident, body: Body, count: int = 3) -> DatePoll:
    return date_services.ask_dates(by, body, "Réunion de mai", days(count))


def test_members_say_which_day_suits_and_the_meeting_is_convened(
    client: Visitor, ledger: Ledger
) -> None:
    body = make_body(name="Comité famille")
    referent = make_referent(body)
    first, second = make_member(body), make_member(body)
    client.sign_in(referent)
    typed = {"title": "Réunion de mai"}
    typed |= {"slot_1": "2090-05-04T18:30", "slot_2": "2090-05-05T18:30"}
    page = client.send("/reunions/dates/nouvelles/comite-famille", typed).location
    assert told(first)[-1].startswith("Quelle date vous convient")
    poll = db.session.scalars(select(DatePoll)).one()
    early, late = poll.slots

    client.sign_in(first).send(page, {f"slot{early.id}": "no", f"slot{late.id}": "maybe"})
    client.send(page, {f"slot{early.id}": "no", f"slot{late.id}": "yes"})
    client.sign_in(second).send(page, {f"slot{late.id}": "yes"})

    early_seen, late_seen = date_queries.slots_of(poll.id, second.id)
    assert (late_seen.yes, late_seen.mine) == ((first.display_name, second.display_name), "yes")
    assert (early_seen.no, early_seen.mine) == ((first.display_name,), None)
    assert "Convient au plus grand nombre" in client.get(page).get_data(as_text=True)
    client.sign_in(referent)
    convene = f"/reunions/nouvelle/comite-famille?date={late.id}"
    assert 'value="2090-05-05T18:30"' in client.get(convene).get_data(as_text=True)
    form = {"title": "Réunion de mai", "starts_at": "2090-05-05T18:30", "place": "Salle"}
    client.send(convene, {**form, "agenda": "Le budget"})
    db.session.refresh(poll)
    assert poll.meeting_id == db.session.scalars(select(Meeting.id)).one()
    assert "Date choisie" in client.get(page).get_data(as_text=True)
    assert [Act(entry.act) for entry in ledger.entries()] == [Act.MEETING_CONVENED]


def test_wrong_dates_are_refused() -> None:
    body = make_body()
    referent, (one, two) = make_referent(body), days(2)

    for wrong in ([one], [one, one], days(11), [one, now() - timedelta(hours=1)]):
        with pytest.raises(Invalid):
            date_services.ask_dates(referent, body, "Réunion", wrong)
    with pytest.raises(Forbidden):
        date_services.ask_dates(make_resident(), body, "Réunion", [one, two])
    assert db.session.scalars(select(DatePoll)).all() == []


def test_answers_are_of_members_until_the_day_is_chosen() -> None:
    body = make_body()
    referent, member = make_referent(body), make_member(body)
    poll = asked(referent, body)
    (slot, *_others) = poll.slots
    elsewhere = asked(make_referent(other := make_body()), other).slots[0]

    with pytest.raises(Forbidden):
        date_services.answer_dates(make_resident(), poll, {slot.id: "yes"})
    for wrong in ({elsewhere.id: "yes"}, {slot.id: "peut-être"}):
        with pytest.raises(Invalid):
            date_services.answer_dates(member, poll, wrong)
    date_services.close_dates(referent, poll)
    with pytest.raises(Conflict):
        date_services.answer_dates(member, poll, {slot.id: "yes"})
    with pytest.raises(Conflict):
        date_services.close_dates(referent, poll)
    assert db.session.scalars(select(DateAnswer)).all() == []


def test_the_page_of_dates_reads_every_answer_in_one_statement(statements: Statements) -> None:
    body = make_body()
    poll = asked(make_referent(body), body)
    for _number in range(6):
        member = make_member(body)
        date_services.answer_dates(member, poll, {slot.id: "yes" for slot in poll.slots})
    poll_id, member_id = poll.id, member.id

    statements.reset()
    seen = date_queries.slots_of(poll_id, member_id)

    assert (len(statements), [len(slot.yes) for slot in seen]) == (1, [6, 6, 6])


def test_a_resident_asks_for_a_point_and_gets_an_answer(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    referent, resident = make_referent(body), make_resident()
    meeting = make_meeting(body, referent, starts_at=EVENING + timedelta(days=10_000))
    here = f"/reunions/{meeting.id}"
    client.sign_in(resident)
    assert "Proposer un point" in client.get(here).get_data(as_text=True)
    for title in ("L’éclairage du passage", "Un barbecue"):
        client.send(f"{here}/points/proposer", {"title": title, "reason": "Il fait noir."})
    lit, grill = db.session.scalars(select(AgendaRequest).order_by(AgendaRequest.id))

    client.sign_in(referent)
    page = client.get(f"{here}/points/proposes").get_data(as_text=True)
    assert "L’éclairage du passage" in page and resident.display_name in page
    client.send(f"{here}/points/proposes/{lit.id}/accepter")
    client.send(f"{here}/points/proposes/{grill.id}/refuser", {"answer": "En juin."})

    assert items_of(meeting.id)[-1].title == "L’éclairage du passage"
    assert [sentence.split("\u00a0:")[0] for sentence in told(resident)] == [
        "Votre point est à l’ordre du jour",
        "Votre point n’est pas retenu cette fois",
    ]
    with pytest.raises(Conflict):
        request_services.take_item(referent, lit)
    assert client.send(f"{here}/points/proposes/{lit.id}/accepter").status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 201}, {"proposal_id": "99999"}, {"proposal_id": "x"}]
)
def test_a_wrong_request_keeps_what_was_typed(client: Visitor, wrong: dict[str, str]) -> None:
    meeting = make_meeting(make_body(), starts_at=EVENING + timedelta(days=10_000))
    client.sign_in(make_resident())
    typed = {"title": "L’éclairage", "reason": "Il fait noir.", **wrong}

    answer = client.send(f"/reunions/{meeting.id}/points/proposer", typed)

    assert answer.status_code == 422
    assert "Il fait noir." in answer.get_data(as_text=True)
    assert db.session.scalars(select(AgendaRequest)).all() == []


def test_nobody_asks_for_a_fourth_point_that_waits() -> None:
    meeting = make_meeting(make_body(), starts_at=EVENING + timedelta(days=10_000))
    resident = make_resident()
    for number in range(3):
        request_services.ask_for_item(resident, meeting, f"Point {number}")

    with pytest.raises(Invalid, match="Trois"):
        request_services.ask_for_item(resident, meeting, "Point de trop")
    with pytest.raises(Forbidden):
        request_services.ask_for_item(resident, make_held(make_body()), "Trop tard")


def test_the_same_point_is_asked_once_and_its_author_sees_it_wait(client: Visitor) -> None:
    meeting = make_meeting(make_body(), starts_at=EVENING + timedelta(days=10_000))
    client.sign_in(make_resident())
    here = f"/reunions/{meeting.id}/points/proposer"
    client.send(here, {"title": "L’éclairage"})

    again = client.send(here, {"title": "L’éclairage"})

    assert again.status_code == 422
    assert "Vous avez déjà demandé ce point." in again.get_data(as_text=True)
    assert "Attend une réponse" in client.get(here).get_data(as_text=True)
    assert len(db.session.scalars(select(AgendaRequest)).all()) == 1


def test_two_people_who_take_one_point_put_it_once(app: Flask) -> None:
    director_id = make_director().id
    meeting = make_meeting(make_body(), starts_at=EVENING + timedelta(days=10_000))
    request_id = request_services.ask_for_item(make_resident(), meeting, "L’éclairage").id
    meeting_id = meeting.id

    def take() -> None:
        by = db.session.get_one(Resident, director_id)
        request_services.take_item(by, db.session.get_one(AgendaRequest, request_id))

    assert len(refused_at_once(app, [take] * 6)) == 5
    titles = [item.title for item in items_of(meeting_id)]
    assert titles.count("L’éclairage") == 1


def test_the_next_meeting_begins_with_the_draft_that_waits(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    director = make_director()
    meeting = make_held(body, director)
    minutes.save_notes(director, items_of(meeting.id)[0], "Dit.", 0)
    minutes.circulate(director, meeting)

    page = client.sign_in(director).get("/reunions/nouvelle/comite-famille")

    assert "Approbation du compte rendu du 12 mars 2026" in page.get_data(as_text=True)


def test_a_point_already_spoken_of_does_not_leave_the_agenda() -> None:
    body, director = make_body(), make_director()
    meeting = make_meeting(body, director)
    first = items_of(meeting.id)[0]

    with at(EVENING + timedelta(minutes=5)):
        minutes.save_notes(director, first, "Le budget est présenté.", 0)
        with pytest.raises(Conflict, match="On a déjà parlé"):
            meeting_services.change_agenda(director, meeting, ["La fête"])
        meeting_services.change_agenda(director, meeting, ["La fête", "Le budget"])

    assert [item.notes for item in items_of(meeting.id)] == ["", "Le budget est présenté."]
