"""A result becomes a decision of the conseil, once, and each leads to the other."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.models import Body, Meeting
from app.core.clock import now
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.proposals.models import Proposal
from app.voting import deciding, events
from app.voting.jobs import tend
from app.voting.models import Poll
from app.voting.queries import poll_page
from tests.at_once import all_at_once
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import after, make_poll, make_voters, no, yes
from tests.voting.test_opening import join

pytestmark = pytest.mark.usefixtures("app")


@atomic
def make_meeting(body: Body, status: str = "held", **fields: Any) -> Meeting:
    # The votes of these tests last an hour.
    fields = {"title": "Conseil de juin", "starts_at": now() + timedelta(hours=2), **fields}
    meeting = Meeting(body_id=body.id, place="Salle A", status=status, **fields)
    db.session.add(meeting)
    db.session.flush()
    return meeting


def director() -> Resident:
    return make_with_role(Role.DIRECTOR, standing="team")


def closed(ayes: int = 4, noes: int = 1, **fields: Any) -> Poll:
    voters = make_voters(ayes + noes)
    poll = make_poll(**fields)
    yes(poll, *voters[:ayes])
    no(poll, *voters[ayes:])
    with after(poll):
        tend()
    return poll


def decisions() -> int:
    return db.session.scalar(select(func.count()).select_from(Decision)) or 0


def test_the_direction_makes_a_decision_of_a_result_and_reads_one_from_the_other(
    client: Visitor, ledger: Ledger
) -> None:
    meeting = make_meeting(make_body("conseil", "Conseil de maison"))
    proposal = make_proposal()
    poll = closed(proposal_ids=[proposal.id])
    client.sign_in(director())
    path, page = f"/scrutins/{poll.id}/decision", poll_page(poll.id)
    assert page is not None

    offered = "En faire une décision" in client.get(f"/scrutins/{poll.id}").text
    form = client.get(path).text
    sent = client.send(
        path,
        {
            "meeting": meeting.id,
            "title": "Des bancs devant l’école",
            "text": deciding.prefilled(page)["text"],
            "outcome": "adopte",
            "proposal_id": proposal.id,
        },
    )

    assert offered and "5 votants sur 6 inscrits" in form
    assert f'value="{proposal.id}"' in form and "Conseil de juin" in form
    decision = db.session.scalars(select(Decision)).one()
    assert sent.status_code == 302 and sent.location.endswith(decision.number)
    assert decision.proposal_id == proposal.id
    shown = client.get(f"/scrutins/{poll.id}").text
    assert f"Devenu la décision n° {decision.number}" in shown.replace("\xa0", " ")
    assert "En faire une décision" not in shown
    decision_page = client.get(sent.location).text
    assert "Issue du vote" in decision_page and "](" not in decision_page
    assert f'href="/scrutins/{poll.id}"' in decision_page
    assert Act.DECISION_RECORDED in ledger.acts()
    assert list(events.faults(db.session.get_one(Poll, poll.id))) == []


def test_a_refused_form_keeps_what_was_typed_and_records_nothing(
    client: Visitor, ledger: Ledger
) -> None:
    meeting = make_meeting(make_body("conseil"))
    poll = closed()
    client.sign_in(director())

    refused = client.send(
        f"/scrutins/{poll.id}/decision",
        {"meeting": meeting.id, "title": "Non", "text": "Mon texte", "outcome": "refuse"},
    )

    assert refused.status_code == 422 and "Mon texte" in refused.text
    assert decisions() == 0 and Act.DECISION_RECORDED not in ledger.acts()


def test_without_a_held_meeting_the_page_says_what_to_wait_for(client: Visitor) -> None:
    conseil = make_body("conseil")
    poll = closed()
    client.sign_in(director())

    alone = client.get(f"/scrutins/{poll.id}/decision").text
    make_meeting(conseil, "planned", title="Conseil d’été", starts_at=now() + timedelta(days=9))
    soon = client.get(f"/scrutins/{poll.id}/decision").text

    assert "Convoquez d’abord une réunion" in alone
    assert "Conseil d’été" in soon and "Enregistrer la décision" not in soon


def test_a_meeting_held_before_the_vote_closed_decides_nothing_of_it(client: Visitor) -> None:
    early = make_meeting(make_body("conseil"), starts_at=now() - timedelta(days=1))
    poll, by = closed(), director()
    client.sign_in(by)

    page = client.get(f"/scrutins/{poll.id}/decision").text
    with pytest.raises(Invalid):
        deciding.decide(poll, by, early, title="Trop tôt", text="Texte", outcome="adopte")

    assert "après la fin du vote" in page and "Enregistrer la décision" not in page
    assert (decisions(), poll.decision_id) == (0, None)


def test_nobody_else_decides_and_nothing_is_recorded(client: Visitor) -> None:
    meeting = make_meeting(make_body("conseil"))
    poll = closed()
    referent = make_with_role(Role.REFERENT, body=make_body())

    for person in (make_resident(), referent):
        client.sign_in(person)
        assert client.get(f"/scrutins/{poll.id}/decision").status_code == 404
        with pytest.raises(Forbidden):
            deciding.decide(poll, person, meeting, title="Non", outcome="adopte")

    assert decisions() == 0 and poll.decision_id is None


def test_a_vote_under_way_is_no_decision() -> None:
    make_resident()
    meeting = make_meeting(make_body("conseil"))
    poll = make_poll()

    with pytest.raises(Conflict):
        deciding.decide(poll, director(), meeting, title="Trop tôt", outcome="adopte")

    assert decisions() == 0


def test_two_people_at_once_make_one_decision(app: Flask) -> None:
    meeting, poll, by = make_meeting(make_body("conseil")), closed(), director()
    ids = (poll.id, by.id, meeting.id)

    def decide() -> str:
        found = deciding.decide(
            db.session.get_one(Poll, ids[0]),
            db.session.get_one(Resident, ids[1]),
            db.session.get_one(Meeting, ids[2]),
            title="Une seule",
            outcome="adopte",
        )
        return found.number

    outcomes = all_at_once(app, [decide] * 4)

    assert outcomes.count(Conflict) == 3 and decisions() == 1


def test_the_draft_of_a_decision_follows_the_result() -> None:
    won, lost, empty = closed(), closed(1, 4), closed(1, 1, quorum_percent=100)

    pages = [poll_page(poll.id) for poll in (won, lost, empty)]
    said = [deciding.prefilled(page) for page in pages if page is not None]

    assert [one["outcome"] for one in said][:2] == ["adopte", "refuse"]
    assert said[1]["reason"] and not said[0]["reason"]
    assert said[2]["outcome"] == "avis"


def test_a_proposal_s_page_leads_to_its_own_vote(client: Visitor) -> None:
    make_resident()
    proposal, other = make_proposal(), make_proposal()
    make_poll(proposal_ids=[other.id])
    poll = make_poll(proposal_ids=[proposal.id])

    page = client.get(f"/propositions/{proposal.id}").text
    back = client.get(f"/scrutins/{poll.id}").text

    assert f'href="/scrutins/{poll.id}"' in page and page.count('href="/scrutins/') == 1
    assert f'href="/propositions/{proposal.id}"' in back
    assert db.session.get_one(Proposal, proposal.id).status == "voting"


def test_whoever_runs_a_comite_finds_its_meetings_behind_those_of_the_conseil() -> None:
    conseil, body = make_body("conseil", "Conseil de maison"), make_body()
    referent = make_with_role(Role.REFERENT, body=body)
    voters = make_voters(2)
    join(body, voters[0])
    poll = make_poll(referent, body_id=body.id)
    for days in range(1, deciding.MOST_OFFERED + 3):
        make_meeting(conseil, starts_at=poll.closes_at + timedelta(days=days))
        make_meeting(conseil, "planned", starts_at=now() + timedelta(days=days))
        make_meeting(body, "planned", starts_at=now() + timedelta(days=days + 3))
    held = make_meeting(body, starts_at=poll.closes_at)

    coming = deciding.next_sitting(referent, poll)

    assert [one.id for one in deciding.sittings(referent, poll)] == [held.id]
    assert coming is not None and coming.starts_at < now() + timedelta(days=5)


def test_a_meeting_of_another_comite_decides_nothing_of_a_vote() -> None:
    elsewhere = make_body()
    poll, meeting = closed(), make_meeting(elsewhere)

    for person in (director(), make_with_role(Role.REFERENT, body=elsewhere)):
        with pytest.raises(Forbidden):
            deciding.decide(poll, person, meeting, title="Oui", text="Texte", outcome="adopte")

    assert (decisions(), poll.decision_id) == (0, None)
