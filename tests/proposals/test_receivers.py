"""A decision reaches those who wait for it."""

from datetime import timedelta

from flask import Flask

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.models import CONSEIL, Body, Meeting
from app.bodies.signals import decision_recorded
from app.core.clock import now, today
from app.core.db import atomic, db
from app.notifications.models import Notification
from app.proposals import services
from tests.factories import make_body, make_proposal, make_resident
from tests.proposals.support import author_of, count
from tests.support import told


@atomic
def _decide(body: Body, by: Resident, proposal_id: int | None) -> None:
    meeting = Meeting(body_id=body.id, title="Conseil", starts_at=now(), place="Salle")
    meeting.ends_at = meeting.starts_at + timedelta(hours=2)
    db.session.add(meeting)
    db.session.flush()
    decision = Decision(
        body_id=body.id,
        meeting_id=meeting.id,
        proposal_id=proposal_id,
        year=2026,
        rank=14,
        title="Des bancs devant l’école",
        outcome="adopte",
        decided_on=today(),
    )
    db.session.add(decision)
    db.session.flush()
    decision_recorded.send(decision, by=by)


def test_the_author_and_supporters_learn_what_the_conseil_decided(
    app: Flask, director: Resident
) -> None:
    proposal, supporter = make_proposal(), make_resident()
    services.support(proposal, supporter)

    _decide(make_body(CONSEIL), director, proposal.id)

    text = "Le conseil de maison a décidé : Des bancs devant l’école"
    assert told(author_of(proposal)) == told(supporter) == [text]
    url = db.session.query(Notification.url).distinct().one()[0]
    assert url == "/conseil/decisions/2026-14"


def test_a_decision_about_no_proposal_is_told_to_nobody(app: Flask, director: Resident) -> None:
    _decide(make_body(CONSEIL), director, None)

    assert count(Notification) == 0
