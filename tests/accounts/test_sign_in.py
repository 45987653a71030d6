"""Coming back, leaving, and getting back in."""

import pytest
from flask import Flask

from app.accounts import role_services
from app.core.errors import Forbidden
from app.core.http import safe_next
from app.core.limits import limiter
from app.core.rights import Role
from tests.factories import make_resident
from tests.support import Visitor


def test_a_resident_signs_in_with_their_address(client: Visitor) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")

    answer = client.send(
        "/connexion", {"identifier": "AMINA@example.org", "secret": "soleil-pont-carotte"}
    )

    assert answer.headers["Location"] == "/moi"


def test_a_resident_without_address_signs_in_with_their_card(client: Visitor) -> None:
    resident = make_resident(email=None, pin="123456")
    number = f"{resident.card_number[:4]} {resident.card_number[4:]}"

    answer = client.send("/connexion", {"identifier": number, "secret": "123456"})

    assert answer.headers["Location"] == "/moi"


def test_the_code_may_be_typed_with_the_space_printed_on_the_card(client: Visitor) -> None:
    resident = make_resident(email=None, pin="722088")

    answer = client.send(
        "/connexion", {"identifier": resident.card_number, "secret": "722\u00a0088 "}
    )

    assert answer.headers["Location"] == "/moi"


@pytest.mark.parametrize("identifier", ["amina@example.org", "inconnue@example.org", "12345678"])
def test_a_wrong_secret_says_the_same_whoever_it_is(client: Visitor, identifier: str) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")

    answer = client.send("/connexion", {"identifier": identifier, "secret": "faux"})

    assert answer.status_code == 422
    assert "Nous ne trouvons pas ce compte" in answer.text


def test_signing_out_everywhere_ends_the_other_devices(client: Visitor, app: Flask) -> None:
    resident = make_resident()
    other = Visitor(app).sign_in(resident)
    client.sign_in(resident)
    assert other.get("/moi").status_code == 200

    client.send("/deconnexion/partout")

    assert other.get("/moi").status_code == 302


def test_too_many_tries_are_stopped_for_that_visitor_alone(client: Visitor, app: Flask) -> None:
    resident = make_resident(email="amina@example.org", password="soleil-pont-carotte")
    wrong = {"identifier": "amina@example.org", "secret": "faux"}
    limiter.enabled = True
    try:
        for _ in range(8):
            client.send("/connexion", wrong)
        refused = client.send("/connexion", wrong)
        elsewhere = Visitor(app)
        elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
        right = {"identifier": "amina@example.org", "secret": "soleil-pont-carotte"}
        welcome = elsewhere.send("/connexion", right)
    finally:
        limiter.reset()
        limiter.enabled = False

    assert refused.status_code == 429
    assert welcome.status_code == 302
    assert resident.grants == []


@pytest.mark.parametrize(
    "path", ["//mal.example", "https://mal.example", "/\\mal.example", "javascript:x", "", "/a\nb"]
)
def test_the_way_back_never_leaves_the_site(path: str) -> None:
    assert safe_next(path) is None


def test_a_way_back_inside_the_site_is_taken(client: Visitor) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")

    answer = client.send(
        "/connexion?next=/propositions?page=2",
        {"identifier": "amina@example.org", "secret": "soleil-pont-carotte"},
    )

    assert answer.headers["Location"] == "/propositions?page=2"


def test_a_role_is_given_by_the_director_alone(app: Flask) -> None:
    resident, other = make_resident(), make_resident()

    with pytest.raises(Forbidden):
        role_services.give_role(resident, other, Role.DESK)

    assert other.grants == []
