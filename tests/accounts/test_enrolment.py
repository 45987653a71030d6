"""Adding a second factor, changing it, taking it away, and losing it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

import config
from app.accounts import role_services, second_factor_services
from app.accounts.access_models import RecoveryCode
from app.accounts.models import Resident
from app.accounts.second_factor_cli import code as code_command
from app.accounts.second_factor_cli import reset_second_factor
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden
from app.core.rights import Role
from tests.accounts.phones import SECRET, code_of, enrolled, knock
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


@pytest.fixture
def amina(app: Flask) -> Resident:
    return make_resident(email="amina@example.org", password=SECRET, pin="123456")


@pytest.fixture
def director(app: Flask) -> Resident:
    return make_with_role(Role.DIRECTOR, email="direction@example.org", password=SECRET)


def test_a_director_without_second_factor_adds_one_before_coming_in(
    client: Visitor, director: Resident
) -> None:
    answer = knock(client, director)
    page = client.get("/connexion/deux-etapes")
    found = re.search(r"<strong>([A-Z2-7 ]{39})</strong>", page.text)
    assert found
    key = found[1].replace(" ", "")
    codes = client.send("/connexion/deux-etapes", {"code": code_of(key)})

    assert answer.headers["Location"] == "/connexion/deux-etapes"
    assert "<svg" in page.text
    assert codes.headers["Cache-Control"] == "no-store"
    assert len(re.findall(r"<code[^>]*>[a-z2-9]{5}-[a-z2-9]{5}</code>", codes.text)) == 10
    assert client.get("/moi").status_code == 200


def test_a_page_of_enrolment_left_open_adds_nothing_to_someone_else(
    client: Visitor, director: Resident
) -> None:
    assert client.get("/connexion/deux-etapes").headers["Location"] == "/connexion"
    assert client.send("/connexion/deux-etapes", {"code": "123456"}).status_code == 302
    assert client.send("/connexion/code", {"code": "123456"}).status_code == 302
    assert director.totp_secret is None


def test_someone_with_a_second_factor_is_not_led_to_add_another(
    client: Visitor, director: Resident
) -> None:
    enrolled(director)
    before = director.totp_secret
    knock(client, director)

    answer = client.send("/connexion/deux-etapes", {"code": "123456"})

    assert answer.headers["Location"] == "/connexion"
    db.session.refresh(director)
    assert director.totp_secret == before


def test_someone_made_director_is_signed_out_and_comes_back_with_two_steps(
    client: Visitor, amina: Resident
) -> None:
    client.sign_in(amina)

    role_services.give_role(None, amina, Role.DIRECTOR)

    assert client.get("/moi").status_code == 302
    assert knock(client, amina).headers["Location"] == "/connexion/deux-etapes"


def test_anyone_may_add_and_take_away_a_second_factor(client: Visitor, amina: Resident) -> None:
    client.sign_in(amina)
    page = client.get("/moi/securite/deux-etapes")
    found = re.search(r"<strong>([A-Z2-7 ]{39})</strong>", page.text)
    assert found
    key = found[1].replace(" ", "")
    path, right = "/moi/securite/deux-etapes", {"code": code_of(key), "proof": SECRET}
    wrong = client.send(path, {**right, "code": "000000"})
    unproved = client.send(path, {**right, "proof": ""})
    added = client.send(path, right)
    refused = client.send("/moi/securite/deux-etapes/retirer", {"proof": "faux"})
    removed = client.send("/moi/securite/deux-etapes/retirer", {"proof": SECRET})

    assert (wrong.status_code, unproved.status_code) == (422, 422)
    assert "codes de secours" in added.text
    assert refused.status_code == 422
    assert removed.headers["Location"] == "/moi/securite"
    db.session.refresh(amina)
    assert amina.totp_secret is None
    assert db.session.scalars(select(RecoveryCode)).all() == []


def test_a_director_keeps_the_second_factor(client: Visitor, director: Resident) -> None:
    enrolled(director)
    client.sign_in(director)

    client.send("/moi/securite/deux-etapes/retirer", {"proof": SECRET})

    with pytest.raises(Forbidden):
        second_factor_services.remove(director)
    db.session.refresh(director)
    assert director.totp_secret


def test_a_director_changes_phone_with_the_old_one_or_a_spare_code(
    client: Visitor, director: Resident
) -> None:
    _old, codes = enrolled(director)
    director.password_hash = None
    db.session.commit()
    client.sign_in(director)
    page = client.get("/moi/securite/deux-etapes")
    found = re.search(r"<strong>([A-Z2-7 ]{39})</strong>", page.text)
    assert found
    new = found[1].replace(" ", "")
    path = "/moi/securite/deux-etapes"

    refused = client.send(path, {"code": code_of(new), "proof": "000000"})
    changed = client.send(path, {"code": code_of(new), "proof": codes[0]})

    assert refused.status_code == 422
    assert changed.status_code == 200
    assert second_factor_services.key_of(director) == new
    assert not second_factor_services.check_code(director, codes[1])


def test_new_spare_codes_take_the_place_of_the_old_ones(client: Visitor, amina: Resident) -> None:
    _key, old = enrolled(amina)
    client.sign_in(amina)

    page = client.send("/moi/securite/codes-de-secours", {"proof": SECRET})

    new = re.findall(r"<code[^>]*>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)
    assert len(new) == 10
    assert not second_factor_services.check_code(amina, old[0])
    assert second_factor_services.check_code(amina, new[0])


def test_a_lost_phone_is_mended_from_the_server_and_noted(
    app: Flask, client: Visitor, director: Resident
) -> None:
    enrolled(director)
    client.sign_in(director)

    answer = app.test_cli_runner().invoke(reset_second_factor, ["direction@example.org"])

    assert answer.exit_code == 0, answer.output
    db.session.rollback()
    assert db.session.scalars(select(AuditEntry.act)).all()[-1] == "second_factor:reset"
    assert client.get("/moi").status_code == 302
    assert knock(client, director).headers["Location"] == "/connexion/deux-etapes"


def test_the_demonstration_shows_its_code_in_development_and_nowhere_else(
    app: Flask, client: Visitor, director: Resident
) -> None:
    second_factor_services.set_demonstration_key(director)
    db.session.commit()
    runner = app.test_cli_runner()
    app.config["DEMO"] = True
    try:
        knock(client, director)
        page = client.get("/connexion/code").text
        command = runner.invoke(code_command, ["direction@example.org"]).output
    finally:
        app.config["DEMO"] = False
    hidden = client.get("/connexion/code").text
    refused = runner.invoke(code_command, ["direction@example.org"])

    assert "Démonstration" in page
    assert re.search(r"\d{3} \d{3}</strong>", page)
    assert re.fullmatch(r"\d{6}\n", command)
    assert "Démonstration" not in hidden
    assert refused.exit_code == 1


def test_in_production_there_is_no_key_that_everyone_knows(app: Flask, director: Resident) -> None:
    assert not config.Production.DEMO
    known = app.config["DEMO_SECOND_FACTOR"]
    app.config["DEMO_SECOND_FACTOR"] = config.Production.DEMO_SECOND_FACTOR
    try:
        second_factor_services.set_demonstration_key(director)
    finally:
        app.config["DEMO_SECOND_FACTOR"] = known

    assert director.totp_secret is None


def test_the_demonstration_shows_nobody_else_s_code(
    app: Flask, client: Visitor, director: Resident
) -> None:
    enrolled(director)
    app.config["DEMO"] = True
    try:
        knock(client, director)
        page = client.get("/connexion/code").text
    finally:
        app.config["DEMO"] = False

    assert "Démonstration" not in page
