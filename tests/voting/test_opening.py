"""A poll opens with its rules and its roll frozen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Resident
from app.bodies.models import Body, Mandate, Membership
from app.core import clock
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.ledger.acts import Act
from app.notifications.models import Notification
from app.proposals.models import Proposal, Status
from app.voting.jobs import tend
from app.voting.models import Poll, RollEntry
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger
from tests.voting.polls import make_judgment, make_poll, make_voters

pytestmark = pytest.mark.usefixtures("app")


@atomic
def join(body: Body, resident: Resident, **fields: object) -> None:
    db.session.add(Membership(body_id=body.id, resident_id=resident.id, **fields))


@atomic
def sit(body: Body, resident: Resident, **fields: object) -> None:
    fields = {"college": "habitants", "starts_on": today(), **fields}
    db.session.add(Mandate(body_id=body.id, resident_id=resident.id, **fields))


def roll(poll: Poll) -> set[int]:
    return set(
        db.session.scalars(select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id))
    )


def test_everyone_seen_by_the_centre_may_vote_and_is_told(ledger: Ledger) -> None:
    confirmed = make_resident()
    at_desk = make_resident(email=None, email_confirmed_at=None, registered_by_id=confirmed.id)
    make_resident(email_confirmed_at=None)
    make_resident(standing="outside")

    poll = make_poll()

    assert roll(poll) == {confirmed.id, at_desk.id}
    assert (poll.status, poll.roll_size) == ("open", 2)
    assert ledger.acts() == [Act.POLL_OPENED]
    told = set(db.session.scalars(select(Notification.resident_id)))
    assert told == {confirmed.id, at_desk.id}
    assert list(db.session.scalars(select(OutboxMail.to))) == [confirmed.email]


def test_a_comite_votes_with_its_members_of_that_moment() -> None:
    body = make_body()
    member, gone, late = make_voters(3)
    join(body, member)
    join(body, gone, left_at=now())

    poll = make_poll(make_with_role(Role.REFERENT, body=body), body_id=body.id)
    join(body, late)

    assert roll(poll) == {member.id}


def test_the_conseil_votes_with_its_voting_mandates_in_force() -> None:
    conseil = make_body("conseil")
    voting, consultative, former = make_voters(3)
    sit(conseil, voting)
    sit(conseil, consultative, is_voting=False)
    past = {"ended_on": today() - timedelta(days=1), "end_cause": "ended"}
    sit(conseil, former, starts_on=today() - timedelta(5), **past)

    poll = make_poll(body_id=conseil.id)

    assert roll(poll) == {voting.id}


def test_a_poll_for_later_opens_by_itself_at_its_time(ledger: Ledger) -> None:
    make_resident()
    opens_at = now() + timedelta(days=2)
    poll = make_poll(opens_at=opens_at, closes_at=opens_at + timedelta(days=1))

    early = tend()
    with clock.at(opens_at):
        on_time, again = tend(), tend()

    assert (early, on_time, again) == ((0, 0), (1, 0), (0, 0))
    assert db.session.get_one(Poll, poll.id).status == "open"
    assert ledger.acts() == [Act.POLL_OPENED]


def test_a_poll_that_could_not_open_in_time_decides_nothing(ledger: Ledger) -> None:
    proposal = make_proposal()
    opens_at = now() + timedelta(days=2)
    poll = make_poll(
        opens_at=opens_at, closes_at=opens_at + timedelta(hours=1), proposal_ids=[proposal.id]
    )

    with clock.at(opens_at + timedelta(days=1)):
        tend()

    assert db.session.get_one(Poll, poll.id).status == "cancelled"
    assert db.session.get_one(Proposal, proposal.id).status == Status.GATHERING
    assert ledger.entries(Act.POLL_OPENED) == []


@pytest.mark.parametrize(
    "change", ["quorum_percent = 1", "is_secret = NOT is_secret", "method = 'x'", "rules = '{}'"]
)
def test_the_rules_of_an_open_poll_cannot_be_changed_even_by_sql(change: str) -> None:
    make_resident()
    make_poll(quorum_percent=20)

    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text(f"UPDATE polls SET {change}"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE poll_options SET label = 'Autre chose' WHERE position = 1",
        "UPDATE poll_options SET position = position + 2",
        "UPDATE poll_options SET proposal_id = NULL",
        "UPDATE poll_options SET poll_id = :other",
        "DELETE FROM poll_options WHERE position = 1",
        "INSERT INTO poll_options (poll_id, position, label) VALUES (:poll, 3, 'Un de plus')",
    ],
)
def test_what_people_choose_between_cannot_be_changed_once_open_even_by_sql(change: str) -> None:
    make_resident()
    soon = {"opens_at": now() + timedelta(days=1), "closes_at": now() + timedelta(days=2)}
    other = make_judgment(free_options=["Ni l’un", "Ni l’autre"], **soon)
    poll = make_judgment(proposal_ids=[make_proposal().id], free_options=["Ne rien faire"])
    numbers = {"poll": poll.id, "other": other.id}
    kept = [option.label for option in poll.options]
    given = {name: number for name, number in numbers.items() if f":{name}" in change}

    with pytest.raises(DatabaseError, match="options of an opened poll are frozen"):
        db.session.execute(text(change), given)

    db.session.rollback()
    labels = [option.label for option in db.session.get_one(Poll, numbers["poll"]).options]
    assert labels == kept


def test_proposals_go_to_the_vote_with_the_poll() -> None:
    proposals = [make_proposal(), make_proposal()]

    poll = make_judgment(
        proposal_ids=[proposal.id for proposal in proposals], free_options=["Ne rien faire"]
    )

    assert [option.label for option in poll.options][-1] == "Ne rien faire"
    statuses = set(db.session.scalars(select(Proposal.status)))
    assert statuses == {Status.VOTING}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"closes_at": now() + timedelta(minutes=9)}, "closes_at"),
        ({"opens_at": now() - timedelta(hours=1)}, "opens_at"),
        ({"free_options": ["Un", "Deux"]}, "free_options"),
        ({"method": "majority_judgment", "free_options": ["Un"]}, "free_options"),
        ({"method": "majority_judgment", "free_options": ["Un", "un"]}, "free_options"),
        ({"method": "majority_judgment", "free_options": ["a" * 161, "b"]}, "free_options"),
        ({"method": "tirage"}, "method"),
        ({"proposal_ids": [999]}, "proposals"),
        ({"settings": {"base": "tout le monde"}}, "base"),
        ({"body_id": 999}, "electorate"),
    ],
)
def test_a_poll_that_makes_no_sense_is_refused_and_leaves_no_trace(
    ledger: Ledger, fields: dict[str, Any], field: str
) -> None:
    make_resident()

    with pytest.raises(Invalid) as refusal:
        make_poll(**fields)

    assert refusal.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 0
    assert ledger.acts() == []


def test_a_poll_for_nobody_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Invalid, match="Personne"):
        make_poll(body_id=make_body().id)

    assert ledger.acts() == []


def test_a_referent_opens_polls_for_their_own_comite_only(ledger: Ledger) -> None:
    mine, other = make_body(), make_body()
    referent = make_with_role(Role.REFERENT, body=mine)

    for body_id in (None, other.id):
        with pytest.raises(Forbidden):
            make_poll(referent, body_id=body_id)

    assert ledger.acts() == []


def test_a_referent_does_not_take_another_comites_proposal(ledger: Ledger) -> None:
    mine, other = make_body(), make_body()
    referent = make_with_role(Role.REFERENT, body=mine)
    join(mine, referent)

    with pytest.raises(Invalid, match="comité"):
        make_poll(referent, body_id=mine.id, proposal_ids=[make_proposal(body_id=other.id).id])

    assert ledger.acts() == []
