"""A page that refuses says what to do, and gives back what was written, not what machines fill."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.associations.models import Collectif
from app.core.clock import today
from app.core.db import db
from tests.accounts.family_support import make_child, make_lone_child, speaking_for
from tests.desk.assisting import with_
from tests.factories import make_body, make_resident
from tests.support import Visitor

TEMPLATES = Path(__file__).parents[2] / "templates"
DRAWN = "W10.awP5signed-by-the-house"


@pytest.fixture
def child(app: Flask) -> Visitor:
    parent = make_resident("Leïla")
    return speaking_for(app, parent, make_child(parent, "Inès"))


def test_a_refusal_gives_back_no_field_that_a_machine_filled(child: Visitor) -> None:
    answer = child.send("/collectifs/nouveau", {"drawn": DRAWN, "quartier_id": "0"})
    refused = child.send(
        "/collectifs/nouveau",
        {"drawn": DRAWN, "name": "Court", "purpose": "Jouer", "quartier_id": "0"},
    )

    assert answer.status_code == 422
    assert refused.status_code == 403
    assert DRAWN not in refused.text
    assert "Votre texte n’est pas perdu" not in refused.text
    assert db.session.query(Collectif).count() == 0


def test_a_refusal_gives_back_each_text_under_the_words_of_its_box(child: Visitor) -> None:
    purpose = "Planter des tomates derrière le gymnase"

    answer = child.send(
        "/collectifs/nouveau",
        {"drawn": DRAWN, "name": "Les tomates", "purpose": purpose, "quartier_id": "0"},
    )

    assert answer.status_code == 403
    assert purpose in answer.text
    assert answer.text.count("<textarea") == 1
    assert "Votre texte</label>" not in answer.text


@pytest.mark.parametrize("path", ["/collectifs/nouveau", "/associations/inscrire"])
def test_a_child_reads_at_once_where_to_speak_instead_of_a_form(child: Visitor, path: str) -> None:
    page = child.get(path).text

    assert "Avant 15 ans, on parle dans le comité enfant" in page
    assert 'name="purpose"' not in page


def test_a_child_with_no_one_reads_at_once_that_a_parent_is_needed(client: Visitor) -> None:
    client.sign_in(make_lone_child())

    page = client.get("/collectifs/nouveau").text

    assert "Avant 15 ans, il faut l’accord d’un parent" in page
    assert 'name="purpose"' not in page


CLOSED = ("/moi/securite", "/moi/adresse", "/moi/informations", "/moi/donnees")


def doors(page: str) -> list[str]:
    return [path for path in CLOSED if f'href="{path}"' in page]


def test_whoever_speaks_for_a_child_sees_no_door_that_is_closed_to_them(child: Visitor) -> None:
    page = child.get("/moi/compte").text

    assert doors(page) == []
    assert "Me déconnecter partout" not in page


def test_an_agent_who_acts_sees_no_door_that_is_closed_to_them(client: Visitor) -> None:
    with_(client, make_resident("Malika", email=None))

    assert doors(client.get("/moi/compte").text) == []


def test_one_s_own_account_keeps_all_its_doors(client: Visitor) -> None:
    client.sign_in(make_resident())

    page = client.get("/moi/compte").text

    assert len(doors(page)) >= 3
    assert "Me déconnecter partout" in page


def test_a_page_closed_to_a_child_s_profile_gives_the_way_back(child: Visitor) -> None:
    answer = child.get("/moi/donnees")

    assert answer.status_code == 403
    assert "Revenez à Leïla" in answer.text
    assert answer.text.count(">Revenir à Leïla") == 2


def test_a_page_closed_to_an_agent_who_acts_says_to_end_it_first(client: Visitor) -> None:
    with_(client, make_resident("Malika", email=None))

    for path in ("/moi/donnees", "/accueil"):
        answer = client.get(path)

        assert answer.status_code == 403
        assert "Terminez d’abord l’accompagnement" in answer.text
        assert "Terminer l’accompagnement</button>" in answer.text


def test_whoever_must_sign_in_first_reads_their_own_words_alone(client: Visitor) -> None:
    answer = client.send("/collectifs/nouveau", {"drawn": DRAWN, "purpose": "Planter des tomates"})

    assert answer.status_code == 401
    assert "<p>Planter des tomates</p>" in answer.text
    assert f"<p>{DRAWN}" not in answer.text


def test_a_child_reads_the_year_their_account_is_theirs_alone(app: Flask) -> None:
    parent = make_resident("Leïla")
    phone = speaking_for(app, parent, make_child(parent, "Inès"))

    page = phone.get("/moi/famille").text

    assert f"le 1er janvier {today().year - 9 + 16}" in page
    assert "16 ans" not in page


def test_no_page_says_tu_to_anyone() -> None:
    """One rule: children are spoken to as everyone is, or with « on »."""
    familiar = re.compile(r'_l?\("[^"]*\b(?:[Tt]u|[Tt]oi|[Tt]es)\b[^"]*"\)')
    said = [
        found
        for path in TEMPLATES.rglob("*.html")
        for found in familiar.findall(path.read_text("utf-8"))
    ]

    assert said == []


def test_an_address_asked_before_signing_in_carries_no_stray_question_mark(client: Visitor) -> None:
    plain, asked = client.get("/moi"), client.get("/moi/messages?page=2")

    assert plain.headers["Location"] == "/connexion?next=/moi"
    assert asked.headers["Location"] == "/connexion?next=/moi/messages?page%3D2"


@pytest.mark.parametrize(
    ("before", "way_back"),
    [
        ("http://localhost/comites?page=1", True),
        ("http://localhost/comites/comite-famille/quitter", False),
        ("http://ailleurs.example/comites", False),
        (None, False),
    ],
)
def test_who_acts_too_late_goes_back_to_the_page_they_came_from(
    client: Visitor, before: str | None, way_back: bool
) -> None:
    make_body(name="Comité famille")
    client.sign_in(make_resident())

    late = client.send(
        "/comites/comite-famille/quitter", headers={"Referer": before} if before else {}
    )

    assert late.status_code == 409
    assert ('href="/comites?page=1">Voir où on en est' in late.text) is way_back
    assert ("Rechargez la page" in late.text) is not way_back
    assert "ailleurs.example" not in late.text
