"""What was said is written point by point, by several hands, and nothing of it is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from werkzeug.test import TestResponse

from app.accounts.models import Resident
from app.bodies import minutes_services as services
from app.bodies.minutes_services import fingerprint, items_of, seal
from app.bodies.models import AgendaItem, Meeting
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_director,
    make_held,
    make_meeting,
    make_referent,
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")

AUTOSAVE = {"X-Autosave": "1"}
SECRET = "Madame Diallo demande une aide."


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

    def one(number: int) -> bool:
        with app.app_context():
            by, item = (
                db.session.get_one(Resident, director_id),
                db.session.get_one(AgendaItem, item_id),
            )
            try:
                services.save_notes(by, item, f"Texte {number}", 0)
            except Conflict:
                return False
            finally:
                db.session.remove()
        return True

    db.session.remove()
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(one, range(8)))

    assert sum(kept) == 1
    item = db.session.get_one(AgendaItem, item_id)
    assert (item.notes, item.notes_version) == (f"Texte {kept.index(True)}", 1)


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


def test_a_private_point_is_for_members_and_the_seal_holds_for_all(client: Visitor) -> None:
    conseil = make_conseil()
    director, seated = make_director(), make_seat(conseil).resident
    meeting = make_held(conseil, director)
    first, second = items_of(meeting.id)
    services.save_notes(director, first, "Le budget est voté.", 0)
    services.save_notes(director, second, SECRET, 0, is_private=True)
    services.publish_minutes(director, meeting, meeting.edition, approval_note="Par écrit.")
    here = f"/reunions/{meeting.id}"

    public = client.get(f"{here}/compte-rendu").get_data(as_text=True)
    assert "Le budget est voté." in public
    assert SECRET not in public and "La fête" in public
    assert "Ce texte est celui qui a été publié" in public
    assert client.get(f"{here}/compte-rendu-complet.pdf").status_code == 302
    assert SECRET not in client.get("/recherche?q=Diallo").get_data(as_text=True)
    stranger = client.sign_in(make_resident())
    assert stranger.get(f"{here}/compte-rendu-complet.pdf").status_code == 403
    assert SECRET in client.sign_in(seated).get(f"{here}/compte-rendu").get_data(as_text=True)
    # The fingerprint alone says nothing of a short text: it is salted.
    assert fingerprint(second) and second.salt
    with db.session.no_autoflush:
        second.salt = "0" * 32
        assert seal(meeting, [first, second]) != meeting.minutes_sha256
    db.session.rollback()


def test_what_was_said_is_frozen_once_published() -> None:
    director = make_director()
    meeting = make_held(make_body(), director)
    item = items_of(meeting.id)[0]
    services.save_notes(director, item, "Le budget est voté.", 0)
    services.publish_minutes(director, meeting, meeting.edition)

    with pytest.raises(Conflict):
        services.save_notes(director, item, "Autre chose", 1)
    for statement in (
        f"UPDATE agenda_items SET notes = 'x' WHERE id = {item.id}",
        f"UPDATE agenda_items SET is_private = NOT is_private WHERE id = {item.id}",
        f"DELETE FROM agenda_items WHERE id = {item.id}",
        f"UPDATE meetings SET approval_note = 'x' WHERE id = {meeting.id}",
    ):
        with pytest.raises(DatabaseError, match="frozen"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_conseil_says_who_approved_its_minutes(client: Visitor, ledger: Ledger) -> None:
    conseil, director = make_conseil(), make_director()
    seats = [make_seat(conseil, director=director).resident for _number in range(3)]
    meeting = make_held(conseil, director, present=seats)
    services.save_notes(director, items_of(meeting.id)[0], "Le budget est voté.", 0)
    empty = make_held(
        conseil, director, present=[make_resident()], starts_at=EVENING + timedelta(days=30)
    )
    later = make_held(conseil, director, present=seats, starts_at=EVENING + timedelta(days=60))
    before = make_held(conseil, director, present=seats, starts_at=EVENING - timedelta(days=30))
    edition = meeting.edition

    with pytest.raises(Invalid, match="Dites à quelle réunion"):
        services.publish_minutes(director, meeting, edition)
    for wrong in (before, empty, make_held(make_body(), director, starts_at=later.starts_at)):
        with pytest.raises(Invalid):
            services.publish_minutes(director, meeting, edition, approved_in=wrong)
    assert ledger.entries(Act.MINUTES_PUBLISHED) == []

    client.sign_in(director)
    answer = client.send(
        f"/reunions/{meeting.id}/compte-rendu/publication",
        {"version": str(edition), "approved_in": str(later.id)},
    )

    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "Approuvé par les membres à la réunion du" in page
    assert len(ledger.entries(Act.MINUTES_PUBLISHED)) == 1


def test_notes_begin_with_the_meeting_and_are_published_after_it() -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)
    item = items_of(meeting.id)[0]

    with at(EVENING - timedelta(hours=1)), pytest.raises(Forbidden):
        services.save_notes(director, item, "Trop tôt", 0)
    with at(EVENING + timedelta(minutes=1)):
        services.save_notes(director, item, "C’est commencé.", 0)
        with pytest.raises(Invalid):
            services.publish_minutes(director, meeting, meeting.edition)
        with pytest.raises(Invalid):
            services.circulate(director, meeting)


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
