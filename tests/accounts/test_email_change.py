"""Another address."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.access_models import EmailChange
from app.accounts.models import Resident
from app.accounts.people_services import correct_person
from app.core.clock import at, now
from app.core.db import db
from app.core.rights import Role
from tests.accounts.letters import last_link, post
from tests.factories import make_resident, make_with_role
from tests.support import Visitor

SECRET = "soleil-pont-carotte"
OLD, NEW = "amina@example.org", "amina@exemple.fr"


@pytest.fixture
def amina(app: Flask) -> Resident:
    return make_resident(email=OLD, password=SECRET)


def ask(client: Visitor, email: str = NEW, proof: str = SECRET) -> int:
    return client.send("/moi/compte/adresse", {"email": email, "proof": proof}).status_code


def address(resident: Resident) -> str | None:
    db.session.rollback()
    db.session.refresh(resident)
    return resident.email


@pytest.mark.parametrize("first", [OLD, NEW])
def test_both_addresses_say_yes_in_either_order(
    client: Visitor, app: Flask, amina: Resident, first: str
) -> None:
    client.sign_in(amina)
    ask(client)
    links = {to: last_link(to) for to in (OLD, NEW)}
    reader = Visitor(app)

    reader.send(f"{links.pop(first)}/confirmer")
    halfway = address(amina)
    reader.send(f"{links.popitem()[1]}/confirmer")

    assert halfway == OLD
    assert address(amina) == NEW
    assert db.session.scalars(select(EmailChange)).all() == []


def test_opening_the_link_changes_nothing(client: Visitor, amina: Resident) -> None:
    client.sign_in(amina)
    ask(client)

    for to in (OLD, NEW):
        assert client.get(last_link(to)).status_code == 200

    assert address(amina) == OLD


def test_the_old_address_says_no_and_that_is_the_end(
    client: Visitor, app: Flask, amina: Resident
) -> None:
    client.sign_in(amina)
    ask(client)
    old, new = last_link(OLD), last_link(NEW)

    Visitor(app).send(f"{old}/refuser")
    late = Visitor(app).send(f"{new}/confirmer")

    assert late.status_code == 422
    assert address(amina) == OLD


def test_after_two_days_the_links_change_nothing(client: Visitor, amina: Resident) -> None:
    client.sign_in(amina)
    ask(client)
    old, new = last_link(OLD), last_link(NEW)
    client.send(f"{old}/confirmer")

    with at(now() + timedelta(hours=49)):
        assert client.send(f"{new}/confirmer").status_code == 422

    assert address(amina) == OLD


def test_a_link_of_a_change_asked_before_does_nothing_for_the_next(
    client: Visitor, amina: Resident
) -> None:
    client.sign_in(amina)
    ask(client, "piege@example.org")
    old = last_link(OLD)
    ask(client)

    assert client.send(f"{old}/confirmer").status_code == 422
    assert address(amina) == OLD


def test_someone_without_address_gives_one_with_their_card_s_code(client: Visitor) -> None:
    resident = make_resident(email=None, email_confirmed_at=None, pin="123456")
    client.sign_in(resident)
    refused = ask(client, proof="000000")
    ask(client, proof="123456")

    client.send(f"{last_link(NEW)}/confirmer")

    assert refused == 422
    assert address(resident) == NEW
    assert resident.email_confirmed_at


def test_an_address_never_confirmed_is_not_asked(client: Visitor) -> None:
    resident = make_resident(
        email=OLD, email_confirmed_at=None, registered_by_id=make_resident().id, password=SECRET
    )
    client.sign_in(resident)
    ask(client)

    client.send(f"{last_link(NEW)}/confirmer")

    assert [mail.to for mail in post()] == [NEW]
    assert address(resident) == NEW


@pytest.mark.parametrize("proof", ["", "faux", "x" * 500_000])
def test_without_the_password_nothing_is_asked(
    client: Visitor, amina: Resident, proof: str
) -> None:
    client.sign_in(amina)

    assert ask(client, proof=proof) == 422
    assert post() == []


def test_nobody_learns_that_the_address_is_someone_else_s(client: Visitor, amina: Resident) -> None:
    make_resident(email=NEW)
    client.sign_in(amina)

    answer = client.send("/moi/compte/adresse", {"email": NEW, "proof": SECRET})
    page = client.get("/moi/compte/adresse")

    assert answer.status_code == 302
    assert "Un changement attend" in page.text
    assert {mail.to: "déjà" in mail.subject for mail in post()} == {OLD: False, NEW: True}
    client.send(f"{last_link(OLD)}/confirmer")
    assert address(amina) == OLD


def test_an_address_taken_meanwhile_is_refused_by_the_database(
    client: Visitor, amina: Resident
) -> None:
    client.sign_in(amina)
    ask(client)
    old, new = last_link(OLD), last_link(NEW)
    client.send(f"{old}/confirmer")
    make_resident(email=NEW)

    assert client.send(f"{new}/confirmer").status_code == 409
    assert address(amina) == OLD


def test_a_change_under_way_ends_when_the_desk_changes_the_address(
    client: Visitor, app: Flask, amina: Resident
) -> None:
    """The desk's address is not confirmed yet: nobody would be asked for the change to go on."""
    client.sign_in(amina)
    ask(client)
    new = last_link(NEW)
    agent = make_with_role(Role.DESK)
    correct_person(agent, amina, email="amina@quartier.example")

    late = Visitor(app).send(f"{new}/confirmer")

    assert late.status_code == 422
    assert address(amina) == "amina@quartier.example"


def test_one_keeps_one_s_address_after_all(client: Visitor, amina: Resident) -> None:
    client.sign_in(amina)
    ask(client)
    new = last_link(NEW)

    client.send("/moi/compte/adresse/garder")

    assert client.send(f"{new}/confirmer").status_code == 422
    assert address(amina) == OLD


def test_the_owner_of_an_address_already_taken_reads_that_it_was_a_change(
    client: Visitor, amina: Resident
) -> None:
    make_resident("Karim", email=NEW)
    client.sign_in(amina)

    ask(client)

    [mail] = [mail for mail in post() if mail.to == NEW]
    assert "sur un autre compte" in mail.text
    assert "créer un compte" not in mail.text
    assert address(amina) == OLD
