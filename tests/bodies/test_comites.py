"""Comités are opened, joined, left and closed."""

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage

from app.bodies import closing_services
from app.bodies import comite_services as services
from app.bodies.queries import body_by_slug, comite_choices, is_member, member_ids
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.bodies.factories import make_director, make_meeting, make_member, make_referent
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor

PDF = b"%PDF-1.7\n1 0 obj\n"


def test_the_director_opens_a_comite_and_the_ledger_says_so(ledger: Ledger) -> None:
    director = make_director()

    body = services.create_body(director, "Comité Été & Vacances", theme="famille")

    assert body.slug == "comite-ete-vacances"
    assert comite_choices() == [(body.id, "Comité Été & Vacances")]
    (entry,) = ledger.entries()
    assert (entry.act, entry.body_id, entry.body_kind) == (Act.BODY_CREATED, body.id, "comite")


@pytest.mark.parametrize("role", [None, Role.DESK, Role.CONSEIL])
def test_nobody_else_opens_a_comite(ledger: Ledger, role: Role | None) -> None:
    person = make_with_role(role) if role else make_resident()

    with pytest.raises(Forbidden):
        services.create_body(person, "Comité jardin")

    assert body_by_slug("comite-jardin") is None
    assert ledger.acts() == []


@pytest.mark.parametrize("name", ["!!!", "Nouveau", "قهوة"])
def test_a_name_that_makes_no_address_is_refused(ledger: Ledger, name: str) -> None:
    director = make_director()

    with pytest.raises(Invalid):
        services.create_body(director, name)

    assert ledger.acts() == []


def test_two_comites_do_not_share_a_name(ledger: Ledger) -> None:
    director = make_director()
    services.create_body(director, "Comité jardin")

    with pytest.raises(Conflict):
        services.create_body(director, "Comité Jardin")

    assert ledger.acts() == [Act.BODY_CREATED]


def test_a_resident_joins_leaves_and_comes_back(ledger: Ledger) -> None:
    body, resident = make_body(), make_resident()

    services.join(body, resident)
    services.leave(body, resident)
    services.join(body, resident)

    assert ledger.acts() == [Act.BODY_JOINED, Act.BODY_LEFT, Act.BODY_JOINED]
    assert is_member(body.id, resident.id)
    assert member_ids(body) == [resident.id]


def test_joining_twice_leaves_no_trace(ledger: Ledger) -> None:
    body, resident = make_body(), make_resident()
    services.join(body, resident)

    with pytest.raises(Conflict):
        services.join(body, resident)

    assert ledger.acts() == [Act.BODY_JOINED]


def test_leaving_without_being_there_is_refused(ledger: Ledger) -> None:
    body, resident = make_body(), make_resident()

    with pytest.raises(Conflict):
        services.leave(body, resident)

    assert ledger.acts() == []


def test_an_unconfirmed_resident_and_the_conseil_are_not_for_joining(ledger: Ledger) -> None:
    stranger = make_resident(email_confirmed_at=None)

    with pytest.raises(Forbidden):
        services.join(make_body(), stranger)
    with pytest.raises(Forbidden):
        services.join(make_body("conseil"), make_resident())

    assert ledger.acts() == []


def test_a_comite_with_a_meeting_to_come_is_not_closed(app: object) -> None:
    director, body = make_director(), make_body()
    make_meeting(body, director)

    with pytest.raises(Conflict):
        closing_services.close_body(director, body)

    assert body.closed_on is None


def test_a_closed_comite_stays_readable_and_takes_nobody(client: Visitor) -> None:
    director, body = make_director(), make_body(name="Comité ancien")
    client.sign_in(director)

    assert client.get("/comites/comite-ancien/fermer").status_code == 200
    assert client.send("/comites/comite-ancien/fermer").status_code == 302

    assert "fermé depuis" in client.get("/comites/comite-ancien").get_data(as_text=True)
    with pytest.raises(Forbidden):
        services.join(body, make_resident())


