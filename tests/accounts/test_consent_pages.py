"""Agreements given, refused and read on the pages."""

from flask import Flask
from sqlalchemy import select

from app.accounts import consent_services
from app.accounts.consent_queries import agreements, who_agree
from app.accounts.consents import SENTENCES
from app.accounts.family_models import Consent, Purpose
from app.core.db import db
from app.core.rights import Role
from tests.accounts.consenting import VERSION, agree, allows
from tests.accounts.family_support import make_child, speaking_for
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor


def test_agreements_are_given_and_taken_back_by_one_press(app: Flask, client: Visitor) -> None:
    resident = make_resident()
    client.sign_in(resident)
    said = {"purpose": "newsletter", "version": SENTENCES[Purpose.NEWSLETTER].version}

    client.send("/moi/consentements", {**said, "answer": "yes"})
    yes = allows(resident, Purpose.NEWSLETTER)
    client.send("/moi/consentements", {**said, "answer": "no"})

    assert (yes, allows(resident, Purpose.NEWSLETTER)) == (True, False)
    assert (
        client.send("/moi/consentements", {"purpose": "vente", "answer": "yes"}).status_code == 422
    )


def test_a_child_and_their_parent_agree_from_the_same_phone(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    said = {"purpose": "photo", "version": VERSION, "answer": "yes"}

    phone = speaking_for(app, parent, child)
    phone.send("/moi/consentements", said)
    phone.send("/moi/famille/revenir")
    phone.send(f"/moi/famille/enfants/{child.id}/consentements", said)
    page = phone.get(f"/moi/famille/enfants/{child.id}/consentements").get_data(as_text=True)

    assert allows(child, Purpose.PHOTO)
    assert "Avant 15 ans, il faut deux accords" in page
    givers = set(db.session.scalars(select(Consent.given_by_id)))
    assert givers == {child.id, parent.id}


def test_the_page_sends_a_constant_number_of_statements(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    resident = make_resident()
    client.sign_in(resident)
    client.get("/moi/consentements")
    statements.reset()
    client.get("/moi/consentements")
    few = len(statements)
    for purpose in Purpose:
        agree(resident, purpose=purpose)
    statements.reset()
    client.get("/moi/consentements")

    assert len(statements) == few


def test_the_team_reads_who_agrees_before_it_publishes(app: Flask, client: Visitor) -> None:
    """Otherwise an agreement would change nothing, and the page that asks for it would lie."""
    yes, no = make_resident("Amina", email="amina@example.org"), make_resident("Rose")
    agree(yes, purpose=Purpose.NEWSLETTER)
    client.sign_in(make_with_role(Role.DESK))

    page = client.get("/administration/accords?pour=newsletter").get_data(as_text=True)
    photos = client.get("/administration/accords").get_data(as_text=True)
    file = client.get("/administration/accords.csv?pour=newsletter").get_data(as_text=True)

    assert yes.full_name in page and no.full_name not in page
    assert yes.full_name not in photos
    assert "amina@example.org" in file and no.full_name not in file
    assert client.get("/administration/accords?pour=vente").status_code == 404


def test_nobody_else_reads_who_agrees(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.CONSEIL))

    for path in ("/administration/accords", "/administration/accords.csv"):
        assert client.get(path).status_code == 403


def test_the_list_costs_two_statements_however_long(app: Flask, statements: Statements) -> None:
    for _ in range(3):
        parent = make_resident()
        child = make_child(parent)
        agree(child)
        agree(parent, child)
    db.session.rollback()
    statements.reset()

    found = who_agree(Purpose.PHOTO)

    assert (len(found), len(statements)) == (3, 2)


def test_someone_never_asked_is_not_said_to_have_refused(client: Visitor) -> None:
    client.sign_in(make_resident())

    page = client.get("/moi/consentements").text

    assert page.count("Pas encore répondu") == 3
    assert page.count("Je ne suis pas d’accord") == 3
    assert "Pas d’accord" not in page


def test_a_no_is_kept_with_its_day_and_can_become_a_yes(client: Visitor) -> None:
    resident = make_resident(year_of_birth=1980)
    client.sign_in(resident)
    no = {"purpose": Purpose.PHOTO.value, "answer": "no"}

    client.send("/moi/consentements", no)
    client.send("/moi/consentements", no)
    page = client.get("/moi/consentements").text
    [past] = agreements(resident).history

    assert past.is_refusal
    assert "Vous avez dit non le" in page
    assert ", non le " in page
    assert not allows(resident, Purpose.PHOTO)
    agree(resident)
    assert allows(resident, Purpose.PHOTO)
    assert "Vous avez dit non" not in client.get("/moi/consentements").text


def test_a_yes_taken_back_shows_as_no(client: Visitor) -> None:
    resident = make_resident(year_of_birth=1980)
    client.sign_in(resident)
    agree(resident)
    consent_services.withdraw(resident, resident, Purpose.PHOTO)

    page = client.get("/moi/consentements").text

    assert page.count("Pas encore répondu") == 2
    [past] = agreements(resident).history
    assert not past.is_refusal
