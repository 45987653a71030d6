"""On a tablet left to everyone nobody is forgotten there, and nothing is kept of them."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.core import pages
from app.core.clock import at, now
from app.desk.kiosk_guard import _kept_in
from app.desk.kiosk_services import COOKIE
from app.ledger.acts import Act
from tests.desk.tablets import PIN, enter, make_kiosk
from tests.factories import make_proposal, make_resident
from tests.support import Ledger, Visitor


def test_ninety_seconds_without_a_gesture_end_the_session_whatever_the_browser_does(
    client: Visitor, ledger: Ledger
) -> None:
    fatou, proposal = make_resident("Fatou", pin=PIN), make_proposal()
    make_kiosk(client)
    moment = now()
    with at(moment):
        enter(client, fatou)

    with at(moment + timedelta(seconds=80)):
        assert client.send("/borne/encore-la").status_code == 204
    with at(moment + timedelta(seconds=160)):
        assert client.get("/moi").status_code == 200
    with at(moment + timedelta(seconds=251)):
        late = client.send(f"/propositions/{proposal.id}/soutiens")
        menu = client.get("/borne")

    assert late.headers["Location"] == "/borne"
    assert late.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Séance fermée" in menu.text
    assert "Fatou" not in menu.text
    assert ledger.entries(Act.PROPOSAL_SUPPORTED) == []


def test_another_device_is_not_signed_out_after_ninety_seconds(client: Visitor) -> None:
    client.sign_in(make_resident())

    with at(now() + timedelta(minutes=10)):
        assert client.get("/moi").status_code == 200


def test_without_javascript_the_page_leaves_by_itself(client: Visitor) -> None:
    make_kiosk(client)
    assert 'http-equiv="refresh"' not in client.get("/borne").text

    enter(client, make_resident(pin=PIN))

    refresh = '<noscript><meta http-equiv="refresh" content="91;url=/borne"></noscript>'
    assert refresh in client.get("/moi").text


def test_nothing_is_kept_by_the_browser(client: Visitor) -> None:
    make_kiosk(client)
    visited = [client.get(path) for path in ("/borne", "/", "/propositions", "/rien", "/moi")]
    enter(client, make_resident(pin=PIN))
    visited += [client.get(path) for path in ("/moi", "/propositions/nouvelle", "/borne")]

    left = client.send("/borne/terminer")

    assert {answer.headers["Cache-Control"] for answer in [*visited, left]} == {"no-store"}
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get_cookie(COOKIE) is not None
    assert client.get("/moi").status_code == 302
    for answer in visited:
        forms = re.findall(r"<form[^>]*>", answer.text)
        assert all('autocomplete="off"' in form for form in forms)
        assert set(re.findall(r'<input[^>]*autocomplete="([^"]*)"', answer.text)) <= {
            "one-time-code"
        }
        assert 'type="file"' not in answer.text


def test_the_usual_sign_out_leaves_nothing_either(client: Visitor) -> None:
    make_kiosk(client)
    enter(client, make_resident(pin=PIN))

    left = client.send("/deconnexion")

    assert left.headers["Location"] == "/borne"
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<a class="x" href="https://ailleurs.example/a">a</a>', '<a class="x">a</a>'),
        ('<a href="//ailleurs.example">a</a>', "<a>a</a>"),
        ('<a href="mailto:x@example.org">a</a>', "<a>a</a>"),
        ('<a href="tel:+33100000000">a</a>', "<a>a</a>"),
        ('<a href="/propositions">a</a>', '<a href="/propositions">a</a>'),
        ('<a href="?page=2">a</a>', '<a href="?page=2">a</a>'),
        ('<a href="#contenu">a</a>', '<a href="#contenu">a</a>'),
        (
            '<input autocomplete="username" name="x">',
            '<input name="x">',
        ),
    ],
)
def test_no_link_leads_out_and_no_box_remembers(app: Flask, written: str, kept: str) -> None:
    with app.test_request_context():
        assert _kept_in(written) == kept


def test_an_old_form_gives_nothing_of_the_person_before_to_the_next(
    client: Visitor, ledger: Ledger
) -> None:
    """Back, then « send again »: the browser still holds what the one before had sent."""
    amina, fatou = make_resident("Amina", pin=PIN), make_resident("Fatou", pin=PIN)
    proposal = make_proposal()
    make_kiosk(client)
    enter(client, amina)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/moi").text)
    assert token
    client.send("/borne/terminer")
    enter(client, fatou)

    again = client.post(
        f"/propositions/{proposal.id}/commentaires",
        data={"csrf_token": token.group(1), "text": "Mes mots à moi, Amina, et longs."},
    )

    assert again.headers["Location"] == "/borne"
    assert "Mes mots" not in again.text
    assert ledger.entries(Act.COMMENT_POSTED) == []


def test_a_refused_code_cannot_be_sent_again_from_the_history(client: Visitor) -> None:
    fatou = make_resident("Fatou", pin=PIN)
    make_kiosk(client)
    page = client.get("/borne/connexion")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    typed = {"csrf_token": token.group(1), "card": fatou.card_number, "pin": "999999"}

    first = client.post("/borne/connexion", data=typed)
    again = client.post("/borne/connexion", data={**typed, "pin": PIN})

    assert first.status_code == 422
    assert f'value="{fatou.card_number}"' in first.text
    assert "999999" not in first.text
    assert again.headers["Location"] == "/borne"
    assert client.get("/moi").status_code == 302


def test_a_card_s_session_does_not_leave_the_tablet(client: Visitor, app: Flask) -> None:
    """Someone copies the session's cookie onto a device of their own."""
    make_kiosk(client)
    enter(client, make_resident("Fatou", pin=PIN))
    stolen = client.get_cookie("session")
    assert stolen is not None
    thief = Visitor(app)
    thief.set_cookie("session", stolen.value)

    answer = thief.get("/moi")

    assert answer.headers["Location"] == "/"
    assert client.get("/moi").status_code == 302


def test_pages_kept_in_memory_are_neither_taken_from_a_kiosk_nor_given_to_it(
    client: Visitor, app: Flask
) -> None:
    make_kiosk(client)
    client.get("/borne")
    app.config["PAGE_CACHE"] = True
    pages.forget()
    try:
        from_kiosk = client.get("/propositions")
        kept_of_kiosk = pages.count()
        visitor = Visitor(app)
        visitor.get("/propositions")
        kept = pages.count()
        again = client.get("/propositions")
        outside = visitor.get("/propositions")
    finally:
        app.config["PAGE_CACHE"] = False
        pages.forget()

    assert kept_of_kiosk == 0
    assert kept == 1
    assert 'class="kiosk"' in from_kiosk.text
    assert 'class="kiosk"' in again.text
    assert again.headers["Cache-Control"] == "no-store"
    assert "kiosk" not in outside.text
