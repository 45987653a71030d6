"""A tablet left to everyone: cards alone open it, and the team alone closes it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.access_models import SignIn
from app.audit.acts import AuditAct
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.limits import limiter
from app.core.rights import Role
from app.core.security import digest
from app.desk.kiosk_services import COOKIE
from app.ledger.acts import Act, Channel
from app.voting.models import Emargement
from tests.desk.tablets import PIN, enter, kiosks, make_kiosk
from tests.factories import make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import make_poll


def test_opening_a_kiosk_signs_the_agent_out_and_says_it_in_the_log(client: Visitor) -> None:
    agent = make_kiosk(client)

    menu = client.get("/borne")

    for words in ("Voter", "Soutenir une idée", "Voir le programme", "Ma carte"):
        assert words in menu.text
    assert "Le code est sur la bande que vous avez gardée." in client.get("/borne/connexion").text
    assert client.get("/accueil").status_code == 302
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.http_only
    (kiosk,) = kiosks()
    assert kiosk.opened_by_id == agent.id
    assert kiosk.token_hash not in cookie.value
    entries = db.session.scalars(select(AuditEntry)).all()
    assert [(entry.act, entry.by_id) for entry in entries] == [(AuditAct.KIOSK_OPENED, agent.id)]


def test_a_resident_opens_no_kiosk(client: Visitor) -> None:
    client.sign_in(make_resident())

    answers = [client.get("/accueil/borne"), client.send("/accueil/borne", {"name": "À moi"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert kiosks() == []
    assert client.get_cookie(COOKIE) is None


def test_elsewhere_the_kiosk_s_pages_do_not_exist(client: Visitor) -> None:
    assert client.get("/borne").headers["Location"] == "/"
    assert client.get("/borne/connexion").headers["Location"] == "/connexion"
    assert client.get("/borne/fermer").headers["Location"] == "/"
    card = make_resident(pin=PIN)
    assert enter(client, card).headers["Location"] == "/connexion"
    assert db.session.scalars(select(SignIn)).all() == []


def test_a_card_and_its_code_open_the_door_and_the_acts_are_the_kiosk_s(
    client: Visitor, ledger: Ledger
) -> None:
    fatou, proposal = make_resident("Fatou", pin=PIN), make_proposal()
    poll = make_poll()
    make_kiosk(client)

    answer = enter(client, fatou)
    client.send(f"/propositions/{proposal.id}/soutiens")
    client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "yes"})

    assert answer.headers["Location"] == "/borne"
    assert "Bonjour Fatou" in client.get("/borne").text
    assert "Aucun vote ne vous attend" in client.get("/borne").text
    (entry,) = ledger.entries(Act.PROPOSAL_SUPPORTED)
    assert (entry.channel, entry.entered_by_key) == (Channel.KIOSK, None)
    assert db.session.scalar(select(Emargement.channel)) == Channel.KIOSK
    assert kiosks()[0].last_used_at is not None
    session_cookie = client.get_cookie("session")
    assert session_cookie is not None
    assert session_cookie.expires is None


def test_the_menu_counts_the_votes_that_wait_for_the_person(client: Visitor) -> None:
    make_resident()
    make_poll()
    newcomer = make_resident(pin=PIN)
    make_kiosk(client)
    before = client.get("/borne").text

    enter(client, newcomer)

    assert "1 vote ouvert" in before
    assert "Aucun vote ne vous attend" in client.get("/borne").text


def test_where_one_was_going_is_kept_through_the_door(client: Visitor) -> None:
    fatou, poll = make_resident("Fatou", pin=PIN), make_poll()
    make_kiosk(client)

    first = client.get(f"/scrutins/{poll.id}/voter")
    second = client.get(first.headers["Location"])
    door = client.get(second.headers["Location"])
    target = re.search(r'name="next" value="([^"]+)"', door.text)

    assert target
    assert (
        enter(client, fatou, next=target.group(1))
        .headers["Location"]
        .startswith(f"/scrutins/{poll.id}/voter")
    )


def test_the_code_scanned_on_a_card_fills_its_number(client: Visitor) -> None:
    make_kiosk(client)

    answer = client.get("/connexion?carte=20260014")

    assert 'value="20260014"' in client.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    "path", ["/connexion", "/inscription", "/connexion/oubli", "/inscription/confirmation/abc"]
)
def test_there_is_no_other_way_in(client: Visitor, path: str) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")
    make_kiosk(client)
    typed = {"identifier": "amina@example.org", "secret": "soleil-pont-carotte"}

    answers = [client.get(path), client.send(path, typed)]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.headers["Location"].split("?")[0] for answer in answers} == {"/borne/connexion"}
    assert client.get("/moi").status_code == 302


def test_a_session_begun_otherwise_does_not_live_on_a_kiosk(client: Visitor) -> None:
    make_kiosk(client)
    client.sign_in(make_resident("Amina"))

    answer = client.get("/moi")

    assert answer.headers["Location"] == "/borne"
    ended = db.session.scalars(select(SignIn.ended_at).order_by(SignIn.signed_in_at)).all()
    assert None not in ended


@pytest.mark.parametrize("role", [Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR], ids=str)
def test_the_team_does_not_sign_in_there(client: Visitor, role: Role) -> None:
    other = make_with_role(role, pin=PIN)
    make_kiosk(client)

    answer = enter(client, other)

    assert answer.status_code == 422
    assert "votre propre appareil" in answer.text


def test_whoever_asked_for_a_second_factor_does_not_do_without_it_there(client: Visitor) -> None:
    careful = make_resident(pin=PIN, totp_secret="scellé")
    make_kiosk(client)

    assert enter(client, careful).status_code == 422


def test_codes_are_not_guessed_there_and_nobody_is_locked_out_elsewhere(
    client: Visitor, app: Flask
) -> None:
    fatou, amina = make_resident("Fatou", pin=PIN), make_resident("Amina", pin="654321")
    make_kiosk(client)
    other = Visitor(app)
    make_kiosk(other)
    limiter.enabled = True
    try:
        tries = [enter(client, fatou, f"00000{n}").status_code for n in range(8)]
        spaced = client.send(
            "/borne/connexion",
            {"card": f"{fatou.card_number[:4]} {fatou.card_number[4:]}", "pin": PIN},
        )
        neighbour = enter(client, amina, "654321")
        elsewhere = enter(other, fatou)
    finally:
        limiter.reset()
        limiter.enabled = False

    assert tries == [422] * 8
    assert spaced.status_code == 429
    assert neighbour.status_code == 302
    assert elsewhere.status_code == 302


def test_a_kiosk_closed_from_the_list_signs_out_whoever_is_there(
    client: Visitor, app: Flask
) -> None:
    agent = make_kiosk(client)
    enter(client, make_resident("Fatou", pin=PIN))
    desk = Visitor(app).sign_in(agent)
    line = desk.get("/accueil/borne").text

    closed = desk.send(f"/accueil/borne/{kiosks()[0].id}/fermer")

    assert "Tablette du hall" in line
    assert "Dernière carte" in line
    assert closed.status_code == 302
    answer = client.get("/moi")
    assert answer.headers["Location"] == "/"
    assert client.get_cookie(COOKIE) is None
    assert client.get("/connexion").status_code == 200
    assert desk.send(f"/accueil/borne/{kiosks()[0].id}/fermer").status_code == 404
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == [AuditAct.KIOSK_OPENED, AuditAct.KIOSK_CLOSED]


def test_the_team_closes_it_from_the_tablet_and_nobody_else(client: Visitor) -> None:
    make_kiosk(client)
    make_with_role(Role.DIRECTOR, email="claire@example.org", password="soleil-pont-carotte")
    fatou = make_resident("Fatou", pin=PIN)

    refused = client.send("/borne/fermer", {"identifier": fatou.card_number, "secret": PIN})
    assert refused.status_code == 422
    assert kiosks()[0].closed_at is None
    right = {"identifier": "claire@example.org", "secret": "soleil-pont-carotte"}
    closed = client.send("/borne/fermer", right)

    assert closed.headers["Location"] == "/connexion"
    assert client.get("/connexion").status_code == 200
    assert kiosks()[0].closed_at is not None
    assert client.get("/moi").status_code == 302


def test_the_team_s_codes_are_not_guessed_by_closing_it(client: Visitor) -> None:
    """However the card is spelled, a code of six digits takes no more tries than at the door."""
    agent = make_with_role(Role.DESK, pin=PIN)
    make_kiosk(client)
    limiter.enabled = True
    try:
        typed = [f"{agent.card_number[:n]}x{agent.card_number[n:]}" for n in range(8)]
        tries = [
            client.send("/borne/fermer", {"identifier": one, "secret": "000000"}).status_code
            for one in typed
        ]
        right = client.send("/borne/fermer", {"identifier": agent.card_number, "secret": PIN})
    finally:
        limiter.reset()
        limiter.enabled = False

    assert tries == [422] * 8
    assert right.status_code == 429
    assert kiosks()[0].closed_at is None


def test_a_cookie_made_up_is_no_kiosk(client: Visitor) -> None:
    client.set_cookie(COOKIE, "n’importe-quoi".encode().hex())

    answer = client.get("/borne")

    assert answer.headers["Location"] == "/"
    assert client.get_cookie(COOKIE) is None


def test_the_tablet_s_secret_is_not_in_the_database(client: Visitor) -> None:
    make_kiosk(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None

    assert kiosks()[0].token_hash != digest(cookie.value)
    assert len(kiosks()[0].token_hash) == 64
