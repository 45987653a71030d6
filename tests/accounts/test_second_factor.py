"""Proving twice who one is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import second_factor_services
from app.accounts.access_models import RecoveryCode
from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from tests.accounts.letters import post
from tests.accounts.phones import SECRET, code_of, enrolled, knock, sign_ins
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


@pytest.fixture
def amina(app: Flask) -> Resident:
    return make_resident(email="amina@example.org", password=SECRET, pin="123456")


@pytest.fixture
def director(app: Flask) -> Resident:
    return make_with_role(Role.DIRECTOR, email="direction@example.org", password=SECRET)


def test_the_password_alone_opens_nothing_of_the_director_s(
    client: Visitor, director: Resident, app: Flask
) -> None:
    enrolled(director)

    answer = knock(client, director)

    assert answer.headers["Location"] == "/connexion/code"
    assert sign_ins() == 0
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" not in (rule.methods or ()) or rule.arguments:
            continue
        if getattr(view, "policy", "public") != "public":
            assert client.get(rule.rule).status_code == 302, rule.rule


def test_the_code_of_the_phone_lets_in_and_goes_where_one_was_going(
    client: Visitor, director: Resident
) -> None:
    key, _codes = enrolled(director)
    knock(client, director, "/propositions?page=2")

    answer = client.send("/connexion/code", {"code": f" {code_of(key)[:3]} {code_of(key)[3:]}"})

    assert answer.headers["Location"] == "/propositions?page=2"
    assert client.get("/moi").status_code == 200


def test_a_way_back_outside_the_site_is_not_taken_after_the_code(
    client: Visitor, director: Resident
) -> None:
    key, _codes = enrolled(director)
    knock(client, director, "//mal.example")

    answer = client.send("/connexion/code", {"code": code_of(key), "next": "//mal.example"})

    assert answer.headers["Location"] == "/moi"


def test_a_code_serves_once_even_half_a_minute_later(
    client: Visitor, director: Resident, app: Flask
) -> None:
    key, _codes = enrolled(director)
    code = code_of(key)
    knock(client, director)
    client.send("/connexion/code", {"code": code})
    reader = Visitor(app)
    knock(reader, director)

    again = reader.send("/connexion/code", {"code": code})
    older = reader.send("/connexion/code", {"code": code_of(key, ago=30)})

    assert again.status_code == older.status_code == 422
    assert reader.get("/moi").status_code == 302


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_phone_half_a_minute_off_is_believed(
    client: Visitor, director: Resident, seconds: int
) -> None:
    key, _codes = enrolled(director)
    knock(client, director)

    assert client.send("/connexion/code", {"code": code_of(key, seconds)}).status_code == 302


@pytest.mark.parametrize("wrong", ["000000", "", "abc", "12345", "١٢٣٤٥٦", "1" * 900_000])
def test_a_wrong_code_lets_nobody_in(client: Visitor, director: Resident, wrong: str) -> None:
    enrolled(director)
    knock(client, director)

    assert client.send("/connexion/code", {"code": wrong}).status_code == 422
    assert sign_ins() == 0


def test_of_two_devices_with_one_code_one_comes_in(app: Flask, director: Resident) -> None:
    key, _codes = enrolled(director)
    code, director_id = code_of(key), director.id
    db.session.commit()

    def try_it(_n: int) -> bool:
        with app.test_request_context():
            person = db.session.get_one(Resident, director_id)
            return second_factor_services.check_code(person, code)

    with ThreadPoolExecutor(8) as devices:
        came_in = list(devices.map(try_it, range(8)))

    assert came_in.count(True) == 1


def test_a_spare_code_serves_once_and_its_owner_is_told(
    client: Visitor, director: Resident, app: Flask
) -> None:
    _key, codes = enrolled(director)
    knock(client, director)
    first = client.send("/connexion/code", {"code": codes[3].upper()})
    finder = Visitor(app)
    knock(finder, director)

    second = finder.send("/connexion/code", {"code": codes[3]})

    assert first.status_code == 302
    assert second.status_code == 422
    assert any("secours" in mail.subject for mail in post())


def test_only_digests_of_the_codes_and_a_sealed_key_are_kept(director: Resident) -> None:
    key, codes = enrolled(director)

    kept = " ".join(db.session.scalars(select(RecoveryCode.code_hash)))
    assert len(codes) == 10
    assert not any(code.replace("-", "") in kept for code in codes)
    assert director.totp_secret
    assert key not in director.totp_secret


def test_a_sealed_key_copied_to_someone_else_opens_nothing(
    director: Resident, amina: Resident
) -> None:
    enrolled(director)

    amina.totp_secret = director.totp_secret

    assert second_factor_services.key_of(amina) is None
    assert second_factor_services.key_of(director) is not None


def test_waiting_too_long_starts_again(client: Visitor, director: Resident) -> None:
    key, _codes = enrolled(director)
    knock(client, director)
    with client.session_transaction() as mine:
        mine["second_factor"][2] -= 16 * 60
        mine.modified = True

    assert (
        client.send("/connexion/code", {"code": code_of(key)}).headers["Location"] == "/connexion"
    )


def test_a_password_changed_meanwhile_starts_again(
    client: Visitor, director: Resident, app: Flask
) -> None:
    key, _codes = enrolled(director)
    knock(client, director)
    director.password_hash = None
    db.session.commit()

    assert (
        client.send("/connexion/code", {"code": code_of(key)}).headers["Location"] == "/connexion"
    )


def test_a_card_does_not_go_around_the_second_factor(client: Visitor, amina: Resident) -> None:
    enrolled(amina)

    card = client.send("/connexion", {"identifier": amina.card_number, "secret": "123456"})

    assert card.headers["Location"] == "/connexion/code"
    assert client.get("/moi").status_code == 302


def test_a_text_written_before_signing_in_is_kept_through_the_two_steps(
    client: Visitor, director: Resident
) -> None:
    key, _codes = enrolled(director)
    text = {"next": "/propositions/1/commentaires", "kept-text": "J’apporte le couscous."}
    page = client.send("/connexion", {"identifier": director.email, "secret": SECRET, **text})
    assert 'name="kept-text"' in page.text

    answer = client.send("/connexion/code", {"code": code_of(key), "kept-text": text["kept-text"]})

    assert 'name="text"' in answer.text
    assert 'action="/propositions/1/commentaires"' in answer.text
