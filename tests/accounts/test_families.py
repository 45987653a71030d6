"""Families: the children a parent adds, the homes they share, and the page that shows them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import family_queries, family_services, guardian_services, household_services
from app.accounts.family_models import GuardianInvitation
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.accounts.family_support import links, make_child
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor, audited


def facts(nickname: str = "Lina", year_of_birth: int | None = None) -> family_services.ChildFacts:
    born = year_of_birth or today().year - 9
    return {"nickname": nickname, "year_of_birth": born, "quartier_id": None}


def test_a_parent_adds_a_child_with_a_nickname_and_a_year(app: Flask, ledger: Ledger) -> None:
    parent = make_resident("Amina")

    child = family_services.add_child(parent, parent, facts())

    assert (child.display_name, child.family_name, child.has_guardian) == ("Lina", "", True)
    assert child.email is None and child.password_hash is None and not child.is_confirmed
    [home] = family_queries.homes_of(child.id)
    assert [name for _id, name in home.members] == ["Amina H.", "Lina"]
    [entry] = ledger.entries(Act.RESIDENT_REGISTERED)
    assert entry.participation_key == child.participation_key
    assert entry.entered_by_key == parent.participation_key


def test_two_children_share_the_household_of_their_parent(app: Flask) -> None:
    parent = make_resident("Amina")

    make_child(parent, "Lina")
    make_child(parent, "Sami", age=6)

    [home] = family_queries.homes_of(parent.id)
    assert [name for _id, name in home.members] == ["Amina H.", "Lina", "Sami"]


@pytest.mark.parametrize(
    ("known", "field"),
    [
        (facts(year_of_birth=1990), "year_of_birth"),
        (facts(year_of_birth=today().year - 16), "year_of_birth"),
        (facts(year_of_birth=today().year + 1), "year_of_birth"),
        (facts(nickname="   "), "nickname"),
    ],
)
def test_what_is_not_a_child_is_refused(
    app: Flask, ledger: Ledger, known: family_services.ChildFacts, field: str
) -> None:
    parent = make_resident()

    with pytest.raises(Invalid) as refusal:
        family_services.add_child(parent, parent, known)

    assert refusal.value.field == field
    assert links() == 0
    assert ledger.acts() == []


@pytest.mark.parametrize("fields", [{"email_confirmed_at": None}, {"year_of_birth": 2012}])
def test_only_a_confirmed_adult_adds_a_child(
    app: Flask, ledger: Ledger, fields: dict[str, Any]
) -> None:
    person = make_resident(**fields)

    with pytest.raises(Forbidden):
        family_services.add_child(person, person, facts())

    assert ledger.acts() == []


def test_nobody_adds_a_child_to_someone_elses_family(app: Flask) -> None:
    with pytest.raises(Forbidden):
        family_services.add_child(make_resident(), make_resident(), facts())

    assert links() == 0


def test_the_desk_adds_a_child_with_the_parent_present(app: Flask) -> None:
    desk, parent = make_with_role(Role.DESK), make_resident()

    child = family_services.add_child(desk, parent, facts())

    assert child.registered_by_id == desk.id
    assert "family:linked" in audited()


def test_a_thirteenth_child_is_refused_even_when_added_at_once(app: Flask) -> None:
    parent = make_resident()
    for number in range(family_services.MOST_CHILDREN - 1):
        make_child(parent, f"Enfant {number}")
    parent_id = parent.id

    def add() -> None:
        me = db.session.get_one(Resident, parent_id)
        family_services.add_child(me, me, facts())

    assert refused_at_once(app, [add] * 4) == [Conflict] * 3
    assert links() == family_services.MOST_CHILDREN


def test_the_desk_gathers_and_parts_a_household(app: Flask) -> None:
    desk, first, second = make_with_role(Role.DESK), make_resident("Amina"), make_resident("Karim")

    household_services.gather(desk, first, second)
    [home] = family_queries.homes_of(second.id)
    household_services.part(desk, household_services.household_of(first), second)

    assert len(home.members) == 2
    assert family_queries.homes_of(second.id) == []
    assert audited()[-2:] == ["household:changed", "household:changed"]


def test_the_family_page_shows_children_and_invitations(app: Flask, client: Visitor) -> None:
    parent, other = make_resident("Amina"), make_resident("Karim")
    child = make_child(parent)
    guardian_services.invite(parent, child, other.card_number)

    mine = client.sign_in(parent).get("/moi/famille").get_data(as_text=True)
    theirs = Visitor(app).sign_in(other).get("/moi/famille").get_data(as_text=True)

    assert "Parler pour Lina" in mine and "Chez Amina" in mine
    assert "Répondre aussi de Lina" in theirs


def test_the_family_page_sends_a_constant_number_of_statements(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    parent = make_resident()
    make_child(parent)
    client.sign_in(parent)
    client.get("/moi/famille")
    statements.reset()
    client.get("/moi/famille")
    few = len(statements)
    for number in range(5):
        make_child(parent, f"Enfant {number}")
    statements.reset()
    client.get("/moi/famille")

    assert len(statements) == few


def test_families_are_filled_in_without_a_script(app: Flask, client: Visitor) -> None:
    parent, other = make_resident(), make_resident("Karim")
    client.sign_in(parent)
    typed = {"nickname": "Lina", "year_of_birth": str(today().year - 8), "quartier_id": "0"}

    assert client.send("/moi/famille/enfants/nouveau", {**typed, "nickname": ""}).status_code == 422
    assert client.send("/moi/famille/enfants/nouveau", typed).status_code == 302
    [child] = family_queries.children_of(parent.id)
    space = f"/moi/famille/enfants/{child.id}"
    client.send(space, {**typed, "nickname": "Linette"})
    client.send(f"{space}/inviter", {"who": other.card_number})
    [invitation] = db.session.scalars(select(GuardianInvitation))
    guest = Visitor(app).sign_in(other)
    answer = f"/moi/famille/invitations/{invitation.id}/accepter"
    assert guest.send(answer, {}).status_code == 422
    assert guest.send(answer, {"home": "same"}).status_code == 302
    [home] = family_queries.homes_of(parent.id)
    client.send(f"/moi/famille/foyers/{home.id}", {"name": "Les Benali"})
    assert client.send(f"{space}/fin", {"reason": ""}).status_code == 422
    assert client.send(f"{space}/fin", {"reason": "Erreur"}).status_code == 302

    assert family_queries.children_of(parent.id) == []
    assert [one.name for one in family_queries.children_of(other.id)] == ["Linette"]
    assert family_queries.homes_of(other.id)[0].name == "Les Benali"


def test_a_strangers_home_or_invitation_is_not_there(app: Flask, client: Visitor) -> None:
    parent, other = make_resident(), make_resident()
    child = make_child(parent)
    guardian_services.invite(parent, child, other.card_number)
    [invitation] = db.session.scalars(select(GuardianInvitation))
    [home] = family_queries.homes_of(parent.id)
    client.sign_in(make_resident())

    for path in (
        f"/moi/famille/foyers/{home.id}",
        f"/moi/famille/enfants/{child.id}",
        f"/moi/famille/enfants/{child.id}/inviter",
        f"/moi/famille/enfants/{child.id}/fin",
        f"/moi/famille/enfants/{child.id}/consentements",
    ):
        assert client.get(path).status_code == 404
    for answer in ("accepter", "refuser"):
        path = f"/moi/famille/invitations/{invitation.id}/{answer}"
        assert client.send(path, {"home": "same"}).status_code == 404
