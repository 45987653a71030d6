"""What rests on agreement: who must say yes, to which sentence, and taking it back."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import consent_services, consents, family_services
from app.accounts.consent_queries import agreements
from app.accounts.consents import SENTENCES
from app.accounts.family_models import Consent, Guardianship, Purpose
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden
from app.core.rights import Role
from tests.accounts.consenting import VERSION, agree, allows
from tests.accounts.family_support import answer_too, make_child
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


def count() -> int:
    return db.session.scalar(select(func.count(Consent.id))) or 0


def test_nothing_is_allowed_before_a_yes(app: Flask) -> None:
    resident = make_resident()

    assert [allows(resident, purpose) for purpose in Purpose] == [False, False, False]


def test_an_adult_decides_alone_and_takes_it_back(app: Flask) -> None:
    resident = make_resident(year_of_birth=1980)

    agree(resident)
    yes = allows(resident, Purpose.PHOTO)
    consent_services.withdraw(resident, resident, Purpose.PHOTO)

    assert (yes, allows(resident, Purpose.PHOTO)) == (True, False)
    [past] = agreements(resident).history
    assert past.withdrawn_at is not None


def test_a_child_and_one_guardian_suffice_for_the_newsletter(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    purpose = Purpose.NEWSLETTER

    agree(child, purpose=purpose)
    alone = allows(child, purpose)
    agree(parent, child, purpose)

    assert (alone, allows(child, purpose)) == (False, True)


def test_a_guardian_does_not_decide_without_the_child(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)

    agree(parent, child)

    assert not allows(child, Purpose.PHOTO)


def test_a_photo_takes_both_parents_and_the_child(app: Flask) -> None:
    first, second = make_resident(), make_resident()
    child = make_child(first)
    family_services.link(make_with_role(Role.DESK), second, child)

    agree(child)
    agree(first, child)
    with_one = allows(child, Purpose.PHOTO)
    agree(second, child)

    assert (with_one, allows(child, Purpose.PHOTO)) == (False, True)


def test_one_parent_who_takes_it_back_ends_it(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    agree(child)
    agree(parent, child)

    consent_services.withdraw(parent, child, Purpose.PHOTO)

    assert not allows(child, Purpose.PHOTO)


def test_the_agreement_of_a_parent_ends_with_their_link(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    agree(child)
    agree(parent, child)
    [link] = db.session.scalars(select(Guardianship))

    answer_too(child)
    family_services.end_link(parent, link, "Séparation")

    assert not allows(child, Purpose.PHOTO)
    live = select(Consent.given_by_id).where(Consent.withdrawn_at.is_(None))
    assert list(db.session.scalars(live)) == [child.id]


def test_a_photo_before_18_is_settled_on_paper(app: Flask) -> None:
    young = make_resident(year_of_birth=today().year - 17)

    agree(young)

    assert not allows(young, Purpose.PHOTO)


@pytest.mark.parametrize("who", ["stranger", "adult's child"])
def test_nobody_agrees_for_someone_else(app: Flask, who: str) -> None:
    child = make_child()
    other = make_resident() if who == "stranger" else make_child(nickname="Sami")

    with pytest.raises(Forbidden):
        agree(other, child)

    assert count() == 0


def test_a_second_yes_is_refused_even_at_once(app: Flask) -> None:
    resident_id = make_resident().id

    def say_yes() -> None:
        agree(db.session.get_one(Resident, resident_id))

    assert refused_at_once(app, [say_yes] * 6) == [Conflict] * 5
    assert count() == 1


@atomic
def write(**fields: object) -> None:
    db.session.add(Consent(**fields))


def test_the_database_refuses_two_live_agreements(app: Flask) -> None:
    """Were the service to forget to look, the index would still hold."""
    number = make_resident().id
    row = {"resident_id": number, "given_by_id": number, "purpose": "photo", "text_version": "1"}
    write(**row)

    with pytest.raises(IntegrityError):
        write(**row)

    assert count() == 1


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence about photos is about to be rewritten."""
    rewritten = replace(SENTENCES[Purpose.PHOTO], version="2027-1")
    monkeypatch.setitem(consents.SENTENCES, Purpose.PHOTO, rewritten)


def test_a_new_sentence_asks_again(app: Flask, request: pytest.FixtureRequest) -> None:
    resident = make_resident(year_of_birth=1980)
    agree(resident)
    client = Visitor(app).sign_in(resident)

    request.getfixturevalue("changed")
    old = allows(resident, Purpose.PHOTO)
    page = client.get("/moi/consentements").get_data(as_text=True)
    agree(resident)

    assert "Ce texte a changé depuis votre accord" in page
    assert (old, allows(resident, Purpose.PHOTO)) == (False, True)
    assert len(agreements(resident).history) == 2


def test_a_yes_to_a_sentence_no_longer_shown_is_refused(app: Flask, changed: None) -> None:
    resident = make_resident()

    with pytest.raises(Conflict):
        consent_services.agree(resident, resident, Purpose.PHOTO, VERSION)

    assert count() == 0
