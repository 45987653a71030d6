"""A comité chooses someone for a role without candidates: reasons first, then everyone's accord."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.mandates import role_queries
from app.mandates import role_services as services
from app.mandates.role_models import RoleElection, RoleNaming
from tests.bodies.factories import make_member, make_referent
from tests.factories import make_body, make_resident
from tests.support import Ledger, Statements, Visitor, told


def make_election(members: int = 3) -> tuple[RoleElection, Resident, list[Resident]]:
    """A role to give for six months, the référent who leads, and the members."""
    body = make_body()
    referent = make_referent(body)
    people = [make_member(body) for _one in range(members)]
    election = services.open_election(
        referent, body, title="Référent", months=6, criteria="Du temps", is_referent=True
    )
    return election, referent, people


def to_consent() -> tuple[RoleElection, Resident, list[Resident]]:
    """Everyone named, and the first person is proposed."""
    election, referent, people = make_election()
    one, two, three = people
    services.name_someone(one, election, two.id, "Elle écoute")
    services.name_someone(two, election, one.id, "Il est là")
    services.name_someone(three, election, one.id, "Il connaît tout le monde")
    services.let_change(referent, election)
    services.propose(referent, election, one.id)
    return election, referent, people


def test_all_the_rounds_give_the_role(ledger: Ledger) -> None:
    election, referent, (one, two, three) = to_consent()

    services.say(two, election, "consent")
    with pytest.raises(Conflict):
        services.say(one, election, "consent")
    services.say(three, election, "reserve", "Qu’il soit aidé")
    with pytest.raises(Conflict):
        services.conclude(referent, election)
    services.say(one, election, "consent")
    services.conclude(referent, election)

    assert (election.status, election.proposed_id) == ("given", one.id)
    assert one.has_role(Role.REFERENT, body_id=election.body_id)
    grant = db.session.scalars(select(Grant).where(Grant.resident_id == one.id)).one()
    assert grant.ends_on is not None
    assert "vous a choisi" in told(one)[-1]
    assert Act.MANDATE_STARTED not in ledger.acts()


def test_an_objection_stands_until_someone_else_is_proposed(app: Flask) -> None:
    election, referent, (one, two, three) = to_consent()
    with pytest.raises(Invalid):
        services.say(two, election, "objection", " ")
    services.say(two, election, "objection", "Il part en mars")
    services.say(three, election, "consent")
    services.say(one, election, "consent")
    with pytest.raises(Conflict):
        services.conclude(referent, election)

    services.propose(referent, election, two.id)
    for voter in (one, three, two):
        services.say(voter, election, "consent")
    services.conclude(referent, election)

    assert (election.round, election.proposed_id) == (2, two.id)
    assert not one.has_role(Role.REFERENT)


def test_one_changes_only_for_someone_already_named(app: Flask) -> None:
    election, referent, (one, two, three) = make_election()
    services.name_someone(one, election, two.id, "Elle écoute")
    services.name_someone(two, election, two.id, "Je veux bien")
    services.let_change(referent, election)

    with pytest.raises(Invalid):
        services.name_someone(one, election, three.id, "Plutôt lui")
    services.name_someone(three, election, two.id, "Comme les autres")

    assert services.named_in(election) == {two.id}
    kept = db.session.get_one(RoleNaming, (election.id, one.id))
    assert (kept.named_id, kept.first_id) == (two.id, None)


def test_a_change_keeps_whom_one_named_first(app: Flask) -> None:
    election, referent, (one, two, three) = make_election()
    services.name_someone(one, election, two.id, "Elle écoute")
    services.name_someone(two, election, three.id, "Il sait")
    services.let_change(referent, election)

    services.name_someone(one, election, three.id, "Vous m’avez convaincu")

    kept = db.session.get_one(RoleNaming, (election.id, one.id))
    assert (kept.named_id, kept.first_id) == (three.id, two.id)


def test_strangers_and_members_do_not_lead_nor_name_strangers(app: Flask) -> None:
    election, _referent, (one, two, _three) = make_election()

    with pytest.raises(Forbidden):
        services.name_someone(make_resident(), election, one.id, "Lui")
    with pytest.raises(Invalid):
        services.name_someone(one, election, make_resident().id, "Elle")
    with pytest.raises(Invalid):
        services.name_someone(one, election, two.id, " ")
    for act in (services.let_change, services.conclude, services.drop):
        with pytest.raises(Forbidden):
            act(one, election)

    assert db.session.scalars(select(RoleNaming)).all() == []
    assert election.status == "naming"


def test_rounds_come_in_order(app: Flask) -> None:
    election, referent, (one, two, _three) = make_election()

    with pytest.raises(Conflict):
        services.let_change(referent, election)
    with pytest.raises(Conflict):
        services.propose(referent, election, one.id)
    with pytest.raises(Conflict):
        services.say(one, election, "consent")
    services.drop(referent, election)
    with pytest.raises(Conflict):
        services.name_someone(one, election, two.id, "Elle")
    with pytest.raises(Conflict):
        services.drop(referent, election)

    assert election.status == "dropped"


def test_the_comite_of_children_does_it_aloud(app: Flask) -> None:
    body = make_body(theme="enfant")

    with pytest.raises(Invalid):
        services.open_election(make_referent(body), body, title="Chef", months=6, criteria="Rire")

    assert db.session.scalars(select(RoleElection)).all() == []


def test_the_rounds_are_on_a_page_for_members_alone(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    referent, one, two = make_referent(body), make_member(body), make_member(body)
    client.sign_in(referent)
    new = f"/comites/{body.slug}/roles/nouveau"
    said = {"title": "Jardin", "months": "6", "criteria": "Du temps"}
    assert client.send(new, said | {"months": "0"}).status_code == 422
    assert client.send(new, said).status_code == 302
    assert client.get(f"/comites/{body.slug}/roles").status_code == 200
    client.sign_in(one)
    assert client.send("/roles/1/nommer", {"named": str(two.id)}).status_code == 422
    words = {"named": str(two.id), "reason": "Elle écoute"}
    assert client.send("/roles/1/nommer", words).status_code == 302
    client.sign_in(two)
    assert "Elle écoute" in client.get("/roles/1").get_data(as_text=True)
    assert client.send("/roles/1/nommer", words | {"reason": "D’accord"}).status_code == 302
    client.sign_in(referent)
    assert client.send("/roles/1/etape", {"etape": "autre"}).status_code == 403
    assert client.send("/roles/1/etape", {"etape": "changer"}).status_code == 302
    assert client.send("/roles/1/proposer", {"named": str(two.id)}).status_code == 302
    for voter in (one, two):
        client.sign_in(voter)
        assert client.send("/roles/1/voix", {"voice": "objection"}).status_code == 422
        assert client.send("/roles/1/voix", {"voice": "consent"}).status_code == 302
    client.sign_in(referent)
    assert client.send("/roles/1/etape", {"etape": "conclure"}).status_code == 302
    assert "Choisi" in client.get("/roles/1").get_data(as_text=True)
    client.sign_in(make_resident())
    assert client.get("/roles/1").status_code == 403


def test_the_role_is_offered_once_all_have_spoken_and_nobody_objects(client: Visitor) -> None:
    election, referent, (one, two, three) = to_consent()
    client.sign_in(referent)

    def page() -> str:
        return client.get(f"/roles/{election.id}").text

    seen = [page()]
    services.say(two, election, "objection", "Il part en mars")
    services.say(three, election, "consent")
    services.say(one, election, "consent")
    seen.append(page())
    services.say(two, election, "consent")
    seen.append(page())

    assert ["Donner le rôle" in one for one in seen] == [False, False, True]
    assert "On attend encore 3 voix." in seen[0]
    assert "Une objection demeure" in seen[1]


def test_a_choice_stopped_before_anyone_was_named_says_so(client: Visitor) -> None:
    election, referent, _people = make_election()
    services.drop(referent, election)
    client.sign_in(referent)

    page = client.get(f"/roles/{election.id}").text

    assert "Personne n’a nommé quelqu’un." in page
    assert "encore nommé" not in page


def test_the_page_asks_as_little_with_many_voices(client: Visitor, statements: Statements) -> None:
    election, referent, people = make_election(14)
    client.sign_in(referent)
    services.name_someone(people[0], election, people[1].id, "Elle")

    def asked() -> int:
        statements.reset()
        assert client.get(f"/roles/{election.id}").status_code == 200
        return len(statements)

    few = asked()
    for person in people[1:]:
        services.name_someone(person, election, people[0].id, "Lui")

    assert asked() == few
    assert len(role_queries.namings(election)) == 14
