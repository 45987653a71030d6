"""Seats at the conseil are given and ended, and everyone sees who sits."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.bodies import mandate_services as services
from app.bodies.models import Mandate
from app.bodies.queries import is_member, member_ids
from app.core.clock import today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.bodies.factories import make_conseil, make_director, make_seat
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def test_a_seat_gives_the_role_and_its_end_takes_it_back(ledger: Ledger) -> None:
    director, body, resident = make_director(), make_conseil(), make_resident()

    mandate = make_seat(body, resident, director=director, college="elus")

    assert resident.has_role(Role.CONSEIL, body_id=body.id)
    assert member_ids(body) == [resident.id]
    services.end_seat(director, mandate)
    db.session.expire_all()
    assert not resident.has_role(Role.CONSEIL)
    assert not is_member(body.id, resident.id)
    assert ledger.acts() == [Act.MANDATE_STARTED, Act.MANDATE_ENDED]
    assert {entry.role for entry in ledger.entries()} == {"elus"}


def test_a_consultative_seat_sits_without_voting(app: object) -> None:
    body = make_conseil()

    mandate = make_seat(body, is_voting=False)

    assert is_member(body.id, mandate.resident_id)
    assert member_ids(body) == []


def test_a_person_sits_once_and_may_sit_again_later(ledger: Ledger) -> None:
    director, body, resident = make_director(), make_conseil(), make_resident()
    mandate = make_seat(body, resident, director=director)

    with pytest.raises(Conflict):
        make_seat(body, resident, director=director)
    services.end_seat(director, mandate)
    with pytest.raises(Conflict):
        services.end_seat(director, mandate)
    make_seat(body, resident, director=director)

    assert ledger.acts() == [Act.MANDATE_STARTED, Act.MANDATE_ENDED, Act.MANDATE_STARTED]


@pytest.mark.parametrize(
    "changed",
    [
        {"college": "rois"},
        {"starts_on": date(2999, 1, 1)},
        {"starts_on": date(1, 1, 1)},
        {"ends_on": date(2020, 1, 1)},
    ],
)
def test_an_impossible_mandate_is_refused(ledger: Ledger, changed: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        make_seat(make_conseil(), **changed)

    assert ledger.acts() == []
    assert db.session.scalars(select(Mandate)).all() == []


def test_only_the_director_gives_and_ends_seats(ledger: Ledger) -> None:
    body, desk = make_conseil(), make_with_role(Role.DESK)
    mandate = make_seat(body)

    with pytest.raises(Forbidden):
        make_seat(body, director=desk)
    with pytest.raises(Forbidden):
        services.end_seat(desk, mandate)
    with pytest.raises(Invalid):
        make_seat(make_body())

    assert ledger.acts() == [Act.MANDATE_STARTED]


def test_the_director_does_it_all_on_the_pages(client: Visitor, ledger: Ledger) -> None:
    zohra = make_resident("Zohra", family_name="Kaci")
    client.sign_in(make_director())

    opened = client.send("/conseil/ouvrir")
    found = client.get("/conseil/membres?q=kaci").get_data(as_text=True)
    wrong = client.send(f"/conseil/membres/{zohra.id}/siege", {"college": "rois"})
    given = client.send(
        f"/conseil/membres/{zohra.id}/siege",
        {"college": "habitants", "is_titulaire": "y", "is_voting": "y", "starts_on": "2026-01-01"},
    )

    assert (opened.status_code, wrong.status_code, given.status_code) == (302, 422, 302)
    assert "Zohra Kaci" in found
    assert "Zohra K." in client.get("/conseil").get_data(as_text=True)
    mandate_id = db.session.scalars(select(Mandate.id)).one()
    assert client.get(f"/conseil/mandats/{mandate_id}/fin").status_code == 200
    ended = {"cause": "ended", "on": today().isoformat()}
    assert client.send(f"/conseil/mandats/{mandate_id}/fin", ended).status_code == 302
    assert "Zohra" not in Visitor(client.application).get("/conseil").get_data(as_text=True)
    assert ledger.acts()[-1] == Act.MANDATE_ENDED


def test_the_pages_of_seats_are_closed_to_others(client: Visitor) -> None:
    make_conseil()

    assert client.get("/conseil/membres").status_code == 302
    assert client.sign_in(make_with_role(Role.DESK)).get("/conseil/membres").status_code == 403
    assert client.send("/conseil/ouvrir").status_code == 403


def test_before_it_opens_the_conseil_says_so(client: Visitor) -> None:
    page = client.get("/conseil")

    assert page.status_code == 200
    assert "pas encore ouvert" in page.get_data(as_text=True)


def test_the_conseil_asks_as_little_with_fifty_seats(
    client: Visitor, statements: Statements
) -> None:
    body, director = make_conseil(), make_director()
    make_seat(body, director=director)
    statements.reset()
    client.get("/conseil")
    with_one = len(statements)

    for _number in range(50):
        make_seat(body, director=director)
    statements.reset()
    client.get("/conseil")

    assert len(statements) == with_one <= 6
