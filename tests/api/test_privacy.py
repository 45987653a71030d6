"""What is public names nobody, and what is not public is not there."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.associations.models import Association
from app.bodies.decision_models import Decision
from app.bodies.models import AgendaItem, Body, Meeting
from app.core.clock import now
from app.core.db import atomic, db
from app.core.moderated import HIDDEN
from app.partners.models import Partner
from app.programme.models import Action
from app.voting.models import Poll, PollOption
from tests.api.reading import every_answer
from tests.factories import make_proposal
from tests.privacy.loud import FAMILY, GIVEN, MARKS, SIGNED, make_loud
from tests.privacy.loud_life import make_loud_life

RESULT = {"method": "approval", "quorum_met": False, "quorum_needed": 5, "ballots": 2, "blank": 0}
SECRET = "Que personne ne lise ceci"


@atomic
def make_all_public(**points: object) -> None:
    """Her name in everything that anyone may read; `points` changes those of the agenda."""
    for item in db.session.query(AgendaItem):
        for name, value in {"notes": SIGNED, **points}.items():
            setattr(item, name, value)
    db.session.flush()
    for association in db.session.query(Association):
        association.status, association.activities = "approved", SIGNED
    for meeting in db.session.query(Meeting):
        meeting.status, meeting.minutes_status, meeting.minutes = "held", "published", SIGNED
        meeting.minutes_year, meeting.minutes_rank, meeting.published_at = 2026, meeting.id, now()
        meeting.title, meeting.place = f"Chez {GIVEN} {FAMILY}", f"Chez Mme {FAMILY}"
    for decision in db.session.query(Decision):
        decision.text, decision.reason = SIGNED, SIGNED
    for body in db.session.query(Body):
        body.purpose = SIGNED
    for action in db.session.query(Action):
        action.description, action.place = SIGNED, f"Chez {GIVEN} {FAMILY}"
    for partner in db.session.query(Partner):
        partner.purpose = SIGNED
    poll = Poll(
        title=f"Élire {GIVEN} {FAMILY} ?",
        text=SIGNED,
        method="approval",
        electorate="all",
        is_secret=True,
        opens_at=now() - timedelta(days=2),
        closes_at=now() - timedelta(days=1),
        options=[PollOption(position=1, label=f"{GIVEN} {FAMILY}")],
    )
    db.session.add(poll)
    db.session.flush()
    poll.status, poll.closed_at, poll.turnout, poll.result = "closed", now(), 2, RESULT


def test_no_answer_says_who_the_loudest_of_all_is(client: FlaskClient) -> None:
    loud = make_loud()
    make_loud_life(loud)
    make_all_public()

    answers = dict(every_answer(client))

    assert len(answers) > 50
    found = [
        (address, mark) for address, said in answers.items() for mark in MARKS if mark in low(said)
    ]
    assert found == []
    assert [address for address, said in answers.items() if loud.card in said] == []
    assert "[nom retir" in answers["/api/v1/propositions"]
    assert "[nom retir" in answers["/api/v1/decisions"]
    assert "[nom retir" in answers["/api/v1/comptes-rendus"]
    assert "[nom retir" in answers["/api/v1/seances"]
    assert answers["/api/v1/scrutins"].count("[nom retir") == 3


def low(said: str) -> str:
    """In lower case, escapes of JSON written out."""
    return said.encode().decode("unicode_escape", "ignore").lower() + said.lower()


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": HIDDEN},
        {"visibility": "waiting"},
        {"status": "draft", "published_at": None},
        {"status": "submitted"},
        {"status": "refused", "published_at": None},
    ],
)
def test_what_is_hidden_or_not_published_is_nowhere(
    fields: dict[str, Any], client: FlaskClient
) -> None:
    proposal = make_proposal(title=SECRET, **fields)
    number = proposal.id

    assert client.get("/api/v1/propositions").get_json()["total"] == 0
    assert client.get(f"/api/v1/propositions/{number}").status_code == 404
    assert SECRET not in client.get("/flux/propositions.atom").text


def test_a_draft_of_minutes_and_a_point_for_members_are_not_read(client: FlaskClient) -> None:
    make_loud_life(make_loud())
    assert client.get("/api/v1/comptes-rendus").get_json()["total"] == 0
    make_all_public(is_private=True, notes=SECRET)

    answer = client.get(f"/api/v1/comptes-rendus/{db.session.query(Meeting).one().id}")

    (point,) = answer.get_json()["compte_rendu"]["points"]
    assert point == {"titre": "Les bancs", "reserve": True, "texte": None}
    assert SECRET not in answer.text


def test_an_open_vote_says_nothing_yet(client: FlaskClient) -> None:
    make_loud_life(make_loud())

    listed = client.get("/api/v1/scrutins").get_json()

    assert db.session.query(Poll).filter(Poll.status == "open").count() > 0
    assert [row["id"] for row in listed["donnees"]] == []


def test_an_association_that_waits_or_is_hidden_is_not_listed(client: FlaskClient) -> None:
    make_loud_life(make_loud())

    assert client.get("/api/v1/associations").get_json()["total"] == 0
    assert client.get("/api/v1/associations/une").status_code == 404
