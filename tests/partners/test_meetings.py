"""A session held with partners is recorded once, and taken back when it is reopened."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import civil_day, now
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.partners import queries, together
from app.programme import attendance
from app.programme.models import Session
from tests.factories import make_resident
from tests.partners.factories import bring, join, make_partner, make_team
from tests.programme.factories import HOUR, make_action, make_session
from tests.support import Ledger, Visitor

REASON = "Le bailleur n’était pas là"


def standing(ledger: Ledger, act: Act) -> list[Entry]:
    """Entries of an act that no other one voids."""
    entries = ledger.entries(act)
    voided = {entry.voids_id for entry in entries}
    return [entry for entry in entries if entry.voids_id is None and entry.id not in voided]


def close(session: Session) -> None:
    attendance.close(make_team(), session)


def test_each_partner_present_is_met_once_with_the_hours_of_the_session(ledger: Ledger) -> None:
    one, two = make_partner(), make_partner()
    make_partner()
    session = make_session(kind="reunion_partenariale", nature="echange", hours=1.5)
    bring(session, one, two)
    close(session)

    met = standing(ledger, Act.PARTNER_MET)

    assert [entry.partner_id for entry in met] == [one.id, two.id]
    assert {(entry.subject_id, entry.minutes, entry.day) for entry in met} == {
        (session.id, 90, civil_day(session.starts_at))
    }
    held = ledger.entries(Act.SESSION_HELD)[0]
    assert {(entry.nature, entry.kind) for entry in met} == {(held.nature, held.kind)}
    assert all(entry.participation_key is None for entry in met)


def test_a_session_without_partner_meets_nobody(ledger: Ledger) -> None:
    make_partner()
    close(make_session())

    assert ledger.entries(Act.PARTNER_MET) == []
    assert ledger.entries(Act.ACTION_STARTED) == []


def test_a_meeting_of_partners_asks_who_came_before_it_closes(ledger: Ledger) -> None:
    session = make_session(kind="reunion_partenariale", nature="echange")

    with pytest.raises(Invalid) as refusal:
        close(session)

    assert refusal.value.field == "alone"
    assert session.status == "planned"
    assert ledger.acts() == []

    attendance.close(make_team(), session, alone=True)

    assert ledger.acts() == [Act.SESSION_HELD]


def test_the_page_that_closes_it_says_so_and_keeps_what_was_typed(
    app: Flask, ledger: Ledger
) -> None:
    session = make_session(kind="reunion_partenariale", nature="echange")
    other, visitor = make_session(), Visitor(app).sign_in(make_team())
    path = f"/seances/{session.id}/clore"

    refused = visitor.send(path, {"minutes": "90", "method": ""})

    assert refused.status_code == 422
    assert "Notez au moins un partenaire venu" in refused.text
    assert 'value="90"' in refused.text
    assert "Aucun partenaire" not in visitor.get(f"/seances/{other.id}/clore").text
    assert ledger.acts() == []

    visitor.send(path, {"minutes": "90", "method": "", "alone": "y"})

    assert [entry.minutes for entry in ledger.entries()] == [90]


def test_reopening_takes_back_who_was_met_and_the_start(ledger: Ledger) -> None:
    one, two = make_partner(), make_partner()
    session = make_session()
    join(session.action, {one: "co-organises"})
    bring(session, one, two)
    close(session)

    attendance.reopen(make_team(), session, REASON)

    assert standing(ledger, Act.PARTNER_MET) == []
    assert standing(ledger, Act.ACTION_STARTED) == []
    voids = [entry for entry in ledger.entries(Act.PARTNER_MET) if entry.voids_id]
    assert [entry.reason for entry in voids] == [REASON, REASON]

    bring(session, one)
    close(session)

    assert [entry.partner_id for entry in standing(ledger, Act.PARTNER_MET)] == [one.id]
    assert len(standing(ledger, Act.ACTION_STARTED)) == 1


def test_an_action_with_a_partner_starts_once_at_its_first_session(ledger: Ledger) -> None:
    action = make_action()
    join(action, {make_partner(): "co-organises"})
    first = make_session(action, now() - timedelta(days=8))
    second = make_session(action, now() - timedelta(days=1))

    close(second)
    assert [entry.happened_at for entry in standing(ledger, Act.ACTION_STARTED)] == [
        second.starts_at
    ]
    close(first)

    started = standing(ledger, Act.ACTION_STARTED)
    assert [(entry.action_id, entry.happened_at) for entry in started] == [
        (action.id, first.starts_at)
    ]

    attendance.reopen(make_team(), first, "Erreur de jour")

    started = standing(ledger, Act.ACTION_STARTED)
    assert [entry.happened_at for entry in started] == [second.starts_at]


def test_a_renewal_is_no_new_action(ledger: Ledger) -> None:
    before = make_action()
    again = make_action(renews_id=before.id)
    join(again, {make_partner(): "present"})
    close(make_session(again))

    assert ledger.entries(Act.ACTION_STARTED) == []


def test_a_partner_said_afterwards_makes_the_action_count_and_taken_off_no_more(
    ledger: Ledger,
) -> None:
    session = make_session()
    close(session)
    join(session.action, {make_partner(): "present"})
    assert len(standing(ledger, Act.ACTION_STARTED)) == 1

    join(session.action, {})

    assert standing(ledger, Act.ACTION_STARTED) == []


def test_partners_of_a_closed_session_do_not_change(ledger: Ledger) -> None:
    session, partner = make_session(), make_partner()
    close(session)
    recorded = ledger.acts()

    with pytest.raises(Conflict):
        bring(session, partner)

    assert ledger.acts() == recorded
    assert queries.parts_in_session(session.id) == {}


def test_only_the_team_says_which_partner_was_there(ledger: Ledger) -> None:
    session, partner = make_session(starts_at=now() + HOUR), make_partner()
    resident, team = make_resident(), make_team()

    with pytest.raises(Forbidden):
        together.set_session_partners(resident, session, {partner.id: "present"})
    with pytest.raises(Invalid):
        together.set_session_partners(team, session, {partner.id: "assis"})
    with pytest.raises(Invalid):
        together.set_action_partners(team, session.action, {99_999: "present"})

    assert queries.parts_in_session(session.id) == {}
    assert ledger.acts() == []


def test_the_sheet_leads_to_partners_and_proposes_those_of_the_action(client: Visitor) -> None:
    partner, session = make_partner("Mission locale"), make_session()
    join(session.action, {partner: "co-organises"})
    path, number = f"/seances/{session.id}/partenaires", partner.id
    client.sign_in(make_team())

    assert path in client.get(f"/seances/{session.id}/presences").text
    assert "déjà choisis" in client.get(path).text
    client.send(path, {f"part-{number}": "present"})

    assert queries.parts_in_session(session.id) == {number: "present"}
