"""Decisions are numbered, followed, and listed."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.bodies import decision_services as services
from app.bodies.decision_models import Decision, DecisionStep
from app.bodies.queries import latest_decisions
from app.bodies.signals import decision_recorded
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.bodies.factories import (
    make_conseil,
    make_decision,
    make_director,
    make_held,
    make_many_decisions,
    make_meeting,
    make_referent,
)
from tests.factories import make_body, make_proposal, make_with_role
from tests.support import Ledger, Statements, Visitor

FORM = {"title": "Installer deux bancs", "outcome": "transmis", "owner": "La direction"}


def test_a_decision_is_numbered_dated_and_recorded(ledger: Ledger) -> None:
    body = make_conseil()
    meeting = make_held(body)

    first = make_decision(meeting, due_on=date(2026, 6, 1))
    second = make_decision(meeting, outcome="refuse", reason="Trop cher.")

    assert (first.number, second.number) == ("2026-01", "2026-02")
    assert first.decided_on == date(2026, 3, 12)
    entries = ledger.entries(Act.DECISION_RECORDED)
    assert [(entry.subject_id, entry.body_id) for entry in entries] == [
        (first.id, body.id),
        (second.id, body.id),
    ]
    steps = db.session.execute(select(DecisionStep.outcome, DecisionStep.note)).all()
    assert [tuple(step) for step in steps] == [("avis", ""), ("refuse", "Trop cher.")]


def test_who_listens_hears_of_a_decision_in_the_same_transaction(ledger: Ledger) -> None:
    meeting, proposal, director = make_held(make_conseil()), make_proposal(), make_director()
    heard: list[tuple[int | None, Any]] = []

    def listen(decision: Decision, by: Any) -> None:
        heard.append((decision.proposal_id, by))
        raise Invalid("non")

    with decision_recorded.connected_to(listen), pytest.raises(Invalid):
        make_decision(meeting, director, proposal_id=proposal.id)

    assert heard == [(proposal.id, director)]
    assert ledger.entries(Act.DECISION_RECORDED) == []
    assert db.session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("reason", {"outcome": "refuse", "reason": "  "}),
        ("outcome", {"outcome": "peut-etre"}),
        ("due_on", {"due_on": date(2026, 3, 11)}),
        ("proposal_id", {"proposal_id": 424242}),
    ],
)
def test_a_wrong_decision_leaves_no_trace(
    ledger: Ledger, field: str, changed: dict[str, Any]
) -> None:
    meeting = make_held(make_conseil())

    with pytest.raises(Invalid) as refusal:
        make_decision(meeting, **changed)

    assert refusal.value.field == field
    assert ledger.entries(Act.DECISION_RECORDED) == []
    assert db.session.scalars(select(Decision)).all() == []


def test_only_who_manages_decides_and_only_once_held(ledger: Ledger) -> None:
    body = make_body()
    planned, held = make_meeting(body), make_held(body, title="Une autre")

    with pytest.raises(Forbidden):
        make_decision(planned)
    with pytest.raises(Forbidden):
        make_decision(held, make_with_role(Role.CONSEIL))
    with pytest.raises(Forbidden):
        make_decision(held, make_referent(make_body()))

    assert ledger.entries(Act.DECISION_RECORDED) == []


def test_the_follow_up_keeps_every_line(client: Visitor, ledger: Ledger) -> None:
    body = make_body()
    referent = make_referent(body)
    decision = make_decision(make_held(body), referent, outcome="transmis")
    client.sign_in(referent)

    answer = client.send(
        f"/conseil/decisions/{decision.number}/suivi",
        {"outcome": "realise", "note": "Les bancs <b>sont</b> là."},
    )

    assert answer.status_code == 302
    assert len(ledger.entries(Act.DECISION_FOLLOWED)) == 1
    page = client.get(f"/conseil/decisions/{decision.number}").get_data(as_text=True)
    assert page.index("Transmis à la Ville") < page.rindex("Réalisé")
    assert "&lt;b&gt;sont" in page


@pytest.mark.parametrize("typed", [{"outcome": "refuse"}, {"outcome": "avis"}, {"outcome": "x"}])
def test_a_follow_up_that_says_nothing_is_refused(
    client: Visitor, ledger: Ledger, typed: dict[str, str]
) -> None:
    decision = make_decision(make_held(make_conseil()))
    client.sign_in(make_director())

    answer = client.send(f"/conseil/decisions/{decision.number}/suivi", typed)

    assert answer.status_code == 422
    assert ledger.entries(Act.DECISION_FOLLOWED) == []


def test_someone_without_right_follows_nothing(client: Visitor, ledger: Ledger) -> None:
    decision = make_decision(make_held(make_conseil()))
    client.sign_in(make_with_role(Role.CONSEIL))

    answer = client.send(
        f"/conseil/decisions/{decision.number}/suivi", {"outcome": "realise", "note": "Fait."}
    )

    assert answer.status_code == 403
    with pytest.raises(Forbidden):
        services.follow_decision(make_referent(make_body()), decision, outcome="realise")
    assert ledger.entries(Act.DECISION_FOLLOWED) == []


def test_history_is_never_rewritten(app: object) -> None:
    make_decision(make_held(make_conseil()))

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE decision_steps SET note = 'x'"))

    db.session.rollback()


def test_the_form_records_and_an_unknown_proposal_keeps_what_was_typed(client: Visitor) -> None:
    meeting = make_held(make_conseil())
    client.sign_in(make_director())
    url = f"/reunions/{meeting.id}/decisions/nouvelle"

    refused = client.send(url, {**FORM, "proposal_id": "99999"})
    wrong_day = client.send(url, {**FORM, "due_on": "31/02/2026"})
    answer = client.send(url, {**FORM, "proposal_id": str(make_proposal().id)})

    assert (refused.status_code, wrong_day.status_code) == (422, 422)
    assert 'value="Installer deux bancs"' in refused.get_data(as_text=True)
    assert answer.location == "/conseil/decisions/2026-01"
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("number", ["2026-99", "abc", "2026-1", "٢٠٢٦-٠١", "2026-99999999999"])
def test_an_unknown_decision_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/conseil/decisions/{number}").status_code == 404


def test_the_list_filters_by_instance_year_outcome_and_lateness(client: FlaskClient) -> None:
    famille = make_held(make_body(name="Comité famille"))
    make_decision(famille, title="Un goûter", outcome="realise", due_on=date(2026, 3, 20))
    make_decision(make_held(make_conseil()), title="Deux bancs", due_on=date(2026, 3, 20))

    def listed(query: str) -> list[str]:
        page = client.get(f"/conseil/decisions?{query}").get_data(as_text=True)
        return [title for title in ("Un goûter", "Deux bancs") if title in page]

    assert listed("") == ["Un goûter", "Deux bancs"]
    assert listed("instance=comite-famille") == ["Un goûter"]
    assert listed("suite=avis") == ["Deux bancs"]
    assert listed("retard=oui") == ["Deux bancs"]
    assert listed("annee=2026&suite=realise") == ["Un goûter"]
    assert listed("annee=1999&suite=%00&instance=%27") == ["Un goûter", "Deux bancs"]


def test_the_list_asks_as_little_with_fifty_decisions(
    client: FlaskClient, statements: Statements
) -> None:
    meeting = make_held(make_conseil())
    make_many_decisions(meeting, 1)
    statements.reset()
    client.get("/conseil/decisions")
    with_one = len(statements)

    make_many_decisions(meeting, 50, after=1)
    statements.reset()
    client.get("/conseil/decisions")

    assert len(statements) == with_one <= 6


def test_pages_of_a_meeting_and_a_decision_ask_little(
    client: FlaskClient, statements: Statements
) -> None:
    meeting = make_held(make_conseil())
    decision = make_decision(meeting)
    make_many_decisions(meeting, 30, after=1)

    for url in (f"/reunions/{meeting.id}", f"/conseil/decisions/{decision.number}", "/conseil"):
        statements.reset()
        assert client.get(url).status_code == 200
        assert len(statements) <= 7


def test_the_front_page_reads_the_latest_decisions_in_one_statement(
    app: object, statements: Statements
) -> None:
    make_many_decisions(make_held(make_conseil()), 9)
    statements.reset()

    found = latest_decisions(3)

    assert len(statements) == 1
    assert [line.number for line in found] == ["2026-09", "2026-08", "2026-07"]
