"""Nobody learns who has an account: not by words, not by the work done."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import security
from app.core.rights import Role
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor

KNOWN, UNKNOWN = "amina@example.org", "inconnue@example.org"
SECRET = "soleil-pont-carotte"
PERSON = {"given_name": "Amina", "family_name": "Diallo", "quartier_id": "0", "accepts": "y"}


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each secret that was hashed or compared, through the real hasher."""
    seen: list[str] = []
    real = security._hash

    def counted() -> object:
        seen.append("hash")
        return real()

    monkeypatch.setattr(security, "_hash", counted)
    return seen


FORMS: dict[str, Callable[[Visitor, str], TestResponse]] = {
    "sign in": lambda client, to: client.send("/connexion", {"identifier": to, "secret": "faux"}),
    "forgotten": lambda client, to: client.send("/connexion/oubli", {"email": to}),
    "link": lambda client, to: client.send("/connexion/lien", {"email": to}),
    "register": lambda client, to: client.send("/inscription", {**PERSON, "email": to}),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_work_is_done_for_a_known_and_an_unknown_address(
    app: Flask, statements: Statements, hashes: list[str], name: str
) -> None:
    make_with_role(Role.DESK, email=KNOWN, password=SECRET)
    done = []
    for to in (KNOWN, UNKNOWN, KNOWN, UNKNOWN):
        visitor = Visitor(app)
        visitor.get("/connexion")
        statements.reset()
        hashes.clear()
        answer = FORMS[name](visitor, to)
        page = answer.get_data(as_text=True).replace(to, "X")
        done.append((statements.sent.copy(), len(hashes), len(page), answer.status_code))

    assert done[2] == done[3]
    assert [len(sent) for sent, *_rest in done[2:]] == [len(done[2][0])] * 2


def test_asking_for_another_address_does_the_same_work(
    app: Flask, client: Visitor, statements: Statements, hashes: list[str]
) -> None:
    make_resident(email=KNOWN)
    client.sign_in(make_resident(password=SECRET))
    done = []
    for to in (KNOWN, UNKNOWN, KNOWN, UNKNOWN):
        statements.reset()
        hashes.clear()
        client.send("/moi/compte/adresse", {"email": to, "proof": SECRET})
        done.append((statements.sent.copy(), len(hashes)))

    assert done[2] == done[3]


@pytest.mark.parametrize("identifier", ["12345674", "10000008"])
def test_a_card_that_exists_takes_the_same_work(
    app: Flask, client: Visitor, statements: Statements, hashes: list[str], identifier: str
) -> None:
    make_resident(email=None, pin="123456")
    number = make_resident(email=None, pin="123456").card_number
    wrong = {"secret": "000000"}
    client.send("/connexion", {"identifier": number, **wrong})
    done = []
    for typed in (number, identifier):
        statements.reset()
        hashes.clear()
        client.send("/connexion", {"identifier": typed, **wrong})
        done.append((statements.sent.copy(), len(hashes)))

    assert done[0] == done[1]


def test_someone_without_password_is_not_told_apart(
    client: Visitor, statements: Statements, hashes: list[str]
) -> None:
    make_resident(email=KNOWN)
    client.send("/connexion", {"identifier": KNOWN, "secret": "faux"})
    statements.reset()
    hashes.clear()

    client.send("/connexion", {"identifier": KNOWN, "secret": "faux"})

    assert len(hashes) == 1


def test_a_megabyte_typed_is_answered_without_being_hashed(
    client: Visitor, hashes: list[str]
) -> None:
    make_resident(email=KNOWN, password=SECRET)
    long = "x" * 1_000_000
    client.get("/connexion")
    hashes.clear()

    secret = client.send("/connexion", {"identifier": KNOWN, "secret": long})
    identifier = client.send("/connexion", {"identifier": long, "secret": SECRET})

    assert {secret.status_code, identifier.status_code} <= {413, 422}
    assert hashes == []
