"""A child among seniors, a senior among children: it is said, and nobody is turned away."""

from typing import Any

import pytest
from flask import Flask

from app.accounts.family_models import Household, HouseholdMember
from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.rights import Role
from app.programme import publics
from app.programme.models import Session
from tests.factories import make_resident, make_with_role
from tests.programme.factories import HOUR, make_session, there
from tests.support import Visitor

AIMED = "prévue pour les seniors"
MARK = "10 ans, prévu pour les seniors"


def of_age(age: int, **fields: Any) -> Resident:
    return make_resident(year_of_birth=now().year - age, **fields)


def cafe(hours_ahead: int = -1) -> Session:
    """A date of a café for seniors, where one registers."""
    start = now() + hours_ahead * HOUR
    return make_session(starts_at=start, public="seniors", takes_registrations=True)


def team(app: Flask) -> Visitor:
    return Visitor(app).sign_in(make_with_role(Role.DESK))


@pytest.mark.parametrize(
    ("public", "age", "surprises"),
    [
        ("seniors", 10, True),
        ("seniors", 40, True),
        ("seniors", 50, False),
        ("enfants", 70, True),
        ("enfants", 17, False),
        ("jeunes", 70, True),
        ("jeunes", 16, False),
        ("familles", 3, False),
        ("tous", 99, False),
    ],
)
def test_only_an_age_that_surprises_is_spoken_of(
    app: Flask, public: str, age: int, surprises: bool
) -> None:
    assert bool(publics.mark(public, now().year - age)) is surprises
    assert publics.mark(public, None) == ""


def test_a_child_signed_in_among_seniors_is_said_at_the_door_and_stays(app: Flask) -> None:
    session, sami, visitor = cafe(), of_age(10, given_name="Sami"), team(app)
    door = f"/seances/{session.id}/presences"

    assert MARK in visitor.get(f"{door}?q=Sami").text
    said = visitor.send(
        f"{door}/ajouter", {"resident_id": sami.id, "role": "public"}, follow_redirects=True
    ).text

    assert AIMED in said
    assert "Sami a 10 ans cette année" in said
    assert MARK in said
    assert there(session) == [sami.id]


def test_a_card_tells_the_age_too(app: Flask) -> None:
    session, sami = cafe(), of_age(10)

    said = team(app).send(
        f"/seances/{session.id}/presences/carte",
        {"number": sami.card_number},
        follow_redirects=True,
    )

    assert AIMED in said.text
    assert there(session) == [sami.id]


def test_a_volunteer_may_have_any_age(app: Flask) -> None:
    session = make_session(public="enfants")
    helper, path = of_age(70), f"/seances/{session.id}/presences/ajouter"

    said = (
        team(app)
        .send(path, {"resident_id": helper.id, "role": "volunteer"}, follow_redirects=True)
        .text
    )

    assert "prévu" not in said.split("<main")[1].split("</main")[0]


def test_the_desk_sees_it_before_registering_and_after(app: Flask) -> None:
    session, visitor = cafe(24), team(app)
    grown = of_age(30, given_name="Bilal")
    page = f"/seances/{session.id}/inscrits"

    assert "30 ans, prévu pour les seniors" in visitor.get(f"{page}?q=Bilal").text
    said = visitor.send(
        f"/seances/{session.id}/inscription",
        {"resident_id": grown.id, "liste": "1"},
        follow_redirects=True,
    ).text

    assert AIMED in said
    assert "30 ans, prévu pour les seniors" in said


def test_whoever_registers_alone_is_told_whom_it_is_for(app: Flask) -> None:
    session, young, old = cafe(24), of_age(30), of_age(70)
    page, act = f"/programme/{session.action_id}", f"/seances/{session.id}/inscription"
    visitor, awaited = Visitor(app).sign_in(young), Visitor(app).sign_in(old)

    # Whoever is awaited registers with one button; the other goes through the page that tells.
    assert f'action="{act}"' in awaited.get(page).text
    assert f'action="{act}"' not in visitor.get(page).text
    assert AIMED in visitor.get(act).text
    assert AIMED not in awaited.get(act).text
    assert AIMED in visitor.send(act, {"resident_id": young.id}, follow_redirects=True).text


def test_the_age_of_an_adult_is_not_told_to_those_they_live_with(app: Flask) -> None:
    session, reader, other = cafe(24), of_age(60), of_age(31, given_name="Bilal")
    home = Household(name="Bourdon")
    home.members = [HouseholdMember(resident_id=one.id) for one in (reader, other)]
    db.session.add(home)
    db.session.commit()

    said = (
        Visitor(app)
        .sign_in(reader)
        .send(
            f"/seances/{session.id}/inscription",
            {"resident_id": other.id},
            follow_redirects=True,
        )
        .text
    )

    assert AIMED in said and "Est-ce bien la bonne personne" in said
    assert "31 ans" not in said.split("<main")[1].split("</main")[0]