def test_the_roster_is_for_members_and_the_team(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    make_member(body, make_resident("Zohra", family_name="Kaci"))
    url = "/comites/comite-famille/membres"

    assert client.get(url).status_code == 302
    assert client.sign_in(make_resident()).get(url).status_code == 403
    assert "Zohra K." in client.sign_in(make_member(body)).get(url).get_data(as_text=True)
    assert client.sign_in(make_with_role(Role.DESK)).get(url).status_code == 200


def test_the_public_page_counts_members_and_names_only_the_referent(client: FlaskClient) -> None:
    body = make_body(name="Comité famille")
    make_member(body, make_resident("Zohra"))
    make_referent(body, given_name="Samir", family_name="Benali")

    page = client.get("/comites/comite-famille").get_data(as_text=True)

    assert "1 membre" in page
    assert "Samir B." in page
    assert "Zohra" not in page


def test_a_comite_of_children_names_nobody(client: Visitor) -> None:
    body = make_body(name="Comité enfant", theme="enfant")
    child = make_member(body, make_resident("Lina"))
    make_referent(body, given_name="Samir", family_name="Benali")

    page = client.get("/comites/comite-enfant").get_data(as_text=True)

    assert "Samir" not in page
    assert "Lina" not in page
    assert client.sign_in(child).get("/comites/comite-enfant/membres").status_code == 403


def test_the_comite_of_children_is_joined_by_children_alone(
    client: Visitor, ledger: Ledger
) -> None:
    body, adult = make_body(name="Comité enfant", theme="enfant"), make_resident()

    page = client.sign_in(adult).get("/comites/comite-enfant").get_data(as_text=True)
    with pytest.raises(Forbidden, match="Ma famille"):
        services.join(body, adult)

    assert "/comites/comite-enfant/rejoindre" not in page
    assert "/moi/famille" in page
    assert not is_member(body.id, adult.id)
    assert ledger.acts() == []


@pytest.mark.parametrize("slug", ["inconnu", "%00", "a'b", "x" * 300])
def test_an_unknown_address_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/comites/{slug}").status_code == 404


def test_a_number_too_big_for_the_database_is_not_found(client: FlaskClient) -> None:
    assert client.get("/reunions/99999999999999999999").status_code == 404


def test_scripts_in_the_purpose_are_shown_as_text(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(body))

    answer = client.send(
        "/comites/comite-famille/modifier", {"purpose": "<script>alert(1)</script> **ensemble**"}
    )

    assert answer.status_code == 302
    page = client.get("/comites/comite-famille").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<strong>ensemble</strong>" in page


def test_the_referent_of_another_comite_changes_nothing(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(make_body()))

    answer = client.send("/comites/comite-famille/modifier", {"purpose": "À moi"})

    assert answer.status_code == 403
    db.session.refresh(body)
    assert body.purpose == ""


def test_a_document_is_downloaded_by_anyone_and_taken_off(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(body))
    url = "/comites/comite-famille/documents"

    sent = client.send(url, {"title": "Dépliant", "file": (io.BytesIO(PDF), "reglement.pdf")})

    assert sent.status_code == 302
    page = client.get("/comites/comite-famille").get_data(as_text=True)
    address = page.split('href="/fichiers/')[1][:64]
    download = Visitor(client.application).get(f"/fichiers/{address}")
    assert download.data == PDF
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert client.send(f"{url}/1/retirer").status_code == 302
    assert "Dépliant" not in client.get("/comites/comite-famille").get_data(as_text=True)


def test_a_file_that_is_no_pdf_is_refused_with_the_title_kept(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(body))

    answer = client.send(
        "/comites/comite-famille/documents",
        {"title": "Règlement", "file": (io.BytesIO(b"<html>"), "x.pdf")},
    )

    assert answer.status_code == 422
    assert 'value="Règlement"' in answer.get_data(as_text=True)


def test_nobody_else_adds_a_document(app: object) -> None:
    upload = FileStorage(io.BytesIO(PDF), "x.pdf")

    with pytest.raises(Forbidden):
        services.add_document(make_resident(), make_body(), "Règlement", upload)


@pytest.mark.parametrize("address", ["0" * 64, "../../etc/passwd", "Z" * 64])
def test_an_unknown_file_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/fichiers/{address}").status_code == 404


def test_the_list_asks_as_little_with_fifty_comites(
    client: FlaskClient, statements: Statements
) -> None:
    make_body()
    statements.reset()
    client.get("/comites")
    with_one = len(statements)

    director = make_director()
    for number in range(50):
        body = make_body(name=f"Comité numéro {number}")
        make_member(body)
        if number < 5:
            make_meeting(body, director)
    statements.reset()
    client.get("/comites")

    assert len(statements) == with_one <= 6


def test_a_comite_page_asks_as_little_with_fifty_meetings(
    client: FlaskClient, statements: Statements
) -> None:
    body = make_body(name="Comité famille")
    make_referent(body)
    director = make_director()
    make_meeting(body, director)
    statements.reset()
    client.get("/comites/comite-famille")
    with_one = len(statements)

    for number in range(15):
        make_meeting(body, director, title=f"Réunion {number}")
    statements.reset()
    client.get("/comites/comite-famille")

    assert len(statements) == with_one <= 6
