"""Public pages kept in memory: never stale, never someone else's."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.core import pages
from app.core.db import db
from app.proposals import services
from tests.factories import make_proposal, make_resident
from tests.support import Statements, Visitor


@pytest.fixture(autouse=True)
def remembering(app: Flask) -> Iterator[None]:
    app.config["PAGE_CACHE"] = True
    yield
    app.config["PAGE_CACHE"] = False
    pages.forget()


def test_a_second_visitor_costs_one_statement(app: Flask, statements: Statements) -> None:
    first = Visitor(app).get("/propositions")
    statements.reset()

    second = Visitor(app).get("/propositions")

    assert len(statements) == 1
    assert second.text == first.text


def test_an_act_shows_at_once(app: Flask) -> None:
    proposal = make_proposal(title="Des bancs")
    address = f"/propositions/{proposal.id}"
    before = Visitor(app).get(address).text

    services.support(proposal, make_resident())

    assert Visitor(app).get(address).text != before


def test_someone_signed_in_sees_their_own_page(app: Flask, client: Visitor) -> None:
    Visitor(app).get("/")
    client.sign_in(make_resident("Amina"))

    mine = client.get("/")

    assert "Mon espace" in mine.text
    assert "Mon espace" not in Visitor(app).get("/").text


def test_a_form_is_never_shared(app: Flask) -> None:
    tokens = {Visitor(app).get("/connexion").text for _ in range(2)}

    assert len(tokens) == 2


def test_a_page_that_has_not_changed_is_not_sent_again(app: Flask) -> None:
    etag = Visitor(app).get("/propositions").headers["ETag"]

    again = Visitor(app).get("/propositions", headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.data == b""


def test_addresses_made_up_do_not_fill_the_memory(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 8)

    for number in range(12):
        Visitor(app).get(f"/mentions-legales?n={number}")

    assert pages.count() == 8


def test_a_page_kept_for_one_name_of_the_site_is_not_sent_under_another(app: Flask) -> None:
    stranger = Visitor(app).get("/projet-social", base_url="http://elsewhere.example")
    assert "elsewhere.example" in stranger.text

    neighbour = Visitor(app).get("/projet-social")

    assert "elsewhere.example" not in neighbour.text


@pytest.mark.parametrize("bytes_", ["q=\xff", "q=%FF", "q=%00", "q=%ED%A0%80"])
def test_a_query_of_odd_bytes_breaks_nothing(app: Flask, bytes_: str) -> None:
    odd = {"QUERY_STRING": bytes_}

    assert Visitor(app).get("/", environ_overrides=odd).status_code == 200
    assert Visitor(app).get("/moi", environ_overrides=odd).status_code == 302
    assert Visitor(app).post("/connexion", environ_overrides=odd).status_code == 400


@pytest.mark.parametrize("number", ["0", "1234567", "000000001" + "9" * 20, "9" * 5000, "²"])
def test_a_page_number_no_list_has_is_not_found(app: Flask, number: str) -> None:
    assert Visitor(app).get("/propositions", query_string={"page": number}).status_code == 404


def test_health_says_that_the_database_is_down(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("SELECT", {}, Exception("unreachable"))

    monkeypatch.setattr(db.engine.dialect, "do_execute", down)

    answer = Visitor(app).get("/sante")

    assert (answer.status_code, answer.get_json()["status"]) == (503, "down")
