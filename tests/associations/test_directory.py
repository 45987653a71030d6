"""The directory in a browser."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.associations import connection_services
from app.associations.models import Association
from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act
from tests.associations.factories import make_association, make_pending
from tests.factories import make_quartier, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor

SCRIPT = "<script>alert(1)</script>"
TYPED = {"name": "Les Jardiniers", "purpose": "Jardiner.", "family": "024", "quartier_id": "0"}


def test_the_directory_is_searched_and_filtered(client: FlaskClient) -> None:
    quartier = make_quartier("La Source")
    make_association(name="Vélos pour tous", family="007", publics=("jeunes",))
    make_association(name="Chorale", family="006", quartier_id=quartier.id, publics=("tous",))

    def names(query: str) -> list[bool]:
        page = client.get(f"/associations?{query}").text
        return ["Vélos pour tous" in page, "Chorale" in page]

    assert names("") == [True, True]
    assert names("q=velo") == [True, False]
    assert names("domaine=006") == [False, True]
    assert names(f"quartier={quartier.id}") == [False, True]
    assert names("public=seniors") == [False, True]
    assert names("domaine=xyz&quartier=99999999999999999999&public=a") == [True, True]


def test_strange_addresses_are_no_page(client: FlaskClient) -> None:
    for path in (
        "/associations?page=0",
        "/associations?page=9",
        "/associations/inconnue",
        "/collectifs/999",
        "/collectifs/99999999999999999999",
    ):
        assert client.get(path).status_code == 404, path


def test_the_directory_costs_the_same_with_fifty(
    client: FlaskClient, statements: Statements
) -> None:
    make_association(publics=("jeunes", "seniors"))
    statements.reset()
    client.get("/associations")
    alone = len(statements)
    for _number in range(49):
        make_association(publics=("jeunes",))
    statements.reset()

    client.get("/associations")

    assert len(statements) == alone <= 6


def test_a_page_costs_little_however_many_links(
    client: FlaskClient, statements: Statements
) -> None:
    association = make_association(person := make_resident())
    paths = []
    for count in (1, 5):
        for _number in range(count):
            other = make_association(them := make_resident())
            asked = connection_services.ask(person, association, other)
            connection_services.accept(them, asked)
        statements.reset()
        client.get(association.path)
        paths.append(len(statements))

    assert paths[0] == paths[1] <= 6


def test_an_association_is_listed_then_approved_then_seen(app: Flask, ledger: Ledger) -> None:
    lister, desk = make_resident(), make_with_role(Role.DESK)
    resident, team, passer = Visitor(app).sign_in(lister), Visitor(app).sign_in(desk), Visitor(app)

    listed = resident.send("/associations/inscrire", {**TYPED, "publics": ["enfants", "seniors"]})
    path = listed.headers["Location"]

    assert passer.get(path).status_code == 404
    assert Visitor(app).sign_in(make_resident()).get(path).status_code == 404
    assert resident.get(path).status_code == 200
    assert "Les Jardiniers" in team.get("/associations/a-valider").text
    assert team.send(f"{path}/valider").status_code == 302
    assert "Les Jardiniers" in passer.get(path).text
    assert lister.full_name not in passer.get(path).text
    assert team.send(f"{path}/valider").status_code == 409


def test_a_form_with_mistakes_comes_back_with_its_words(app: Flask, ledger: Ledger) -> None:
    visitor = Visitor(app).sign_in(make_resident())
    wrong = {**TYPED, "siret": "123", "rna": "ABC", "website": "javascript:alert(1)"}

    answer = visitor.send("/associations/inscrire", wrong)

    assert answer.status_code == 422
    assert "Les Jardiniers" in answer.text
    assert answer.text.count("aria-invalid") == 3
    assert db.session.scalar(select(func.count(Association.id))) == 0
    assert ledger.acts() == []


def test_a_name_already_there_is_said_beside_the_name(app: Flask) -> None:
    make_association(name="Les Jardiniers")

    answer = Visitor(app).sign_in(make_resident()).send("/associations/inscrire", TYPED)

    assert answer.status_code == 409
    assert "porte déjà ce nom" in answer.text


def test_a_script_in_any_box_is_only_words(app: Flask) -> None:
    resident = make_resident()
    visitor = Visitor(app).sign_in(resident)
    typed = {**TYPED, "name": SCRIPT, "purpose": SCRIPT, "activities": SCRIPT, "address": SCRIPT}

    path = visitor.send("/associations/inscrire", typed).headers["Location"]
    team = Visitor(app).sign_in(make_with_role(Role.DESK))
    team.send(f"{path}/refuser", {"reason": SCRIPT})

    for page in (path, f"{path}/modifier", "/associations/mes-mises-en-lien"):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert SCRIPT not in answer.text, page
    team.send(f"{path}/modifier", typed)
    team.send(f"{path}/valider")
    assert SCRIPT not in visitor.get("/associations").text


def test_a_refusal_needs_a_reason_and_keeps_the_page(app: Flask, ledger: Ledger) -> None:
    association = make_pending()
    team = Visitor(app).sign_in(make_with_role(Role.DESK))

    answer = team.send(f"{association.path}/refuser", {"reason": ""})

    assert answer.status_code == 422
    assert ledger.entries(Act.ASSOCIATION_REFUSED) == []
    assert team.send(f"{association.path}/refuser", {"reason": "RNA ?"}).status_code == 302


def test_doors_are_shut_to_those_without_the_right(app: Flask) -> None:
    association = make_association()
    stranger = Visitor(app).sign_in(make_resident())

    assert stranger.get("/associations/a-valider").status_code == 403
    assert stranger.get(f"{association.path}/modifier").status_code == 403
    assert stranger.send(f"{association.path}/modifier", TYPED).status_code == 403
    assert stranger.send(f"{association.path}/valider").status_code == 403
    assert Visitor(app).get("/associations/inscrire").status_code == 302


def test_a_changed_name_is_found_by_its_new_words(app: Flask) -> None:
    lister = make_resident()
    association = make_association(lister, name="Tricot")
    visitor = Visitor(app).sign_in(lister)

    visitor.send(f"{association.path}/modifier", {**TYPED, "name": "Couture"})

    assert "Couture" in Visitor(app).get("/associations?q=couture").text
    assert "Couture" not in Visitor(app).get("/associations?q=tricot").text


def test_contact_links_cannot_carry_anything_else(client: FlaskClient) -> None:
    association = make_association(
        email="a@exemple.fr", phone="01 23 45 67 89", website="http://exemple.fr"
    )

    page = client.get(association.path).text

    assert 'href="mailto:a@exemple.fr"' in page
    assert 'href="tel:0123456789"' in page
    assert 'href="http://exemple.fr" rel="nofollow noopener ugc"' in page
