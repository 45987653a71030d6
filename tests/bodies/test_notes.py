"""What was said is written point by point, by several hands, and nothing of it is lost."""

import re
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Resident
from app.bodies import minutes_services as services
from app.bodies.minutes_services import StaleMinutes, items_of
from app.bodies.models import AgendaItem, Meeting
from app.core.db import db
from tests.at_once import all_at_once
from tests.bodies.factories import (
    make_conseil,
    make_director,
    make_held,
    make_referent,
    make_seat,
)
from tests.factories import make_body
from tests.support import Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")

AUTOSAVE = {"X-Autosave": "1"}


def typed(item: AgendaItem, said: str, version: int = 0, **more: str) -> dict[str, str]:
    """The form of one point."""
    fields = {"text": said, "version": str(version), **more}
    return {f"point{item.id}-{name}": value for name, value in fields.items()}


def address(item: AgendaItem) -> str:
    """Where a program saves one point."""
    return f"/reunions/{item.meeting_id}/points/{item.id}/notes"


def sent(client: Visitor, meeting: Meeting, **changed: str) -> TestResponse:
    """The whole draft as one reads it, with what was changed since, saved by its button."""
    page = f"/reunions/{meeting.id}/compte-rendu/brouillon"
    return client.send(page, {**boxes(client.get(page)), **changed})


def boxes(page: TestResponse) -> dict[str, str]:
    """What the boxes of the draft hold."""
    html = page.get_data(as_text=True)
    hidden = re.findall(r'type="hidden" name="([^"]*(?:version|read))" value="([^"]*)"', html)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', html)
    boxes_ticked = (one for one in re.findall("<input[^>]*>", html) if " checked" in one)
    ticks = [re.findall(r'name="([^"]+)"', one)[0] for one in boxes_ticked]
    return {**dict(hidden), **dict(areas), **dict.fromkeys(ticks, "y")}


