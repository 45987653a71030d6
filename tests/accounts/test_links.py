"""Ways back in by a mailed link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import link_services
from app.accounts.access_models import LinkKind, MailedLink, SignIn
from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Invalid
from tests.accounts.letters import last_link, post
from tests.factories import make_resident
from tests.support import Visitor

ADDRESS = {"email": "amina@example.org"}
CHOSEN = {"password": "un-deux-trois-soleil"}


def test_someone_without_password_comes_in_by_a_link_that_serves_once(
    client: Visitor, app: Flask
) -> None:
    make_resident(email="amina@example.org")
    asked = client.send("/connexion/lien", ADDRESS)
    link = last_link("amina@example.org")

    first = client.send(link)
    finder = Visitor(app)
    second = finder.send(link)

    assert asked.headers["Location"] == "/connexion/lien/envoye"
    assert first.headers["Location"] == "/moi"
    assert second.status_code == 422
    assert finder.get("/moi").status_code == 302


def test_of_several_people_with_one_link_one_comes_in(client: Visitor, app: Flask) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    token = last_link("amina@example.org").rsplit("/", 1)[1]

    def try_it(_n: int) -> bool:
        with app.test_request_context():
            try:
                return link_services.enter(token) is not None
            except Invalid:
                return False

    with ThreadPoolExecutor(8) as people:
        came_in = list(people.map(try_it, range(8)))

    assert came_in.count(True) == 1


def test_a_program_that_opens_every_link_of_a_mail_uses_none_up(
    client: Visitor, app: Flask
) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    link = last_link("amina@example.org")

    scanner = Visitor(app)
    for _ in range(3):
        assert scanner.get(link).status_code == 200
    scanner.open(link, method="HEAD")

    assert scanner.get("/moi").status_code == 302
    assert client.send(link).headers["Location"] == "/moi"


def test_a_link_to_come_in_dies_after_a_quarter_of_an_hour(client: Visitor) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    link = last_link("amina@example.org")

    with at(now() + timedelta(minutes=16)):
        page, answer = client.get(link), client.send(link)

    assert "n’est plus valable" in page.text
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/connexion/lien", "/connexion/oubli"])
def test_an_unknown_address_gets_no_mail_and_is_not_kept(client: Visitor, path: str) -> None:
    client.send(path, {"email": "inconnue@example.org"})

    assert post() == []
    assert db.session.scalars(select(MailedLink)).all() == []


def test_a_reset_link_serves_once_and_signs_out_everywhere(client: Visitor, app: Flask) -> None:
    resident = make_resident(email="amina@example.org", password="soleil-pont-carotte")
    thief = Visitor(app).sign_in(resident)
    client.send("/connexion/oubli", ADDRESS)
    link = last_link("amina@example.org")

    first = client.send(link, CHOSEN)
    second = client.send(link, {"password": "quatre-cinq-six-lune"})

    assert first.headers["Location"] == "/moi"
    assert "n’est plus valable" in second.text
    assert thief.get("/moi").status_code == 302
    right = {"identifier": "amina@example.org", **{"secret": CHOSEN["password"]}}
    assert Visitor(app).send("/connexion", right).status_code == 302


def test_choosing_a_password_undoes_the_other_links_asked_before(
    client: Visitor, app: Flask
) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    enter = last_link("amina@example.org")
    client.send("/connexion/oubli", ADDRESS)
    client.send(last_link("amina@example.org"), CHOSEN)

    assert Visitor(app).send(enter).status_code == 422


def test_a_link_of_one_kind_does_nothing_of_another(client: Visitor, app: Flask) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")
    client.send("/connexion/lien", ADDRESS)
    token = last_link("amina@example.org").rsplit("/", 1)[1]

    reset = Visitor(app).send(f"/connexion/nouveau/{token}", CHOSEN)
    welcome = Visitor(app).send(f"/inscription/bienvenue/{token}", CHOSEN)

    assert "n’est plus valable" in reset.text
    assert "n’est plus valable" in welcome.text


@pytest.mark.parametrize(
    "path",
    [
        "/connexion/lien/un-lien",
        "/connexion/nouveau/un-lien",
        "/inscription/bienvenue/un-lien",
        "/inscription/confirmation/un-lien",
        "/adresse/un-lien",
    ],
)
def test_the_address_of_a_mailed_link_goes_nowhere_else(client: Visitor, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store"


REFERER = {"no-referrer": "", "strict-origin": "https://localhost/", "same-origin": "{page}"}
"""What a browser sends along with a form, by the policy of the page it is on."""


def test_behind_https_the_button_of_a_mailed_link_brings_in(client: Visitor) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    page = f"https://localhost{last_link('amina@example.org')}"

    policy = client.get(page).headers["Referrer-Policy"]
    client.environ_base["HTTP_REFERER"] = REFERER[policy].format(page=page)
    answer = client.send(page)

    assert answer.headers["Location"] == "/moi"


def test_registering_uses_up_none_of_the_mails_that_bring_in(client: Visitor, app: Flask) -> None:
    """Whoever knows an address would otherwise keep its owner out, four requests an hour."""
    make_resident(email="amina@example.org")
    stranger = Visitor(app)
    for _ in range(link_services.MOST_AN_HOUR + 1):
        link_services.ask_link(LinkKind.REGISTER, "amina@example.org", {"given_name": "X"})
        post()

    stranger.send("/connexion/lien", ADDRESS)

    assert client.send(last_link("amina@example.org")).headers["Location"] == "/moi"


def test_only_a_digest_of_the_link_is_kept(client: Visitor) -> None:
    make_resident(email="amina@example.org")
    client.send("/connexion/lien", ADDRESS)
    token = last_link("amina@example.org").rsplit("/", 1)[1]

    link = db.session.scalars(select(MailedLink)).one()
    assert link.token_hash
    assert token not in link.token_hash


def test_a_session_planted_before_signing_in_is_not_the_one_used_after(
    client: Visitor, app: Flask
) -> None:
    attacker = make_resident()
    make_resident(email="amina@example.org", password="soleil-pont-carotte")
    client.sign_in(attacker)
    with client.session_transaction() as planted:
        planted["planted"] = "x"
        before = planted["sign_in"]
    right = {"identifier": "amina@example.org", "secret": "soleil-pont-carotte"}

    client.send("/connexion", right)

    with client.session_transaction() as after:
        assert "planted" not in after
        assert after["sign_in"] != before
    live = db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()
    assert [one.resident_id for one in live] != [attacker.id]
    assert len(live) == 1
