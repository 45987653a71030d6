"""Someone stands at the desk."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from tests.desk.paper import code_on, number_on
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Visitor

NOBODY_YET = {"given_name": "Fatou", "family_name": "N’Diaye", "quartier_id": "0", "sex": ""}


def desk(client: Visitor) -> Resident:
    agent = make_with_role(Role.DESK)
    client.sign_in(agent)
    return agent


def registered(family_name: str) -> Resident | None:
    return db.session.scalar(select(Resident).where(Resident.family_name == family_name))


def test_a_grandmother_without_address_gets_a_card_that_opens_the_door(
    client: Visitor, ledger: Ledger
) -> None:
    agent = desk(client)

    answer = client.send("/accueil/inscrire", NOBODY_YET)

    sheet = answer.headers["Location"]
    assert "Fatou" in client.get(sheet).text
    (entry,) = ledger.entries(Act.RESIDENT_REGISTERED)
    assert (entry.channel, entry.entered_by_key) == (Channel.DESK, agent.participation_key)
    card = client.send(f"{sheet}/carte.pdf", {"code": "1"})
    number, pin = number_on(card.data), code_on(card.data)
    client.send("/deconnexion")
    welcome = client.send("/connexion", {"identifier": number, "secret": pin})
    assert welcome.headers["Location"] == "/moi"


def test_languages_and_a_telephone_are_kept_as_said(client: Visitor) -> None:
    desk(client)

    answer = client.send(
        "/accueil/inscrire",
        {**NOBODY_YET, "phone": "+33 6 12-34.56 78", "languages": ["snk", "fr"]},
    )

    page = client.get(answer.headers["Location"]).text
    assert "06\u00a012\u00a034\u00a056\u00a078" in page
    assert "français, soninké" in page


def test_a_telephone_that_cannot_be_dialled_is_refused_and_nobody_is_registered(
    client: Visitor, ledger: Ledger
) -> None:
    desk(client)

    answer = client.send("/accueil/inscrire", {**NOBODY_YET, "phone": "06 12"})

    assert answer.status_code == 422
    assert "Ce numéro ne semble pas complet" in answer.text
    assert registered("N’Diaye") is None
    assert ledger.acts() == []


def test_what_was_searched_for_begins_the_form(client: Visitor) -> None:
    desk(client)

    page = client.get("/accueil/inscrire?q=amina+ben+ali+1984").text

    assert 'value="Amina"' in page
    assert 'value="Ben Ali"' in page
    assert 'value="1984"' in page


def test_a_sheet_is_corrected_and_the_journal_names_the_fields_alone(client: Visitor) -> None:
    agent = desk(client)
    resident = make_resident("Éloise", family_name="Martin", email=None)

    client.send(
        f"/accueil/personnes/{resident.id}/corriger",
        {
            "given_name": "Éloïse",
            "family_name": "Martin",
            "year_of_birth": "1951",
            "sex": "",
            "quartier_id": "0",
        },
    )

    kept = db.session.get_one(Resident, resident.id)
    assert (kept.given_name, kept.year_of_birth) == ("Éloïse", 1951)
    line = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == AuditAct.PERSON_CORRECTED.value)
    ).one()
    assert (line.by_id, line.subject_id) == (agent.id, resident.id)
    assert line.details == {"after": {"fields": ["given_name", "year_of_birth"]}}


def test_a_new_address_must_be_confirmed_and_the_old_one_is_told(client: Visitor) -> None:
    desk(client)
    resident = make_resident("Amina", family_name="Benali", email="avant@example.org")

    client.send(
        f"/accueil/personnes/{resident.id}/corriger",
        {
            "given_name": "Amina",
            "family_name": "Benali",
            "sex": "",
            "quartier_id": "0",
            "email": "Apres@example.org",
        },
    )

    kept = db.session.get_one(Resident, resident.id)
    assert (kept.email, kept.email_confirmed_at) == ("apres@example.org", None)
    mails = db.session.execute(db.text('SELECT "to" FROM outbox ORDER BY id')).scalars().all()
    assert mails == ["apres@example.org", "avant@example.org"]


def test_an_agent_does_not_change_the_address_that_signs_in_as_the_direction(
    client: Visitor,
) -> None:
    desk(client)
    director = make_with_role(Role.DIRECTOR)
    address = director.email

    assert client.get(f"/accueil/personnes/{director.id}/corriger").status_code == 403
    answer = client.send(
        f"/accueil/personnes/{director.id}/corriger",
        {
            "given_name": "Moi",
            "family_name": "Moi",
            "sex": "",
            "quartier_id": "0",
            "email": "moi@example.org",
        },
    )

    assert answer.status_code == 403
    assert db.session.get_one(Resident, director.id).email == address


def test_a_resident_does_not_enter_the_desk(client: Visitor, ledger: Ledger) -> None:
    other = make_resident()
    client.sign_in(make_resident())

    assert client.get("/accueil").status_code == 403
    assert client.send("/accueil/inscrire", NOBODY_YET).status_code == 403
    assert client.get(f"/accueil/personnes/{other.id}").status_code == 403
    assert client.send(f"/accueil/personnes/{other.id}/carte.pdf").status_code == 403
    assert client.send("/accueil/cartes.pdf", {"personne": str(other.id)}).status_code == 403
    assert registered("N’Diaye") is None
    assert ledger.acts() == []


def test_the_desk_reads_why_it_does_not_act_with_whoever_holds_a_role(client: Visitor) -> None:
    desk(client)
    colleague, neighbour = make_with_role(Role.DIRECTOR), make_resident()

    assert "elle agit elle-même" in client.get(f"/accueil/personnes/{colleague.id}").text
    assert "elle agit elle-même" not in client.get(f"/accueil/personnes/{neighbour.id}").text


def test_the_desk_leads_to_the_shared_tablets(client: Visitor) -> None:
    desk(client)

    assert 'href="/accueil/borne"' in client.get("/accueil").text
