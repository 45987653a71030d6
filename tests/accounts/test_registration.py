"""Getting in for the first time."""

import re

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.mail import OutboxMail
from app.ledger.acts import Act
from tests.factories import make_resident
from tests.support import Ledger, Visitor

TYPED = {
    "given_name": "Amina",
    "family_name": "Diallo",
    "email": "Amina@Example.org ",
    "password": "soleil-pont-carotte",
    "quartier_id": "0",
    "sex": "F",
    "year_of_birth": "1985",
    "accepts": "y",
}


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_resident_registers_confirms_and_is_at_home(client: Visitor, ledger: Ledger) -> None:
    answer = client.send("/inscription", TYPED)

    assert answer.status_code == 302
    assert ledger.acts() == [Act.RESIDENT_REGISTERED]
    (mail,) = mails()
    assert mail.to == "amina@example.org"
    link = re.search(r"http\S+(/inscription/confirmation/\S+)", mail.text)
    assert link
    assert client.get(link.group(1)).status_code == 200
    assert client.send(link.group(1)).headers["Location"] == "/moi"
    resident = db.session.scalars(select(Resident)).one()
    assert resident.is_confirmed


def test_a_known_address_gets_a_mail_and_the_page_says_nothing(
    client: Visitor, ledger: Ledger
) -> None:
    make_resident(email="amina@example.org")

    answer = client.send("/inscription", TYPED)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/inscription/merci"
    assert ledger.acts() == []
    assert "déjà" in mails()[0].subject


def test_what_was_typed_is_kept_when_something_is_wrong(client: Visitor, ledger: Ledger) -> None:
    answer = client.send("/inscription", {**TYPED, "password": "court", "year_of_birth": "douze"})

    assert answer.status_code == 422
    assert 'value="Diallo"' in answer.text
    assert "court" not in re.sub(r"<p.*?</p>", "", answer.text)
    assert ledger.acts() == []


def test_a_script_in_a_name_is_shown_as_text(client: Visitor) -> None:
    answer = client.send(
        "/inscription", {**TYPED, "given_name": "<script>alert(1)</script>", "password": "x"}
    )

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_weak_password_says_what_to_do(client: Visitor, ledger: Ledger) -> None:
    answer = client.send("/inscription", {**TYPED, "password": "motdepasse"})

    assert answer.status_code == 422
    assert "trop courant" in answer.text
    assert ledger.acts() == []


def test_a_link_for_an_old_address_confirms_nothing(client: Visitor, app: Flask) -> None:
    answer = client.send("/inscription/confirmation/nimporte-quoi")

    assert answer.status_code == 422
    assert "n’est plus valable" in answer.text


def test_a_confirmation_link_signs_in_once(client: Visitor, app: Flask) -> None:
    client.send("/inscription", TYPED)
    (mail,) = mails()
    link = re.search(r"http\S+(/inscription/confirmation/\S+)", mail.text)
    assert link
    client.send(link[1])
    finder = Visitor(app)

    answer = finder.send(link[1])

    assert answer.status_code == 422
    assert finder.get("/moi").status_code == 302
