"""Families at the desk: linking, unlinking, gathering, and accounts to hand over."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts import family_queries
from app.accounts import services as accounts
from app.accounts.family_jobs import hand_accounts_over
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.rights import Role
from app.desk.family_queries import to_hand_over
from tests.accounts.family_support import guardian_ids, make_child, make_lone_child
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Visitor


@pytest.fixture
def desk(app: Flask, client: Visitor) -> Visitor:
    return client.sign_in(make_with_role(Role.DESK))


@pytest.mark.parametrize("from_child", [True, False])
def test_the_desk_links_from_either_page(desk: Visitor, from_child: bool) -> None:
    parent, child = make_resident("Amina"), make_lone_child()
    here, other = (child, parent) if from_child else (parent, child)
    card = f"{other.card_number[:4]} {other.card_number[4:]}"

    answer = desk.send(f"/accueil/personnes/{here.id}/famille/lien", {"card": card})

    assert answer.status_code == 302
    assert guardian_ids(child) == [parent.id]
    page = desk.get(f"/accueil/personnes/{here.id}/famille").get_data(as_text=True)
    assert other.full_name in page


def test_a_card_that_nobody_has_is_said_beside_the_box(desk: Visitor) -> None:
    child = make_lone_child()

    answer = desk.send(f"/accueil/personnes/{child.id}/famille/lien", {"card": "00000000"})

    assert answer.status_code == 422
    assert "Personne n’a cette carte" in answer.get_data(as_text=True)
    assert guardian_ids(child) == []


def test_the_desk_registers_a_child_with_their_parent(desk: Visitor, ledger: Ledger) -> None:
    parent = make_resident("Amina")
    typed = {"nickname": "Lina", "year_of_birth": str(today().year - 8), "quartier_id": "0"}

    desk.send(f"/accueil/personnes/{parent.id}/famille/enfant", typed)

    [child] = family_queries.children_of(parent.id)
    assert child.name == "Lina"
    assert len(ledger.entries()) == 1


def test_the_desk_undoes_a_link_with_a_reason(desk: Visitor) -> None:
    child = make_child()
    [link] = db.session.scalars(select(Guardianship))
    path = f"/accueil/personnes/{child.id}/famille/liens/{link.id}/fin"

    refused = desk.send(path, {"reason": ""})
    done = desk.send(path, {"reason": "Jugement"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert guardian_ids(child) == []
    page = desk.get(f"/accueil/personnes/{child.id}/famille").get_data(as_text=True)
    assert "Jugement" in page
    assert desk.get(path).status_code == 404


def test_a_link_is_undone_from_the_page_of_one_of_the_two(desk: Visitor) -> None:
    make_child()
    [link] = db.session.scalars(select(Guardianship))
    stranger = make_resident()

    path = f"/accueil/personnes/{stranger.id}/famille/liens/{link.id}/fin"

    assert desk.send(path, {"reason": "Pour voir"}).status_code == 404


def test_the_desk_gathers_and_parts_a_home(desk: Visitor) -> None:
    first, second = make_resident("Amina"), make_resident("Karim")
    home = f"/accueil/personnes/{first.id}/famille/foyer"

    desk.send(home, {"card": second.card_number})
    [found] = family_queries.homes_of(second.id)
    desk.send(f"/accueil/personnes/{second.id}/famille/foyers/{found.id}/depart")

    assert len(found.members) == 2
    assert family_queries.homes_of(second.id) == []


@pytest.mark.parametrize("role", [None, Role.REFERENT, Role.CONSEIL])
def test_families_are_the_teams_alone(client: Visitor, role: Role | None) -> None:
    child = make_child()
    client.sign_in(make_with_role(role) if role else make_resident())

    for path in (f"/accueil/personnes/{child.id}/famille", "/accueil/comptes-a-remettre"):
        assert client.get(path).status_code == 403


def test_an_account_waits_at_the_desk_until_its_person_has_a_code(desk: Visitor) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        child_id = make_child(age=today().year - 2011).id
    with time_machine.travel(datetime(2027, 1, 2, 9, tzinfo=UTC), tick=False):
        hand_accounts_over.call_local()
        db.session.rollback()
        waiting = [one.id for one in to_hand_over(1).items]
        agent = make_with_role(Role.DESK)
        accounts.reset_pin(agent, db.session.get_one(Resident, child_id))

        assert waiting == [child_id]
        assert to_hand_over(1).items == []
        assert db.session.get_one(Resident, child_id).takes_part_in(None)
