"""The team say what serves the projet social, and everyone reads it there."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core import search
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.indicators import linking
from app.indicators.matrix import AIMS
from app.indicators.models import AimLink
from tests.at_once import refused_at_once
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Statements, Visitor

AIM = "1.1.o1"


def found(count: int, kind: str = "actions") -> None:
    """So many things that the search knows."""
    for number in range(1, count + 1):
        title = f"Fête du quartier {number}"
        atomic(search.index)(kind, number, title, f"/programme/{number}", "musique")


def links() -> int:
    return db.session.scalar(select(func.count()).select_from(AimLink)) or 0


def test_the_27_operational_objectives_have_codes_of_their_own() -> None:
    operational = [aim for aim in AIMS.values() if not aim.is_example]

    assert len(operational) == 27
    assert AIMS["1.1.o1"].words.startswith("Déployer des actions")
    assert AIMS["1.1.e1"].is_example


def test_an_action_is_linked_in_one_click_and_read_by_everyone(client: Visitor) -> None:
    found(1)
    client.sign_in(make_with_role(Role.DESK, standing="team"))
    page = client.get(f"/projet-social/{AIM}/ce-qui-le-sert?q=musique").text
    assert "Fête du quartier 1" in page

    answer = client.send(f"/projet-social/{AIM}/relier", {"kind": "actions", "subject_id": "1"})

    assert answer.location == f"/projet-social/{AIM}/ce-qui-le-sert"
    stranger = Visitor(client.application)
    assert 'href="/programme/1"' in stranger.get("/projet-social").text
    assert "Relier" not in stranger.get("/projet-social").text

    client.send(f"/projet-social/{AIM}/delier", {"kind": "actions", "subject_id": "1"})
    assert 'href="/programme/1"' not in stranger.get("/projet-social").text


def test_from_the_page_of_a_comite_one_comes_back_to_the_list(client: Visitor) -> None:
    body, agent = make_body(), make_with_role(Role.DESK, standing="team")
    atomic(search.index)("bodies", body.id, body.name, f"/comites/{body.slug}")
    client.sign_in(agent)
    here = f"/projet-social/relier/bodies/{body.id}"
    assert f'href="{here}"' in client.get(f"/comites/{body.slug}").text

    back = {"kind": "bodies", "subject_id": str(body.id), "next": f"{here}#objectif-{AIM}"}
    answer = client.send(f"/projet-social/{AIM}/relier", back)

    assert answer.location == f"{here}#objectif-{AIM}"
    assert linking.aims_of("bodies", body.id) == {AIM}
    away = client.send(f"/projet-social/{AIM}/delier", {**back, "next": "//elsewhere.example"})
    assert away.location == f"/projet-social/{AIM}/ce-qui-le-sert"


def test_what_is_hidden_leaves_the_projet_social(client: Visitor) -> None:
    found(1)
    linking.link(make_with_role(Role.DESK, standing="team"), AIM, "actions", 1)

    atomic(search.unindex)("actions", 1)

    assert "Fête du quartier 1" not in client.get("/projet-social").text


@pytest.mark.usefixtures("app")
def test_a_resident_links_nothing() -> None:
    found(1)

    with pytest.raises(Forbidden):
        linking.link(make_resident(), AIM, "actions", 1)

    assert links() == 0


@pytest.mark.parametrize(
    ("aim", "kind", "number"),
    [("9.9.o1", "actions", 1), (AIM, "actions", 2), (AIM, "residents", 1), (AIM, "", 0)],
)
def test_only_what_the_site_shows_is_linked_to_what_exists(
    app: Flask, aim: str, kind: str, number: int
) -> None:
    found(1)
    agent = make_with_role(Role.DESK, standing="team")

    with pytest.raises(Invalid):
        linking.link(agent, aim, kind, number)

    assert links() == 0


def test_a_form_made_by_hand_is_refused_with_a_sentence(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK, standing="team"))

    answer = client.send(f"/projet-social/{AIM}/relier", {"kind": "x" * 90, "subject_id": "9" * 30})

    assert answer.status_code == 422
    assert client.get("/projet-social/9.9.o1/ce-qui-le-sert").status_code == 404
    assert client.get("/projet-social/relier/actions/77").status_code == 404
    assert links() == 0


def test_two_clicks_at_once_make_one_link(app: Flask) -> None:
    found(1)
    agent_id = make_with_role(Role.DESK, standing="team").id

    def click() -> None:
        linking.link(db.session.get_one(Resident, agent_id), AIM, "actions", 1)

    assert refused_at_once(app, [click] * 6) == [Conflict] * 5
    assert links() == 1


def test_the_projet_social_costs_the_same_with_many_links(
    client: Visitor, statements: Statements
) -> None:
    found(30)
    agent = make_with_role(Role.DESK, standing="team")
    client.sign_in(agent)
    linking.link(agent, AIM, "actions", 1)
    client.get("/projet-social")
    statements.reset()
    client.get("/projet-social")
    few = len(statements)

    for number in range(2, 31):
        linking.link(agent, AIM, "actions", number)
    statements.reset()
    page = client.get("/projet-social").text

    assert len(statements) == few
    assert "Et 26 autres" in page
