"""The devices one is signed in on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import devices
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.services import act_for
from app.accounts.session_services import end_one, forget_old, public_name
from app.core.clock import at, now
from app.core.db import ChangeStamp, db
from app.core.errors import Invalid
from tests.accounts.letters import post
from tests.factories import make_resident
from tests.support import Statements, Visitor

SECRET = "soleil-pont-carotte"
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0"
)
RIGHT = {"identifier": "amina@example.org", "secret": SECRET}


def from_device(app: Flask, agent: str) -> Visitor:
    visitor = Visitor(app)
    visitor.environ_base["HTTP_USER_AGENT"] = agent
    return visitor


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Téléphone Android, Firefox"),
        (WINDOWS, "Ordinateur Windows, Edge"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "iPhone, Safari",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/128.0 Safari/537.36",
            "Ordinateur Linux, Chrome",
        ),
        ("curl/8", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_a_device_is_named_in_plain_words(app: Flask, agent: str, words: str) -> None:
    assert devices.words(agent) == words


def test_one_sees_one_s_devices_and_signs_out_the_one_left_on_the_bus(app: Flask) -> None:
    make_resident(email="amina@example.org", password=SECRET)
    phone, desktop = from_device(app, ANDROID), from_device(app, WINDOWS)
    phone.send("/connexion", RIGHT)
    desktop.send("/connexion", RIGHT)
    page = desktop.get("/moi/securite").text
    lost = next(one for one in db.session.scalars(select(SignIn)) if one.device == ANDROID)

    desktop.send(f"/moi/securite/appareils/{public_name(lost.token_hash)}/deconnecter")

    assert page.index("Ordinateur Windows, Edge") < page.index("Téléphone Android, Firefox")
    assert page.count("Cet appareil") == 1
    assert page.count(" · vu ") == 1
    assert phone.get("/moi").status_code == 302
    assert desktop.get("/moi").status_code == 200


def test_all_the_others_are_signed_out_at_once(app: Flask) -> None:
    resident = make_resident()
    visitors = [Visitor(app).sign_in(resident) for _ in range(3)]

    visitors[0].send("/moi/securite/appareils/deconnecter")

    assert [visitor.get("/moi").status_code for visitor in visitors] == [200, 302, 302]


def test_nobody_signs_out_someone_else_s_device(app: Flask, client: Visitor) -> None:
    resident, other = make_resident(), make_resident()
    theirs = Visitor(app).sign_in(other)
    client.sign_in(resident)
    sign_in = db.session.scalars(select(SignIn).filter_by(resident_id=other.id)).one()

    answer = client.send(f"/moi/securite/appareils/{public_name(sign_in.token_hash)}/deconnecter")

    assert answer.status_code == 422
    assert theirs.get("/moi").status_code == 200
    with pytest.raises(Invalid):
        end_one(resident, public_name(sign_in.token_hash))


def test_the_last_moment_seen_is_written_every_five_minutes_and_keeps_the_kept_pages(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_resident())
    stamp = db.session.scalar(select(ChangeStamp.value))
    db.session.rollback()
    statements.reset()
    client.get("/moi")
    just_after = [one for one in statements.sent if one.startswith("UPDATE")]
    with at(now() + timedelta(minutes=6)):
        client.get("/moi")
        client.get("/moi")
    written = [one for one in statements.sent if one.startswith("UPDATE sign_ins")]

    assert just_after == []
    assert len(written) == 1
    assert db.session.scalar(select(ChangeStamp.value)) == stamp


def test_a_device_unused_for_a_month_is_signed_out(client: Visitor) -> None:
    client.sign_in(make_resident())

    with at(now() + timedelta(days=31)):
        assert client.get("/moi").status_code == 302


def test_signing_in_again_on_a_device_ends_what_it_replaces(client: Visitor) -> None:
    make_resident(email="amina@example.org", password=SECRET)
    client.send("/connexion", RIGHT)
    client.send("/connexion", RIGHT)

    ended = [one.ended_at is not None for one in db.session.scalars(select(SignIn))]
    assert sorted(ended) == [False, True]


def test_a_new_kind_of_device_is_told_by_mail_once(app: Flask) -> None:
    make_resident(email="amina@example.org", password=SECRET)
    for agent in (ANDROID, ANDROID, WINDOWS, WINDOWS, ANDROID):
        from_device(app, agent).send("/connexion", RIGHT)

    (mail,) = post()
    assert "nouvel appareil" in mail.subject
    assert "Ordinateur Windows, Edge" in mail.text


def test_wrong_tries_are_told_to_nobody(client: Visitor) -> None:
    make_resident(email="amina@example.org", password=SECRET)
    client.send("/connexion", {**RIGHT, "secret": "faux"})

    assert post() == []
    assert db.session.scalars(select(SignIn)).all() == []


def test_the_history_goes_back_a_year_and_no_more(app: Flask, client: Visitor) -> None:
    resident = make_resident()
    with at(now() - timedelta(days=400)):
        Visitor(app).sign_in(resident)
    with at(now() - timedelta(days=100)):
        from_device(app, ANDROID).sign_in(resident)
    client.sign_in(resident)

    page = client.get("/moi/securite/historique")
    forget_old.call_local()
    db.session.rollback()

    assert page.text.count('<th scope="row">') == 2
    assert len(db.session.scalars(select(SignIn)).all()) == 2


def test_the_list_costs_the_same_however_long(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    resident = make_resident()
    client.sign_in(resident)
    costs = []
    for how_many in (1, 25):
        for _ in range(how_many):
            Visitor(app).sign_in(resident)
        for path in ("/moi/securite", "/moi/securite/historique"):
            statements.reset()
            client.get(path)
            costs.append(len(statements))

    assert costs[:2] == costs[2:]


@pytest.mark.parametrize(
    "path",
    [
        "/moi/securite",
        "/moi/securite/historique",
        "/moi/securite/mot-de-passe",
        "/moi/securite/deux-etapes",
        "/moi/compte/adresse",
    ],
)
def test_whoever_acts_for_someone_does_not_touch_their_security(
    app: Flask, client: Visitor, path: str
) -> None:
    guardian, child = make_resident(), make_resident()
    client.sign_in(guardian)
    act_for(db.session.scalars(select(SignIn)).one(), child, ActingAs.GUARDIAN, None)

    assert client.get(path).status_code == 403


def test_a_password_is_changed_with_the_present_one(app: Flask) -> None:
    resident = make_resident(email="amina@example.org", password=SECRET)
    phone, thief = Visitor(app).sign_in(resident), Visitor(app).sign_in(resident)
    path, new = "/moi/securite/mot-de-passe", "un-deux-trois-lune"
    wrong = phone.send(path, {"proof": "faux", "password": new})
    none = phone.send(path, {"proof": "", "password": new})
    weak = phone.send(path, {"proof": SECRET, "password": "password12"})
    still_in = thief.get("/moi").status_code

    right = phone.send(path, {"proof": SECRET, "password": new})

    assert [one.status_code for one in (wrong, none, weak)] == [422, 422, 422]
    assert still_in == 200
    assert right.headers["Location"] == "/moi/securite"
    assert phone.get("/moi").status_code == 200
    assert thief.get("/moi").status_code == 302
    assert Visitor(app).send("/connexion", {**RIGHT, "secret": new}).status_code == 302
    assert any("mot de passe" in mail.subject for mail in post())


def test_someone_registered_at_the_desk_sets_a_password_with_their_card_s_code(
    app: Flask, client: Visitor
) -> None:
    client.sign_in(make_resident(email="amina@example.org", pin="123456"))
    path = "/moi/securite/mot-de-passe"
    wrong = client.send(path, {"proof": "000000", "password": SECRET})

    right = client.send(path, {"proof": "123 456", "password": SECRET})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Visitor(app).send("/connexion", RIGHT).status_code == 302


def test_a_card_s_code_does_not_replace_a_password_that_exists(client: Visitor) -> None:
    client.sign_in(make_resident(password=SECRET, pin="123456"))

    answer = client.send(
        "/moi/securite/mot-de-passe", {"proof": "123456", "password": "un-deux-trois-lune"}
    )

    assert answer.status_code == 422
