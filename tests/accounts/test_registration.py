"""Getting in for the first time."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.access_models import MailedLink
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.accounts.session_services import forget_old
from app.core.clock import at, now
from app.core.db import db
from app.core.security import sign
from app.ledger.acts import Act, Standing
from tests.accounts.letters import last_link, post
from tests.factories import make_resident
from tests.support import Ledger, Visitor

TYPED = {
    "given_name": "Amina",
    "family_name": "Diallo",
    "email": "Amina@Example.org ",
    "quartier_id": "0",
    "sex": "F",
    "year_of_birth": "1985",
    "accepts": "y",
}
CHOSEN = {"password": "trois petits pois verts"}


def residents() -> int:
    return db.session.scalar(select(func.count()).select_from(Resident)) or 0


def test_a_resident_registers_confirms_and_is_at_home(client: Visitor, ledger: Ledger) -> None:
    answer = client.send("/inscription", TYPED)
    link = last_link("amina@example.org")
    opened = client.get(link)
    nobody_yet = residents()
    welcome = client.send(link, CHOSEN)

    assert answer.headers["Location"] == "/inscription/merci"
    assert "Amina Diallo" in opened.text
    assert nobody_yet == 0
    assert welcome.headers["Location"] == "/moi"
    assert ledger.acts() == [Act.RESIDENT_REGISTERED]
    resident = db.session.scalars(select(Resident)).one()
    assert resident.is_confirmed
    assert resident.year_of_birth == 1985
    back = {"identifier": "amina@example.org", "secret": CHOSEN["password"]}
    assert Visitor(client.application).send("/connexion", back).headers["Location"] == "/moi"


def test_a_known_address_gets_a_mail_and_the_page_says_nothing(
    client: Visitor, ledger: Ledger
) -> None:
    make_resident(email="amina@example.org")

    answer = client.send("/inscription", TYPED)

    assert answer.headers["Location"] == "/inscription/merci"
    assert "déjà" in post()[0].subject
    assert ledger.acts() == []
    assert residents() == 1


def test_what_was_typed_is_kept_when_something_is_wrong(client: Visitor, ledger: Ledger) -> None:
    answer = client.send("/inscription", {**TYPED, "year_of_birth": "douze"})

    assert answer.status_code == 422
    assert 'value="Diallo"' in answer.text
    assert ledger.acts() == []
    assert post() == []


def test_a_script_in_a_name_is_shown_as_text(client: Visitor) -> None:
    answer = client.send(
        "/inscription", {**TYPED, "given_name": "<script>alert(1)</script>", "accepts": ""}
    )

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_year_of_birth_to_come_is_refused_at_once(client: Visitor) -> None:
    answer = client.send("/inscription", {**TYPED, "year_of_birth": "2099"})

    assert answer.status_code == 422
    assert post() == []


def test_a_weak_password_says_what_to_change_and_the_link_still_serves(
    client: Visitor, ledger: Ledger
) -> None:
    client.send("/inscription", TYPED)
    link = last_link("amina@example.org")

    weak = client.send(link, {"password": "Diallo1985"})

    assert weak.status_code == 422
    assert "votre nom" in weak.text
    assert ledger.acts() == []
    assert client.send(link, CHOSEN).status_code == 302


def test_the_account_is_that_of_whoever_opens_the_mail_not_of_whoever_typed_the_address(
    client: Visitor, app: Flask
) -> None:
    client.send("/inscription", {**TYPED, "password": "le-mot-de-passe-d-un-autre"})
    owner = Visitor(app)
    owner.send(last_link("amina@example.org"), CHOSEN)

    stolen = {"identifier": "amina@example.org", "secret": "le-mot-de-passe-d-un-autre"}
    answer = client.send("/connexion", stolen)

    assert answer.status_code == 422
    assert client.get("/moi").status_code == 302


def test_of_two_registrations_of_one_address_the_second_link_opens_nothing(
    client: Visitor, app: Flask
) -> None:
    client.send("/inscription", TYPED)
    client.send("/inscription", {**TYPED, "given_name": "Intrus"})
    first, second = [mail.text for mail in post()]
    paths = [re.findall(r"(/inscription/bienvenue/\S+)", text)[0] for text in (first, second)]
    client.send(paths[0], CHOSEN)

    answer = Visitor(app).send(paths[1], CHOSEN)

    assert "n’est plus valable" in answer.text
    assert residents() == 1


def test_a_registration_link_serves_once_and_for_two_days(client: Visitor, app: Flask) -> None:
    client.send("/inscription", TYPED)
    link = last_link("amina@example.org")
    with at(now() + timedelta(hours=49)):
        late = client.send(link, CHOSEN)
    client.send(link, CHOSEN)
    finder = Visitor(app)
    again = finder.send(link, CHOSEN)

    assert "n’est plus valable" in late.text
    assert "n’est plus valable" in again.text
    assert finder.get("/moi").status_code == 302
    assert residents() == 1


def test_nobody_gives_themselves_a_role_or_a_standing_by_registering(client: Visitor) -> None:
    more = {
        "standing": Standing.TEAM.value,
        "grants": "administrator",
        "role": "administrator",
        "card_number": "12345674",
        "email_confirmed_at": "2020-01-01",
        "registered_by_id": "1",
        "totp_secret": "x",
        "id": "1",
    }
    client.send("/inscription", {**TYPED, **more})
    client.send(last_link("amina@example.org"), {**CHOSEN, **more, "email": "autre@example.org"})

    resident = db.session.scalars(select(Resident)).one()
    assert resident.standing == Standing.HABITANT.value
    assert resident.email == "amina@example.org"
    assert resident.card_number != "12345674"
    assert (resident.registered_by_id, resident.totp_secret) == (None, None)
    assert db.session.scalars(select(Grant)).all() == []


def test_one_box_is_not_flooded_through_us(client: Visitor) -> None:
    for _ in range(7):
        client.send("/inscription", TYPED)

    assert len(post()) == 4


def test_a_mail_that_nobody_asked_for_repeats_none_of_a_stranger_s_words(client: Visitor) -> None:
    client.send("/inscription", {**TYPED, "given_name": "Gagnez 1000 euros"})

    assert "Gagnez" not in post()[0].text + post()[0].html


@pytest.mark.parametrize("known", [True, False])
def test_a_confirmation_link_of_the_desk_signs_in_once(
    client: Visitor, app: Flask, known: bool
) -> None:
    desk = make_resident()
    resident = make_resident(
        email="amina@example.org", email_confirmed_at=None, registered_by_id=desk.id
    )
    token = sign("confirm-email", [resident.id, resident.email if known else "autre@example.org"])
    first = client.send(f"/inscription/confirmation/{token}")
    finder = Visitor(app)
    second = finder.send(f"/inscription/confirmation/{token}")

    assert first.status_code == (302 if known else 422)
    assert second.status_code == 422
    assert finder.get("/moi").status_code == 302


def test_a_password_set_before_the_address_was_confirmed_opens_nothing_after(
    client: Visitor, app: Flask
) -> None:
    resident = make_resident(
        email="amina@example.org", email_confirmed_at=None, password="celui-d-un-intrus"
    )
    intruder = Visitor(app).sign_in(resident)
    token = sign("confirm-email", [resident.id, resident.email])

    client.send(f"/inscription/confirmation/{token}")

    stolen = {"identifier": "amina@example.org", "secret": "celui-d-un-intrus"}
    assert Visitor(app).send("/connexion", stolen).status_code == 422
    assert intruder.get("/moi").status_code == 302
    assert client.get("/moi").status_code == 200


def test_what_was_asked_and_never_confirmed_is_forgotten(client: Visitor) -> None:
    client.send("/inscription", TYPED)
    post()

    with at(now() + timedelta(hours=49)):
        forget_old.call_local()
    db.session.rollback()

    assert db.session.scalars(select(MailedLink)).all() == []
