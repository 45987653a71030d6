"""Quartiers and categories: added once, renamed, ordered, retired and brought back."""

import pytest

from app.audit.models import AuditEntry
from app.centre.models import Category, Quartier
from app.centre.queries import category_choices, quartier_choices
from app.core.db import db
from app.core.rights import Role
from tests.factories import make_category, make_quartier, make_resident, make_with_role
from tests.support import Visitor, audited


def quartiers() -> list[str]:
    return [name for _id, name in quartier_choices()]


def test_a_quartier_is_added_once(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    first = client.send("/reglages/quartiers", {"name": "La Source", "is_qpv": "y"})
    second = client.send("/reglages/quartiers", {"name": "La Source"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "est déjà dans la liste" in second.text
    assert db.session.query(Quartier).one().is_qpv
    assert audited() == ["quartier:added"]


def test_a_category_is_added(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send("/reglages/categories", {"name": "Cadre de vie"})

    assert "Cadre de vie" in client.get("/reglages/categories").text
    assert audited() == ["category:added"]


def test_a_quartier_is_renamed_and_keeps_its_address(client: Visitor) -> None:
    quartier = make_quartier("La Source")
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send(f"/reglages/quartiers/{quartier.id}", {"name": "Les Sources"})

    assert (quartier.name, quartier.slug) == ("Les Sources", "la-source")
    entry = db.session.query(AuditEntry).one()
    assert entry.details == {
        "before": {"name": "La Source", "is_qpv": False},
        "after": {"name": "Les Sources", "is_qpv": False},
    }


def test_two_quartiers_never_bear_the_same_name(client: Visitor) -> None:
    make_quartier("La Source")
    other = make_quartier("Les Acacias")
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(f"/reglages/quartiers/{other.id}", {"name": "La Source"})

    assert answer.status_code == 409
    assert other.name == "Les Acacias"
    assert audited() == []


def test_the_order_is_the_direction_s(client: Visitor) -> None:
    made = [make_quartier(name, position=at) for at, name in enumerate(("A", "B", "C"))]
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send(f"/reglages/quartiers/{made[2].id}/place")
    assert quartiers() == ["A", "C", "B"]
    client.send(f"/reglages/quartiers/{made[0].id}/place-suivante")
    assert quartiers() == ["C", "A", "B"]
    client.send(f"/reglages/quartiers/{made[2].id}/place")

    assert quartiers() == ["C", "A", "B"]


def test_a_retired_quartier_is_offered_no_more_and_stays_where_it_was(client: Visitor) -> None:
    kept, gone = make_quartier("La Source"), make_quartier("Les Acacias")
    person = make_resident(quartier_id=gone.id)
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send(f"/reglages/quartiers/{gone.id}/retrait")

    assert quartiers() == [kept.name]
    assert [name for _id, name in quartier_choices(keep=gone.id)] == ["La Source", "Les Acacias"]
    assert person.quartier_id == gone.id
    client.send(f"/reglages/quartiers/{gone.id}/retour")
    assert sorted(quartiers()) == ["La Source", "Les Acacias"]
    assert audited() == ["quartier:retired", "quartier:retired"]


def test_one_at_least_is_kept(client: Visitor) -> None:
    only = make_category("Cadre de vie")
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(f"/reglages/categories/{only.id}/retrait")

    assert answer.status_code == 409
    assert category_choices() == [(only.id, "Cadre de vie")]
    assert audited() == []


@pytest.mark.parametrize("act", ["", "/retrait", "/retour", "/place", "/place-suivante"])
def test_a_resident_touches_no_list(client: Visitor, act: str) -> None:
    category = make_category("Cadre de vie")
    client.sign_in(make_resident())

    answer = client.send(f"/reglages/categories/{category.id}{act}", {"name": "Ailleurs"})

    assert answer.status_code == 403
    assert db.session.query(Category).one().name == "Cadre de vie"
    assert audited() == []
