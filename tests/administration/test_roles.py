"""The direction names the people who carry the house."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import role_services
from app.administration import naming
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Right, Role
from tests.accounts.family_support import make_child
from tests.associations.factories import make_association
from tests.desk.assisting import with_
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Statements, Visitor, audited, told

GIVEN = {"body_id": "0", "association_id": "0", "reason": "vote du comité"}


def test_the_director_names_a_referent_who_can_then_decide(client: Visitor) -> None:
    comite, person = make_body(name="Comité famille"), make_resident()
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(
        f"/administration/personnes/{person.id}/roles",
        GIVEN | {"role": "referent", "body_id": str(comite.id)},
    )

    assert answer.status_code == 302
    assert person.may(Right.MANAGE_BODY, body_id=comite.id)
    assert told(person) == ["Un rôle vous est donné\u00a0: Référent d’un comité."]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.by_id, entry.subject_id) == ("role:given", director.id, person.id)
    assert entry.details == {
        "after": {"role": "referent", "body_id": comite.id},
        "reason": "vote du comité",
    }
    page = client.get("/administration/roles?q=" + person.family_name).text
    assert "Comité famille" in page
    assert "vote du comité" in page


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("desk", "Le comité ne va qu’avec le rôle de référent."),
        ("referent", "L’association ne va qu’avec le rôle de représentant."),
    ],
)
def test_a_place_that_does_not_go_with_the_role_is_said_and_nothing_is_given(
    client: Visitor, role: str, said: str
) -> None:
    person, comite, association = make_resident(), make_body(), make_association()
    client.sign_in(make_with_role(Role.DIRECTOR))
    places = {"body_id": str(comite.id), "association_id": str(association.id)}
    before = audited()

    answer = client.send(
        f"/administration/personnes/{person.id}/roles", GIVEN | {"role": role} | places
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert person.grants == []
    assert audited() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"role": "referent"},
        {"role": "association"},
        {"role": "desk", "reason": ""},
        {"role": "desk", "ends_on": "2020-01-01"},
        {"role": "conseil"},
    ],
)
def test_a_role_without_its_place_its_reason_or_its_time_is_refused(
    client: Visitor, typed: dict[str, str]
) -> None:
    person = make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(f"/administration/personnes/{person.id}/roles", GIVEN | typed)

    assert answer.status_code == 422
    assert person.grants == []
    assert audited() == []


def test_an_agent_who_acts_with_someone_gets_none_of_the_rights_they_are_given(
    client: Visitor,
) -> None:
    person = make_resident()
    with_(client, person)

    role_services.give_role(
        make_with_role(Role.DIRECTOR), person, Role.DIRECTOR, reason="nommée par la Ville"
    )

    assert client.get("/administration/roles").status_code == 403
    assert client.get("/accueil").status_code == 200


def test_a_child_is_given_no_role(app: Flask) -> None:
    director, child = make_with_role(Role.DIRECTOR), make_child()

    with pytest.raises(Invalid):
        naming.name(director, child, Role.DESK, reason="pour aider")

    assert child.live_grants == []
    assert told(child) == audited() == []


def test_nobody_gives_themselves_a_role(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(
        f"/administration/personnes/{director.id}/roles", GIVEN | {"role": "administrator"}
    )

    assert answer.status_code == 403
    assert not director.has_role(Role.ADMINISTRATOR)
    assert audited() == []


@pytest.mark.parametrize("role", [Role.DESK, Role.REFERENT, Role.CONSEIL, Role.ASSOCIATION])
def test_only_the_direction_gives_and_takes_back(client: Visitor, role: Role) -> None:
    person, other = make_resident(), make_with_role(Role.DESK)
    client.sign_in(make_with_role(role))

    given = client.send(f"/administration/personnes/{person.id}/roles", GIVEN | {"role": "desk"})
    taken = client.send(f"/administration/roles/{other.grants[0].id}/fin", {"reason": "dehors"})

    assert (given.status_code, taken.status_code) == (403, 403)
    assert client.get("/administration/roles").status_code == 403
    assert person.grants == []
    assert other.may(Right.REGISTER_PEOPLE)
    assert audited() == []


def test_the_services_refuse_as_the_pages_do(app: Flask) -> None:
    desk, person = make_with_role(Role.DESK), make_resident()

    with pytest.raises(Forbidden):
        role_services.give_role(desk, person, Role.DESK, reason="ami")
    with pytest.raises(Forbidden):
        role_services.end_role(desk, make_with_role(Role.DESK).grants[0], reason="dehors")
    with pytest.raises(Invalid):
        role_services.give_role(make_with_role(Role.DIRECTOR), person, Role.DESK, reason=" ")

    assert person.grants == []
    assert audited() == []


def test_the_list_reads_a_fixed_number_of_statements(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    def asked() -> int:
        client.get("/administration/roles")
        statements.reset()
        client.get("/administration/roles")
        return len(statements)

    few = asked()
    for _ in range(6):
        make_with_role(Role.REFERENT, body=make_body())

    assert asked() == few
