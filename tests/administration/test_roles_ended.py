"""Roles end: taken back with a reason, by themselves, and never all at once."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import role_services
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.rights import Right, Role
from tests.at_once import all_at_once
from tests.factories import make_grant, make_resident, make_with_role
from tests.support import Visitor, audited, told


def test_a_role_is_taken_back_with_a_reason_and_the_person_hears_it(client: Visitor) -> None:
    person = make_with_role(Role.DESK)
    client.sign_in(make_with_role(Role.DIRECTOR))
    (grant,) = person.grants

    silent = client.send(f"/administration/roles/{grant.id}/fin", {"reason": ""})
    answer = client.send(f"/administration/roles/{grant.id}/fin", {"reason": "a changé de poste"})

    assert (silent.status_code, answer.status_code) == (422, 302)
    assert not person.may(Right.REGISTER_PEOPLE)
    assert grant.end_reason == "a changé de poste"
    assert told(person) == ["Votre rôle prend fin\u00a0: Accueil."]
    assert audited() == ["role:ended"]
    assert "a changé de poste" in client.get("/administration/roles?quand=passe").text


def test_a_role_ends_by_itself_after_its_last_day(app: Flask) -> None:
    person, director = make_resident(), make_with_role(Role.DIRECTOR)
    role_services.give_role(
        director, person, Role.DESK, reason="renfort d’été", ends_on=today() + timedelta(days=2)
    )

    with at(now() + timedelta(days=2)):
        assert person.may(Right.REGISTER_PEOPLE)
    with at(now() + timedelta(days=3)):
        assert not person.may(Right.REGISTER_PEOPLE)
        assert role_services.end_lapsed_roles() == 1
        assert role_services.end_lapsed_roles() == 0

    assert person.grants[0].end_reason == "La fin prévue est passée."
    assert audited() == ["role:given", "role:ended"]


def test_a_lapsed_role_is_given_anew_before_the_round_has_passed(app: Flask) -> None:
    person, director = make_resident(), make_with_role(Role.DIRECTOR)
    role_services.give_role(director, person, Role.DESK, reason="renfort", ends_on=today())

    with at(now() + timedelta(days=1)):
        role_services.give_role(director, person, Role.DESK, reason="renfort encore")

        assert person.may(Right.REGISTER_PEOPLE)
    assert len(person.grants) == 2


def test_nobody_takes_back_their_own_role(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(
        f"/administration/roles/{director.grants[0].id}/fin", {"reason": "je pars"}
    )

    assert answer.status_code == 409
    assert director.may(Right.GIVE_ROLES)


def test_the_last_administrator_stays(app: Flask) -> None:
    director, last = make_with_role(Role.DIRECTOR), make_with_role(Role.ADMINISTRATOR)
    # Someone who administers until a day soon is no relief.
    make_grant(make_resident(), Role.ADMINISTRATOR, ends_on=today())
    (grant,) = last.grants

    with pytest.raises(Conflict):
        role_services.end_role(director, grant, reason="départ")
    with pytest.raises(Conflict):
        role_services.end_roles_of(None, last, reason="compte effacé")

    assert last.may(Right.GIVE_ROLES)
    assert audited() == []


def test_two_directors_at_once_do_not_end_the_last_two_administrators(app: Flask) -> None:
    """Without the lock on the administrators, each would see the other's still there."""
    directors = [make_with_role(Role.DIRECTOR).id for _ in range(2)]
    grants = [make_with_role(Role.ADMINISTRATOR).grants[0].id for _ in range(2)]

    def end(director_id: int, grant_id: int) -> None:
        by, grant = (
            db.session.get_one(Resident, director_id),
            db.session.get_one(Grant, grant_id),
        )
        role_services.end_role(by, grant, reason="départ")

    pairs = zip(directors, grants, strict=True)
    outcomes = all_at_once(app, [partial(end, *pair) for pair in pairs])

    live = select(Grant).where(Grant.role == "administrator", Grant.ended_at.is_(None))
    assert sorted(outcomes, key=str) == [Conflict, None]
    assert [grant.id for grant in db.session.scalars(live)] == [grants[outcomes.index(Conflict)]]


def test_an_erased_account_has_no_right_even_if_a_grant_were_left(app: Flask) -> None:
    person = make_with_role(Role.DIRECTOR, erased_at=now())

    assert not person.may(Right.GIVE_ROLES)
    assert not person.is_team
    with pytest.raises(Invalid):
        role_services.give_role(make_with_role(Role.DIRECTOR), person, Role.DESK, reason="retour")
