"""The direction names the people who carry the house."""

from app.core.rights import Right, Role
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Visitor


def test_the_director_names_a_referent_who_can_then_decide(client: Visitor) -> None:
    comite, person = make_body(name="Comité famille"), make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(
        f"/accueil/personnes/{person.id}/roles",
        {"role": "referent", "body_id": str(comite.id), "reason": "élu par le comité"},
    )

    assert answer.status_code == 302
    assert person.has_role(Role.REFERENT, body_id=comite.id)
    assert "Comité famille" in client.get(f"/accueil/personnes/{person.id}/roles").text


def test_a_role_is_taken_back(client: Visitor) -> None:
    person = make_with_role(Role.DESK)
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send(f"/accueil/personnes/{person.id}/roles/{person.grants[0].id}/fin")

    assert not person.is_team


def test_a_referent_of_nothing_is_refused(client: Visitor) -> None:
    person = make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(
        f"/accueil/personnes/{person.id}/roles", {"role": "referent", "body_id": "0"}
    )

    assert answer.status_code == 422
    assert person.grants == []


def test_the_direction_does_not_lock_itself_out(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    answer = client.send(f"/accueil/personnes/{director.id}/roles/{director.grants[0].id}/fin")

    assert answer.status_code == 409
    assert director.may(Right.GIVE_ROLES)


def test_the_desk_gives_no_role(client: Visitor) -> None:
    person = make_resident()
    client.sign_in(make_with_role(Role.DESK))

    answer = client.send(f"/accueil/personnes/{person.id}/roles", {"role": "administrator"})

    assert answer.status_code == 403
    assert person.grants == []
