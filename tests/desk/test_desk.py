"""Someone stands at the desk."""

import re

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def desk(client: Visitor) -> Resident:
    agent = make_with_role(Role.DESK)
    client.sign_in(agent)
    return agent


def test_a_grandmother_without_address_gets_a_card_that_opens_the_door(
    client: Visitor, ledger: Ledger
) -> None:
    agent = desk(client)

    answer = client.send(
        "/accueil/inscrire",
        {"given_name": "Fatou", "family_name": "N’Diaye", "quartier_id": "0", "sex": ""},
    )

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    digits = re.findall(r'class="digits">([\d ]+)<', answer.text)
    number, pin = (found.replace(" ", "") for found in digits)
    (entry,) = ledger.entries(Act.RESIDENT_REGISTERED)
    assert (entry.channel, entry.entered_by_key) == (Channel.DESK, agent.participation_key)
    client.send("/deconnexion")
    welcome = client.send("/connexion", {"identifier": number, "secret": pin})
    assert welcome.headers["Location"] == "/moi"


def test_someone_already_known_is_suggested_before_a_second_card(
    client: Visitor, ledger: Ledger
) -> None:
    desk(client)
    make_resident("Éloïse", family_name="Martin")
    typed = {"given_name": "martin", "family_name": "ELOISE", "quartier_id": "0", "sex": ""}

    asked = client.send("/accueil/inscrire", typed)

    assert "Est-ce l’une de ces personnes" in asked.text
    assert ledger.acts() == []
    sure = client.send("/accueil/inscrire", {**typed, "sure": "1"})
    assert 'class="digits"' in sure.text


def test_a_new_code_replaces_the_old_one(client: Visitor) -> None:
    resident = make_resident(email=None, pin="123456")
    desk(client)

    client.send(f"/accueil/personnes/{resident.id}/code")

    client.send("/deconnexion")
    refused = client.send("/connexion", {"identifier": resident.card_number, "secret": "123456"})
    assert refused.status_code == 422


def test_a_resident_does_not_enter_the_desk(client: Visitor, ledger: Ledger) -> None:
    client.sign_in(make_resident())

    assert client.get("/accueil").status_code == 403
    assert client.send("/accueil/inscrire", {"given_name": "A"}).status_code == 403
    assert db.session.scalar(select(Resident).where(Resident.given_name == "A")) is None
    assert ledger.acts() == []


def test_the_list_of_people_costs_the_same_however_long(
    client: Visitor, statements: Statements
) -> None:
    desk(client)
    counts = []
    for _ in range(2):
        for _ in range(20):
            make_resident("Amina", family_name="Diallo")
        statements.reset()
        answer = client.get("/accueil?q=diallo+amina")
        counts.append(len(statements))
        assert answer.status_code == 200

    assert counts[0] == counts[1] <= 6


def test_a_search_of_odd_characters_finds_nobody(client: Visitor) -> None:
    desk(client)

    assert client.get("/accueil?q=%00a").status_code == 200


def test_an_agent_gives_no_code_that_would_sign_in_as_the_direction(client: Visitor) -> None:
    desk(client)
    director = make_with_role(Role.DIRECTOR)
    address = f"/accueil/personnes/{director.id}"

    page, answer = client.get(address), client.send(f"{address}/code")

    assert f"{address}/code" not in page.text
    assert answer.status_code == 403
    assert db.session.get_one(Resident, director.id).pin_hash is None
