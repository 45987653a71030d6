"""Someone answers for a decision and says where it is; its deadline keeps a history."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Resident
from app.bodies import decision_owners as owners
from app.bodies.decision_models import Decision, DecisionStep
from app.bodies.decision_queries import owned_decisions
from app.bodies.decision_services import follow_decision
from app.bodies.models import Body
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.bodies.factories import (
    make_conseil,
    make_decision,
    make_director,
    make_held,
    make_member,
    make_referent,
    make_seat,
)
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor, told


def seated(body: Body, **fields: Any) -> Resident:
    """A member of the conseil."""
    return make_seat(body, make_resident(**fields)).resident


def given(body: Body, resident: Resident, **fields: Any) -> Decision:
    """A decision that someone answers for."""
    director = make_director()
    decision = make_decision(make_held(body), director, **fields)
    owners.give_to(director, decision, resident)
    return decision


def notes(decision: Decision) -> list[str]:
    """What its history says, the oldest first."""
    mine = select(DecisionStep.note).where(DecisionStep.decision_id == decision.id)
    return list(db.session.scalars(mine.order_by(DecisionStep.id)))


def test_whoever_is_named_is_told_and_their_page_says_so(client: Visitor) -> None:
    body = make_conseil()
    awa = seated(body, given_name="Awa", family_name="Diallo")
    decision = make_decision(make_held(body), due_on=date(2026, 9, 1))
    client.sign_in(make_director())
    page = f"/conseil/decisions/{decision.number}"

    found = client.get(f"{page}/responsable?q=diallo").text
    answer = client.send(f"{page}/responsable/{awa.id}")

    assert "Awa Diallo" in found
    assert answer.location == page
    assert "Awa D." in client.get(page).text
    (said,) = [words for words in told(awa) if "compte sur vous" in words]
    assert decision.number in said
    client.sign_in(awa)
    assert "Décisions dont je m’occupe" in client.get("/moi").text
    assert "Vous" in client.get(page).text


def test_only_members_and_the_team_are_found_and_named(client: Visitor) -> None:
    body = make_body()
    make_member(body, make_resident("Fatou", family_name="Sow"))
    make_with_role(Role.DESK, given_name="Fanny", family_name="Roux")
    stranger = make_resident("Farid", family_name="Benali")
    child = make_member(body, make_resident("Fanta", year_of_birth=today().year - 10))
    director = make_director(given_name="Félix")
    decision = make_decision(make_held(body, director), director)

    found = owners.candidates(body, "fa", full_names=True)

    assert [one.name for one in found] == ["Fanny Roux", "Fatou Sow"]
    for someone in (stranger, child):
        with pytest.raises(Invalid):
            owners.give_to(director, decision, someone)
    assert decision.owner_id is None
    assert notes(decision) == [""]


def test_only_who_manages_names_someone_or_moves_the_date(client: Visitor) -> None:
    body = make_conseil()
    awa = seated(body)
    decision = make_decision(make_held(body))
    client.sign_in(awa)
    page = f"/conseil/decisions/{decision.number}"

    answers = [
        client.get(f"{page}/responsable"),
        client.send(f"{page}/responsable", {"owner": "Moi"}),
        client.send(f"{page}/responsable/{awa.id}"),
        client.send(f"{page}/echeance", {"due_on": "2026-12-01", "reason": "Plus tard"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    db.session.refresh(decision)
    assert (decision.owner_id, decision.owner, decision.due_on) == (None, "", None)
    with pytest.raises(Forbidden):
        owners.change_deadline(make_referent(make_body()), decision, today(), "Non")


def test_someone_outside_is_named_in_words_and_takes_the_place_of_a_person(client: Visitor) -> None:
    body = make_conseil()
    decision = given(body, seated(body))
    client.sign_in(make_director())
    page = f"/conseil/decisions/{decision.number}"

    answer = client.send(f"{page}/responsable", {"owner": "Le service des espaces verts"})
    same = client.send(f"{page}/responsable", {"owner": "Le service des espaces verts"})

    assert (answer.status_code, same.status_code) == (302, 422)
    db.session.refresh(decision)
    assert (decision.owner_id, decision.owner) == (None, "Le service des espaces verts")
    assert "Le service des espaces verts" in client.get(page).text


def test_a_decision_has_one_owner_whatever_the_code_does(app: object) -> None:
    body = make_conseil()
    decision = given(body, seated(body))

    with pytest.raises(IntegrityError):
        db.session.execute(
            text("UPDATE decisions SET owner = 'Un autre' WHERE id = :id"), {"id": decision.id}
        )

    db.session.rollback()


def test_the_owner_says_where_it_is_and_that_it_is_done(client: Visitor, ledger: Ledger) -> None:
    body = make_conseil()
    awa = seated(body)
    decision = given(body, awa, outcome="adopte")
    client.sign_in(awa)
    page = f"/conseil/decisions/{decision.number}"

    assert "Dire où en est" in client.get(page).text
    first = client.send(f"{page}/suivi", {"outcome": "adopte", "note": "Le devis est là."})
    refused = client.send(f"{page}/suivi", {"outcome": "refuse", "note": "Trop cher."})
    done = client.send(f"{page}/suivi", {"outcome": "realise", "note": "Les bancs sont posés."})

    assert [one.status_code for one in (first, refused, done)] == [302, 422, 302]
    assert len(ledger.entries(Act.DECISION_FOLLOWED)) == 2
    assert "Les bancs sont posés." in client.get(page).text
    with pytest.raises(Invalid):
        follow_decision(awa, decision, outcome="transmis", note="Non")


def test_an_owner_who_may_not_write_follows_nothing(client: Visitor, ledger: Ledger) -> None:
    body = make_conseil()
    awa = seated(body)
    decision = given(body, awa)

    @atomic
    def silence() -> None:
        awa.silenced_until = now() + timedelta(days=3)

    silence()
    client.sign_in(awa)
    answer = client.send(
        f"/conseil/decisions/{decision.number}/suivi", {"outcome": "realise", "note": "Fait."}
    )

    assert answer.status_code == 403
    assert ledger.entries(Act.DECISION_FOLLOWED) == []


def test_members_of_a_comite_are_named_to_one_another_alone(client: Visitor) -> None:
    body = make_body()
    awa = make_member(body, make_resident("Awa", family_name="Diallo"))
    other = make_member(body)
    decision = given(body, awa)
    page = f"/conseil/decisions/{decision.number}"

    public = client.get(page).text + client.get("/conseil/decisions").text
    listed = client.get("/conseil/decisions.csv").text
    client.sign_in(other)

    assert "Awa" not in public + listed
    assert "Une personne du comité" in public
    assert "Awa D." in client.get(page).text


def test_a_new_deadline_keeps_the_old_one_and_the_reason(client: Visitor) -> None:
    body = make_conseil()
    awa = seated(body)
    decision = given(body, awa, due_on=date(2026, 6, 1))
    client.sign_in(make_director())
    page = f"/conseil/decisions/{decision.number}"

    unsaid = client.send(f"{page}/echeance", {"due_on": "2026-09-01", "reason": " "})
    before = client.send(f"{page}/echeance", {"due_on": "2026-01-01", "reason": "Plus tôt"})
    moved = client.send(f"{page}/echeance", {"due_on": "2026-09-01", "reason": "Devis en retard."})

    assert [one.status_code for one in (unsaid, before, moved)] == [422, 422, 302]
    assert len(notes(decision)) == 3
    said = notes(decision)[-1].replace("\xa0", " ")
    assert said.startswith("Nouvelle échéance : 1er septembre 2026, au lieu du 1er juin 2026.")
    assert said.endswith("Devis en retard.")
    assert any("autre échéance" in words for words in told(awa))
    assert "Devis en retard." in client.get(page).text


def test_my_space_reads_my_decisions_in_one_statement(app: object, statements: Statements) -> None:
    body = make_conseil()
    awa = seated(body)
    for due_on in (None, date(2026, 9, 1), date(2026, 6, 1)):
        given(body, awa, due_on=due_on)
    given(body, awa, outcome="realise")
    number = awa.id
    statements.reset()

    found = owned_decisions(number)

    assert len(statements) == 1
    assert [line.due_on for line in found] == [date(2026, 6, 1), date(2026, 9, 1), None]