def test_two_people_write_two_points_at_once_and_both_are_kept(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_held(body, referent)
    first, second = items_of(meeting.id)
    client.sign_in(referent)
    page = f"/reunions/{meeting.id}/compte-rendu/brouillon"
    read = boxes(client.get(page))

    one = client.send(page, {**read, f"point{first.id}-text": "Le budget est voté."})
    other = client.send(page, {**read, f"point{second.id}-text": "La fête\r\naura lieu."})

    assert (one.status_code, other.status_code) == (302, 302)
    assert [item.notes for item in items_of(meeting.id)] == [
        "Le budget est voté.",
        "La fête\r\naura lieu.",
    ]
    # Read again and sent as it is, it saves nothing.
    edition = meeting.edition
    assert sent(client, meeting).status_code == 302
    assert meeting.edition == edition


def test_all_that_was_typed_is_saved_by_any_button(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_held(body, referent)
    first, second = items_of(meeting.id)
    client.sign_in(referent)
    said = {
        f"point{first.id}-text": "Le budget est voté.",
        f"point{second.id}-text": "La fête aura lieu.",
        f"point{second.id}-is_private": "y",
        "text": "Merci à tous.",
    }

    answer = sent(client, meeting, **said, action=f"point{first.id}")

    assert answer.status_code == 302 and answer.location.endswith(f"#point{first.id}")
    kept = [(item.notes, item.is_private) for item in items_of(meeting.id)]
    assert kept == [("Le budget est voté.", False), ("La fête aura lieu.", True)]
    assert meeting.minutes == "Merci à tous."


def test_two_people_on_one_point_both_read_both(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_held(body, referent)
    item, other = items_of(meeting.id)
    services.save_notes(referent, other, "Un secret", 0, is_private=True)
    client.sign_in(referent)
    read = boxes(client.get(f"/reunions/{meeting.id}/compte-rendu/brouillon"))
    services.save_notes(referent, item, "Texte de Samir", 0)
    said = {f"point{item.id}-text": "Texte de Zohra", "text": "Merci à tous."}

    stale = client.send(f"/reunions/{meeting.id}/compte-rendu/brouillon", {**read, **said})

    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Texte de Samir" in page and "Texte de Zohra" in page
    assert f'name="point{item.id}-version" value="1"' in page
    # The other points of the page are shown as they are saved.
    assert "Un secret" in page and page.count(" checked") == 1
    db.session.refresh(item)
    assert (item.notes, item.notes_version) == ("Texte de Samir", 1)
    assert meeting.minutes == "Merci à tous.", "one point refused keeps no other from being saved"
    again = {**boxes(stale), f"point{item.id}-text": "Texte de Samir et de Zohra"}
    client.send(f"/reunions/{meeting.id}/compte-rendu/brouillon", again)
    db.session.refresh(item)
    assert item.notes == "Texte de Samir et de Zohra"


def test_a_program_saves_while_one_writes_and_is_told_of_the_other_version(
    client: Visitor,
) -> None:
    body = make_body()
    referent = make_referent(body)
    item = items_of(make_held(body, referent).id)[0]
    client.sign_in(referent)

    saved = client.send(address(item), typed(item, "Texte de Samir"), headers=AUTOSAVE)
    stale = client.send(address(item), typed(item, "Texte de Zohra"), headers=AUTOSAVE)
    wrong = client.send(address(item), typed(item, "x" * 100_001, 1), headers=AUTOSAVE)

    assert (saved.status_code, saved.json) == (200, {"version": 1})
    assert stale.status_code == 409 and stale.json and wrong.json
    assert stale.json["text"] == "Texte de Samir"
    assert stale.json["version"] == 1
    assert wrong.status_code == 422
    assert "caractères" in wrong.json["message"]
    db.session.refresh(item)
    assert item.notes == "Texte de Samir"


def test_notes_saved_in_the_same_second_never_silently_take_each_others_place(app: Flask) -> None:
    """Without the version, the last of eight would win and seven would not know."""
    director_id = make_director().id
    meeting = make_held(make_body(), db.session.get_one(Resident, director_id))
    item_id = items_of(meeting.id)[0].id

    def save(number: int) -> str:
        by, item = (
            db.session.get_one(Resident, director_id),
            db.session.get_one(AgendaItem, item_id),
        )
        services.save_notes(by, item, f"Texte {number}", 0)
        return f"Texte {number}"

    outcomes = all_at_once(app, [partial(save, number) for number in range(8)])

    assert outcomes.count(StaleMinutes) == 7
    item = db.session.get_one(AgendaItem, item_id)
    assert item.notes in outcomes and item.notes_version == 1


def test_a_member_or_a_visitor_writes_nothing(client: Visitor) -> None:
    conseil = make_conseil()
    seated = make_seat(conseil).resident
    item = items_of(make_held(conseil).id)[0]

    assert client.send(address(item), typed(item, "x")).status_code == 401
    assert client.sign_in(seated).send(address(item), typed(item, "x")).status_code == 403
    assert client.send(address(item), {}).status_code == 403
    draft = f"/reunions/{item.meeting_id}/compte-rendu/brouillon"
    assert client.send(draft, {"version": "0"}).status_code == 403
    client.sign_in(make_director())
    elsewhere = address(item).replace(str(item.meeting_id), "999", 1)
    assert client.send(elsewhere, typed(item, "x")).status_code == 404
    db.session.refresh(item)
    assert (item.notes, item.notes_version) == ("", 0)


def test_the_pages_of_minutes_send_as_many_statements_however_long(
    client: Visitor, statements: Statements
) -> None:
    sent = []
    for count in (2, 12):
        body = make_body()
        director = make_director()
        items = [f"Point {number}" for number in range(count)]
        meeting = make_held(body, director, agenda=items)
        for item in items_of(meeting.id):
            services.save_notes(director, item, "Dit", 0)
        client.sign_in(director)
        here = f"/reunions/{meeting.id}/compte-rendu"
        client.get(f"{here}/brouillon")
        statements.reset()
        client.get(f"{here}/brouillon")
        draft = len(statements)
        services.publish_minutes(director, db.session.get_one(Meeting, meeting.id), count)
        client.get(here)
        statements.reset()
        client.get(here)
        sent.append((draft, len(statements)))

    assert sent[0] == sent[1]
