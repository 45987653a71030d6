"""A poll closes by itself, once, with a result that anyone can count again."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import atomic, db
from app.ledger.acts import Act
from app.notifications.models import Notification
from app.proposals.models import Proposal, ProposalStep, Status
from app.voting import services
from app.voting.cli import cli
from app.voting.closing import close_poll
from app.voting.jobs import tend
from app.voting.models import OpenedBallot, Poll, PublicBallot, PublicChange, SecretBallot
from tests.at_once import all_at_once
from tests.factories import make_body, make_proposal, make_resident
from tests.support import Ledger
from tests.voting.polls import after, judge, make_judgment, make_poll, make_voters, no, yes

pytestmark = pytest.mark.usefixtures("app")


def closed(poll: Poll) -> Poll:
    with after(poll):
        tend()
    return db.session.get_one(Poll, poll.id)


def test_a_carried_vote_adopts_its_proposal_and_says_why(ledger: Ledger) -> None:
    voters = make_voters(3)
    proposal = make_proposal(voters[0])
    poll = make_poll(proposal_ids=[proposal.id])
    yes(poll, *voters[:2])
    no(poll, voters[2])

    poll = closed(poll)

    assert poll.result is not None
    assert poll.result["counts"] == {"yes": 2, "no": 1, "abstain": 0}
    assert (poll.status, poll.turnout, poll.sealing_key) == ("closed", 3, None)
    assert db.session.get_one(Proposal, proposal.id).status == Status.ADOPTED
    assert [entry.act for entry in ledger.entries()].count(Act.PROPOSAL_ADOPTED) == 1
    assert len(ledger.entries(Act.POLL_CLOSED)) == 1


def test_an_uncarried_vote_does_not_adopt() -> None:
    voters = make_voters(2)
    proposal = make_proposal(voters[0])
    poll = make_poll(proposal_ids=[proposal.id])
    yes(poll, voters[0])
    no(poll, voters[1])

    closed(poll)

    assert db.session.get_one(Proposal, proposal.id).status == Status.NOT_ADOPTED


def test_without_quorum_the_proposal_gathers_supports_again() -> None:
    voters = make_voters(5)
    proposal = make_proposal(voters[0])
    poll = make_poll(proposal_ids=[proposal.id], quorum_percent=50)
    yes(poll, *voters[:2])

    poll = closed(poll)

    assert poll.result is not None
    assert (poll.result["quorum_needed"], poll.result["quorum_met"]) == (3, False)
    assert db.session.get_one(Proposal, proposal.id).status == Status.GATHERING
    last = db.session.scalars(select(ProposalStep.reason).order_by(ProposalStep.id)).all()[-1]
    assert "quorum" in last


def test_the_majority_of_the_registered_counts_those_who_stayed_home() -> None:
    voters = make_voters(5)
    poll = make_poll(settings={"base": "registered"})
    yes(poll, *voters[:2])

    result = closed(poll).result

    assert result is not None
    assert (result["adopted"], result["needed"]) == (False, 3)


def test_the_best_judged_proposal_is_adopted_and_the_others_are_not() -> None:
    voters = make_voters(3)
    first, second = make_proposal(voters[0]), make_proposal(voters[0])
    poll = make_judgment(proposal_ids=[first.id, second.id], free_options=())
    for voter in voters:
        judge(poll, voter, 3, 0)

    closed(poll)

    assert db.session.get_one(Proposal, first.id).status == Status.NOT_ADOPTED
    assert db.session.get_one(Proposal, second.id).status == Status.ADOPTED


def test_a_poll_without_any_vote_closes_all_the_same() -> None:
    make_resident()

    results = [closed(make_poll()).result, closed(make_judgment()).result]

    assert [result and result["winners"] for result in results] == [[], []]


def test_before_its_time_nothing_is_counted() -> None:
    voter = make_resident()
    poll = make_poll()
    yes(poll, voter)

    assert close_poll(poll) is False

    assert (poll.status, poll.result) == ("open", None)
    assert db.session.scalar(select(func.count()).select_from(OpenedBallot)) == 0


def test_each_voter_takes_part_once_in_the_ledger_and_only_to_the_day(ledger: Ledger) -> None:
    body = make_body("conseil")
    voters = make_voters(4)
    poll = make_poll()
    yes(poll, *voters)

    closed(poll)

    entries = ledger.entries(Act.POLL_PARTICIPATED)
    assert {entry.participation_key for entry in entries} == {
        voter.participation_key for voter in db.session.scalars(select(Resident)) if voter.email
    } & {db.session.get_one(Resident, voter.id).participation_key for voter in voters}
    assert len(entries) == 4
    assert {(entry.day, entry.happened_at) for entry in entries} == {(today(), None)}
    assert {(entry.subject_type, entry.subject_id) for entry in entries} == {("polls", poll.id)}
    assert body.id not in {entry.body_id for entry in entries}


def test_voters_are_told_that_the_result_is_there() -> None:
    voter, absent = make_voters(2)
    poll = make_poll()
    yes(poll, voter)
    closed(poll)

    texts = db.session.execute(select(Notification.resident_id, Notification.text)).all()

    assert [who for who, text in texts if "résultat" in text] == [voter.id]
    assert absent.id in [who for who, text in texts if "ouvert" in text]


def test_closing_ten_times_at_once_closes_once(app: Flask, ledger: Ledger) -> None:
    voters = make_voters(3)
    poll = make_poll()
    yes(poll, *voters)
    poll_id = poll.id

    def close() -> bool:
        with after(poll_of(poll_id)):
            return close_poll(poll_of(poll_id))

    outcomes = all_at_once(app, [close] * 10)

    assert sorted(map(str, outcomes)) == ["False"] * 9 + ["True"]
    assert len(ledger.entries(Act.POLL_CLOSED)) == 1
    assert len(ledger.entries(Act.POLL_PARTICIPATED)) == 3
    assert db.session.scalar(select(func.count()).select_from(OpenedBallot)) == 3


def poll_of(poll_id: int) -> Poll:
    return db.session.get_one(Poll, poll_id)


def test_a_cancelled_poll_destroys_its_ballots_and_frees_its_proposals(ledger: Ledger) -> None:
    voter = make_resident()
    proposal = make_proposal(voter)
    poll = make_poll(proposal_ids=[proposal.id])
    yes(poll, voter)
    director = db.session.get_one(Resident, poll.created_by_id)

    services.cancel_poll(poll, director, "Une date était fausse.")
    with after(poll):
        tend()

    assert (poll.status, poll.sealing_key, poll.result) == ("cancelled", None, None)
    for table in (SecretBallot, PublicBallot, OpenedBallot):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert db.session.get_one(Proposal, proposal.id).status == Status.GATHERING
    assert Act.POLL_CANCELLED in ledger.acts()
    assert Act.POLL_PARTICIPATED not in ledger.acts()


def test_a_cancelled_public_poll_keeps_no_former_choice_either() -> None:
    voter = make_resident()
    poll = make_poll(is_secret=False)
    yes(poll, voter)
    no(poll, voter)
    director = db.session.get_one(Resident, poll.created_by_id)

    services.cancel_poll(poll, director, "Une date était fausse.")

    for table in (PublicBallot, PublicChange):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_anyone_at_the_server_can_count_again(app: Flask) -> None:
    voters = make_voters(5)
    poll = make_judgment()
    for place, voter in enumerate(voters):
        judge(poll, voter, place, 4 - place, 2)
    closed(poll)

    said = app.test_cli_runner().invoke(cli, ["verify", str(poll.id)])

    assert "Conforme" in said.output
    assert said.exit_code == 0


def test_a_ballot_changed_afterwards_is_found_out(app: Flask) -> None:
    voters = make_voters(3)
    poll = make_poll()
    yes(poll, *voters)
    closed(poll)

    @atomic
    def cheat() -> None:
        one = select(OpenedBallot.fingerprint).limit(1).scalar_subquery()
        db.session.execute(
            update(OpenedBallot)
            .where(OpenedBallot.fingerprint == one)
            .values(choice='{"choice":"no"}')
        )

    cheat()

    assert app.test_cli_runner().invoke(cli, ["verify", str(poll.id)]).exit_code == 1


def test_a_poll_that_cannot_be_counted_keeps_no_other_waiting(app: Flask) -> None:
    voters = make_voters(1)
    broken, sound = make_poll(), make_poll()
    yes(broken, *voters)
    broken.sealing_key = bytes(32)
    db.session.commit()

    with after(sound):
        assert tend() == (0, 1)

    assert (broken.status, sound.status) == ("open", "closed")
