"""The directory: kept by the team, read by anyone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.partners import queries, services
from app.partners.details import ContactDetails, PartnerDetails
from app.partners.models import Contact, Partner
from tests.factories import make_quartier, make_resident
from tests.partners.factories import make_partner, make_team, mission
from tests.support import Ledger, Statements, Visitor, audited


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": "  "}),
        ("kind", {"kind": "banque"}),
        ("publics", {"publics": ("chats",)}),
        ("mission_ids", {"mission_ids": (99_999,)}),
        ("quartier_ids", {"quartier_ids": (99_999,)}),
        ("phone", {"phone": "bientôt"}),
        ("website", {"website": "javascript:alert(1)"}),
    ],
)
def test_a_partner_that_cannot_be_is_refused(app: Flask, field: str, wrong: dict[str, Any]) -> None:
    details = PartnerDetails(**{"name": "Mission locale", "kind": "emploi", **wrong})

    with pytest.raises(Invalid) as refusal:
        services.add_partner(make_team(), details)

    assert refusal.value.field == field
    assert db.session.scalar(select(func.count(Partner.id))) == 0


def test_two_partners_do_not_share_a_name(app: Flask) -> None:
    make_partner("Mission locale")

    with pytest.raises(Conflict):
        make_partner("MISSION LOCALE")

    assert db.session.scalar(select(func.count(Partner.id))) == 1


def test_a_resident_keeps_no_partner(ledger: Ledger) -> None:
    partner, resident = make_partner(), make_resident()
    before = audited()

    for refused in (
        lambda: services.add_partner(resident, PartnerDetails("École", "ecole")),
        lambda: services.edit_partner(resident, partner, PartnerDetails("École", "ecole")),
        lambda: services.archive_partner(resident, partner),
        lambda: services.save_contact(resident, partner, ContactDetails("Ali")),
        lambda: services.add_mission(resident, "Jardins"),
    ):
        with pytest.raises(Forbidden):
            refused()

    assert ledger.acts() == []
    assert audited() == before


def test_a_partner_is_found_by_word_mission_public_and_quartier(app: Flask) -> None:
    near, far = make_quartier(), make_quartier()
    jobs = make_partner(
        "Mission locale",
        mission_ids=(mission("Emploi et formation"),),
        publics=("jeunes",),
        quartier_ids=(near.id,),
    )
    make_partner("Épicerie", publics=("familles",), quartier_ids=(far.id,))
    everywhere = make_partner("Maison de santé", publics=("tous",))

    def names(**filters: Any) -> list[str]:
        return [card.name for card in queries.directory(1, **filters).items]

    assert names(words="locale") == [jobs.name]
    assert names(mission_id=mission("Emploi et formation")) == [jobs.name]
    assert names(public="jeunes") == [everywhere.name, jobs.name]
    assert names(quartier_id=near.id) == [everywhere.name, jobs.name]
    assert names(kind="ecole") == []


def test_the_directory_costs_the_same_however_long(client: Visitor, statements: Statements) -> None:
    def cost() -> int:
        statements.reset()
        assert client.get("/partenaires").status_code == 200
        return len(statements)

    make_partner()
    client.get("/partenaires")
    few = cost()
    for _number in range(15):
        make_partner(publics=("jeunes",), mission_ids=(mission("Logement"),))

    assert cost() == few


def test_a_partner_put_away_leaves_the_directory_and_comes_back(client: Visitor) -> None:
    partner, team = make_partner("Mission locale"), make_team()
    slug = partner.slug
    services.archive_partner(team, partner)

    assert client.get(f"/partenaires/{slug}").status_code == 404
    assert client.get("/recherche?q=locale").text.count(f"/partenaires/{slug}") == 0
    with pytest.raises(Conflict):
        services.archive_partner(team, db.session.get_one(Partner, partner.id))

    services.restore_partner(team, db.session.get_one(Partner, partner.id))

    assert client.get(f"/partenaires/{slug}").status_code == 200
    assert f"/partenaires/{slug}" in client.get("/recherche?q=locale").text


def test_contacts_and_notes_are_for_the_team_alone(client: Visitor) -> None:
    partner = make_partner(notes="Rappeler en mai")
    services.save_contact(
        make_team(), partner, ContactDetails("Sabrina Lenoir", phone="06 12 34 56 78")
    )
    path = partner.path

    public = client.get(path).text
    assert "Sabrina" not in public
    assert "Rappeler" not in public

    page = client.sign_in(make_team()).get(path).text
    assert "Sabrina Lenoir" in page
    assert "Rappeler en mai" in page


def test_a_contact_is_forgotten_after_a_question(client: Visitor) -> None:
    partner = make_partner()
    contact = services.save_contact(make_team(), partner, ContactDetails("Sabrina Lenoir"))
    path = f"/partenaires/contacts/{contact.id}/retirer"
    client.sign_in(make_team())

    assert "Sabrina Lenoir" in client.get(path).text
    assert db.session.scalar(select(func.count(Contact.id))) == 1

    client.send(path)

    assert db.session.scalar(select(func.count(Contact.id))) == 0


def test_the_team_fills_the_form_and_keeps_what_it_typed_when_refused(client: Visitor) -> None:
    client.sign_in(make_team())
    typed = {"name": "École des Tilleuls", "kind": "", "publics": ["enfants"]}

    refused = client.send("/partenaires/nouveau", typed)
    assert refused.status_code == 422
    assert "École des Tilleuls" in refused.text

    made = client.send("/partenaires/nouveau", {**typed, "kind": "ecole"})
    assert made.location.endswith("/partenaires/ecole-des-tilleuls")


def test_a_mission_is_added_retired_and_offered_again(app: Flask) -> None:
    team = make_team()
    made = services.add_mission(team, "Jardins partagés")
    refusals: list[type[DomainError]] = []
    for name in ("jardins  Partagés", "…"):
        with pytest.raises(DomainError) as refusal:
            services.add_mission(team, " ".join(name.split()))
        refusals.append(type(refusal.value))

    services.retire_mission(team, made, retired=True)
    assert "Jardins partagés" not in dict(queries.mission_choices()).values()
    services.add_mission(team, "Jardins partagés")

    assert refusals == [Conflict, Invalid]
    assert "Jardins partagés" in dict(queries.mission_choices()).values()
