"""However what a role was for comes to its end, the role ends with it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import role_services
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.associations import services as associations
from app.associations.models import Association
from app.bodies import closing_services, comite_services, mandate_services
from app.bodies.models import CONSEIL, Body, Mandate
from app.core.clock import at, now, today
from app.core.db import atomic, db
from app.core.rights import RULES, Right, Role, Scope
from tests.associations.factories import make_association, make_pending
from tests.factories import make_body, make_grant, make_resident, make_with_role


def rights_of(person: Resident) -> list[Right]:
    """Every right the person holds somewhere."""
    return [right for right in Right if person.may_somewhere(right)]


def seated(ends_on: date | None = None) -> tuple[Resident, Body, Resident]:
    director, member = make_with_role(Role.DIRECTOR), make_resident()
    conseil = make_body(CONSEIL)
    mandate_services.give_seat(
        director, conseil, member, college="habitants", starts_on=today(), ends_on=ends_on
    )
    return director, conseil, member


def test_a_seat_that_is_ended_takes_its_role(app: Flask) -> None:
    director, _conseil, member = seated()
    assert rights_of(member)

    mandate_services.end_seat(director, db.session.scalars(select(Mandate)).one())

    assert rights_of(member) == []


def test_a_seat_that_ends_on_its_day_takes_its_role(app: Flask) -> None:
    _director, _conseil, member = seated(ends_on=today() + timedelta(days=10))

    with at(now() + timedelta(days=10)):
        assert rights_of(member)
    with at(now() + timedelta(days=11)):
        assert rights_of(member) == []


def test_a_conseil_that_closes_ends_its_seats_and_their_roles(app: Flask) -> None:
    director, conseil, member = seated()

    closing_services.close_body(director, conseil)

    assert rights_of(member) == []
    assert db.session.scalars(select(Mandate)).one().ended_on == today()


def test_a_comite_that_closes_ends_its_referents(app: Flask) -> None:
    director = make_with_role(Role.DIRECTOR)
    comite = comite_services.create_body(director, "Comité nature")
    referent = make_with_role(Role.REFERENT, body=comite)
    elsewhere = make_with_role(Role.REFERENT, body=make_body())

    closing_services.close_body(director, comite)

    assert rights_of(referent) == []
    assert rights_of(elsewhere)
    (grant,) = referent.grants
    assert grant.ended_by_id == director.id
    assert comite.name in (grant.end_reason or "")


def test_an_association_sent_back_has_no_representative(app: Flask) -> None:
    association = make_pending(make_resident())
    speaker = make_resident()
    make_grant(speaker, Role.ASSOCIATION, association_id=association.id)

    associations.refuse(make_with_role(Role.DESK), association, "Le siège est ailleurs.")

    assert rights_of(speaker) == []


@pytest.mark.parametrize(
    "role", [Role.REFERENT, Role.CONSEIL, Role.ASSOCIATION, Role.DESK, Role.DIRECTOR]
)
def test_whoever_is_erased_or_made_one_with_another_holds_nothing(app: Flask, role: Role) -> None:
    places: dict[Role, Callable[[], dict[str, int]]] = {
        Role.REFERENT: lambda: {"body_id": make_body().id},
        Role.CONSEIL: lambda: {"body_id": make_body(CONSEIL).id},
        Role.ASSOCIATION: lambda: {"association_id": make_association(make_resident()).id},
    }
    person = make_resident()
    make_grant(person, role, **places.get(role, dict)())
    assert rights_of(person)

    assert role_services.end_roles_of(None, person, reason="compte effacé") == 1

    assert rights_of(person) == []
    assert not role_services.end_roles_of(None, person, reason="compte effacé")


@pytest.mark.parametrize("mark", ["erased_at", "merged_into_id"])
def test_an_account_that_is_gone_holds_nothing_whatever_was_left(app: Flask, mark: str) -> None:
    person, other = make_with_role(Role.DIRECTOR), make_resident()

    @atomic
    def go() -> None:
        setattr(person, mark, now() if mark == "erased_at" else other.id)

    go()

    assert rights_of(person) == []


def test_every_role_with_a_place_is_walked_here() -> None:
    """A new kind of place needs its own end above."""
    placed = {
        role
        for rule in RULES.values()
        for role, scope in rule.holders.items()
        if scope is not Scope.ALL
    }

    assert placed == {Role.REFERENT, Role.ASSOCIATION}
    assert {column.name for column in Grant.__table__.columns if column.foreign_keys} == {
        "resident_id",
        "given_by_id",
        "ended_by_id",
        "body_id",
        "association_id",
    }
    assert Association.__tablename__ == "associations"
