"""The direction names the people who carry the house, and takes roles back."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import role_services
from app.accounts.models import Grant, Resident
from app.administration import naming
from app.audit.models import AuditEntry
from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Right, Role
from app.notifications.models import Notification
from tests.accounts.family_support import make_child
from tests.associations.factories import make_association
from tests.desk.assisting import with_
from tests.factories import make_body, make_grant, make_resident, make_with_role
from tests.support import Statements, Visitor

GIVEN = {"body_id": "0", "association_id": "0", "reason": "vote du comité"}


def noted() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def told(resident: Resident) -> list[str]:
    mine = select(Notification.text).where(Notification.resident_id == resident.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


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
    assert noted() == ["role:ended"]
    assert "a changé de poste" in client.get("/administration/roles?quand=passe").text


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
    before = noted()

    answer = client.send(
        f"/administration/personnes/{person.id}/roles", GIVEN | {"role": role} | places
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert person.grants == []
    assert noted() == before


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
    assert noted() == []


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
    assert noted() == ["role:given", "role:ended"]


def test_a_lapsed_role_is_given_anew_before_the_round_has_passed(app: Flask) -> None:
    person, director = make_resident(), make_with_role(Role.DIRECTOR)
    role_services.give_role(director, person, Role.DESK, reason="renfort", ends_on=today())

    with at(now() + timedelta(days=1)):
        role_services.give_role(director, person, Role.DESK, reason="renfort encore")

        assert person.may(Right.REGISTER_PEOPLE)
    assert len(person.grants) == 2


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
    assert told(child) == noted() == []


def test_nobody_gives_themselves_a_role(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(
        f"/administration/personnes/{director.id}/roles", GIVEN | {"role": "administrator"}
    )

    assert answer.status_code == 403
    assert not director.has_role(Role.ADMINISTRATOR)
    assert noted() == []


def test_nobody_takes_back_their_own_role(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(
        f"/administration/roles/{director.grants[0].id}/fin", {"reason": "je pars"}
    )

    assert answer.status_code == 409
    assert director.may(Right.GIVE_ROLES)


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
    assert noted() == []


def test_the_services_refuse_as_the_pages_do(app: Flask) -> None:
    desk, person = make_with_role(Role.DESK), make_resident()

    with pytest.raises(Forbidden):
        role_services.give_role(desk, person, Role.DESK, reason="ami")
    with pytest.raises(Forbidden):
        role_services.end_role(desk, make_with_role(Role.DESK).grants[0], reason="dehors")
    with pytest.raises(Invalid):
        role_services.give_role(make_with_role(Role.DIRECTOR), person, Role.DESK, reason=" ")

    assert person.grants == []
    assert noted() == []


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
    assert noted() == []


def test_two_directors_at_once_do_not_end_the_last_two_administrators(app: Flask) -> None:
    """Without the lock on the administrators, each would see the other's still there."""
    directors = [make_with_role(Role.DIRECTOR).id for _ in range(2)]
    grants = [make_with_role(Role.ADMINISTRATOR).grants[0].id for _ in range(2)]
    start, refused = threading.Barrier(2), []

    def end(director_id: int, grant_id: int) -> None:
        with app.app_context():
            by, grant = (
                db.session.get_one(Resident, director_id),
                db.session.get_one(Grant, grant_id),
            )
            start.wait()
            try:
                role_services.end_role(by, grant, reason="départ")
            except Conflict:
                refused.append(grant_id)

    pairs = zip(directors, grants, strict=True)
    threads = [threading.Thread(target=end, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()

    live = select(Grant).where(Grant.role == "administrator", Grant.ended_at.is_(None))
    assert len(refused) == 1
    assert [grant.id for grant in db.session.scalars(live)] == refused


def test_an_erased_account_has_no_right_even_if_a_grant_were_left(app: Flask) -> None:
    person = make_with_role(Role.DIRECTOR, erased_at=now())

    assert not person.may(Right.GIVE_ROLES)
    assert not person.is_team
    with pytest.raises(Invalid):
        role_services.give_role(make_with_role(Role.DIRECTOR), person, Role.DESK, reason="retour")


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
