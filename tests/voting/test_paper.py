"""Paper ballots: signed once, read twice, counted with the others, or not published at all."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from app.notifications.models import Notification
from app.voting import paper_roll, paper_services, reconciling
from app.voting.casting import AlreadyVoted, NotOnRoll
from app.voting.checking import differences
from app.voting.closing import close_poll, recount
from app.voting.events import Kind
from app.voting.jobs import tend
from app.voting.models import Emargement, OpenedBallot, Poll, PollEvent, SecretBallot
from app.voting.paper_models import PaperBatch, PaperReading
from app.voting.services import cancel_poll
from tests.at_once import all_at_once
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger
from tests.voting.papers import BLANK, NO, NULL, YES, came, make_agents, make_on_paper, read_twice
from tests.voting.polls import after, make_judgment, make_poll, make_voters, no, signed, yes
from tests.voting.rolls import give, given, roll_says

pytestmark = pytest.mark.usefixtures("app")


def test_paper_and_online_ballots_make_one_result(ledger: Ledger) -> None:
    voters, agents = make_voters(7), make_agents()
    poll = make_on_paper()
    yes(poll, voters[0], voters[1])
    no(poll, voters[2])
    came(poll, agents[0], *voters[3:])

    with after(poll):
        tend()
        waiting = poll.status
        read_twice(poll, agents, [YES, NO])
        read_twice(poll, agents, [BLANK, NULL])
        published = paper_services.close_paper(agents[1], poll)

    assert (waiting, published, poll.status, poll.turnout) == ("open", True, "closed", 7)
    result = poll.result or {}
    assert result["counts"] == {"yes": 3, "no": 2, "abstain": 0}
    assert (result["blank"], result["paper"]) == (1, {"ballots": 4, "null": 1})
    assert result["channels"] == {"online": 3, "paper": 4}
    assert recount(poll)["counts"] == result["counts"]
    assert differences(poll) == []
    took_part = ledger.entries(Act.POLL_PARTICIPATED)
    assert sorted(entry.channel for entry in took_part).count(Channel.PAPER) == 4


def test_after_the_count_nothing_of_what_was_typed_is_kept() -> None:
    voters, agents = make_voters(2), make_agents()
    poll = make_on_paper()
    came(poll, agents[0], *voters)

    with after(poll):
        read_twice(poll, agents, [YES, NO])
        paper_services.close_paper(agents[0], poll)

    assert [one.sheets for one in db.session.query(PaperReading)] == [[], []]
    assert db.session.query(OpenedBallot).count() == 2
    said = [one.facts for one in db.session.query(PollEvent).filter_by(kind=Kind.PAPER_READ)]
    assert said == [{"piles": 1, "papers": 2}]


def test_a_paper_signature_and_an_online_vote_at_once_make_one(app: Flask) -> None:
    voter, agent = make_resident(), make_agents(1)[0]
    poll = make_on_paper()
    poll_id, voter_id, agent_id = poll.id, voter.id, agent.id

    def online() -> object:
        yes(db.session.get_one(Poll, poll_id), db.session.get_one(Resident, voter_id))
        return "online"

    def on_paper() -> object:
        by, person = (db.session.get_one(Resident, one) for one in (agent_id, voter_id))
        paper_roll.sign_on_paper(by, db.session.get_one(Poll, poll_id), person)
        return "paper"

    outcomes = all_at_once(app, [online, on_paper] * 8)

    assert outcomes.count(AlreadyVoted) == 15
    assert signed() == 1
    assert db.session.query(SecretBallot).count() == outcomes.count("online")


def test_whoever_voted_on_paper_cannot_vote_again_and_is_told_of_it() -> None:
    voter, stranger, agent = make_resident(), make_resident(standing="outside"), make_agents(1)[0]
    poll = make_on_paper()
    came(poll, agent, voter)

    for _ in range(2):
        with pytest.raises(AlreadyVoted):
            yes(poll, voter)
    with pytest.raises(AlreadyVoted):
        came(poll, agent, voter)
    with pytest.raises(NotOnRoll):
        came(poll, agent, stranger)

    assert (roll_says(poll), db.session.query(SecretBallot).count()) == (
        {voter.id: ("paper", False)},
        0,
    )
    told = select(Notification.text).where(Notification.resident_id == voter.id)
    assert any("vote sur papier est noté" in text for text in db.session.scalars(told))


def test_a_signature_noted_by_mistake_is_taken_back_and_the_person_votes() -> None:
    voter, agent = make_resident(), make_agents(1)[0]
    poll = make_on_paper()
    came(poll, agent, voter)

    with pytest.raises(Invalid):
        paper_roll.unsign_on_paper(agent, poll, voter, " ")
    paper_roll.unsign_on_paper(agent, poll, voter, "Homonyme")
    yes(poll, voter)
    with pytest.raises(Conflict):
        paper_roll.unsign_on_paper(agent, poll, voter, "Encore")

    assert roll_says(poll) == {voter.id: ("online", False)}
    noted = db.session.query(AuditEntry).filter_by(by_id=agent.id).order_by(AuditEntry.id)
    assert [row.act for row in noted] == ["poll:paper_signed", "poll:paper_unsigned"]
    assert all(row.subject_type == "polls" for row in db.session.query(AuditEntry))


def test_on_paper_too_a_proxy_serves_once_and_coming_voids_it() -> None:
    principal, other, holder, agent = *make_voters(3), make_agents(1)[0]
    poll = make_on_paper(proxies_most=2)
    give(poll, principal, holder)
    give(poll, other, holder)

    paper_roll.sign_on_paper(agent, poll, principal, represented=True)
    came(poll, agent, other)

    assert roll_says(poll) == {principal.id: ("paper", True), other.id: ("paper", False)}
    assert given(poll) == {(principal.id, holder.id, True)}
    paper_roll.unsign_on_paper(agent, poll, principal, "Erreur")
    assert given(poll) == {(principal.id, holder.id, False)}


def test_only_the_team_and_the_referent_of_the_comite_run_the_paper() -> None:
    voter = make_resident()
    stranger = make_with_role(Role.REFERENT, body=make_body())
    poll, plain = make_on_paper(), make_poll()
    agent = make_agents(1)[0]

    for person, asked in ((voter, poll), (stranger, poll), (agent, plain)):
        with pytest.raises(Forbidden):
            paper_roll.sign_on_paper(person, asked, voter)
        with after(asked), pytest.raises(Forbidden):
            paper_services.add_pile(person, asked, 10)

    assert (signed(), db.session.query(PaperBatch).count()) == (0, 0)


def test_nothing_is_read_before_the_closing_time() -> None:
    make_resident()
    agent, poll = make_agents(1)[0], make_on_paper()

    with pytest.raises(Forbidden):
        paper_services.add_pile(agent, poll, 3)
    with pytest.raises(Forbidden):
        paper_services.close_paper(agent, poll)

    assert (db.session.query(PaperBatch).count(), poll.paper_closed_at) == (0, None)


@pytest.mark.parametrize(("came_number", "papers"), [(2, 3), (3, 2)])
def test_papers_and_signatures_that_differ_stop_the_publication(
    came_number: int, papers: int
) -> None:
    voters, agents = make_voters(3), make_agents()
    poll = make_on_paper()
    came(poll, agents[0], *voters[:came_number])

    with after(poll):
        read_twice(poll, agents, [YES] * papers)
        with pytest.raises(Conflict) as refusal:
            paper_services.close_paper(agents[0], poll)

    numbers = (f"{papers} bulletins de papier", f"{came_number} signatures sur papier")
    assert all(number in refusal.value.message for number in numbers)
    assert (poll.status, poll.result, poll.paper_closed_at) == ("open", None, None)


def test_a_paper_signature_touched_in_the_database_stops_the_count_too() -> None:
    voters, agents = make_voters(3), make_agents()
    poll = make_on_paper(teller_ids=(), quorum_percent=10)
    came(poll, agents[0], voters[0])
    with after(poll):
        read_twice(poll, agents, [YES])

        @atomic
        def tamper() -> None:
            db.session.execute(
                update(Poll).where(Poll.id == poll.id).values(paper_closed_at=poll.closes_at)
            )
            db.session.execute(delete(Emargement))

        tamper()

        assert close_poll(poll) is False

    assert "1 bulletin de papier" in (reconciling.obstacle(poll) or "")
    assert (poll.status, poll.result) == ("open", None)


def test_a_cancelled_poll_keeps_nothing_of_its_paper() -> None:
    voters, agents = make_voters(1), make_agents()
    director = make_with_role(Role.DIRECTOR, standing="team")
    poll = make_on_paper(by=director)
    came(poll, agents[0], *voters)
    with after(poll):
        read_twice(poll, agents, [YES])

        cancel_poll(poll, director, "Une urne a été perdue.")

    assert db.session.query(PaperBatch).count() == 0
    assert db.session.query(PaperReading).count() == 0


def test_a_public_poll_has_no_paper_since_a_paper_bears_no_name() -> None:
    make_resident()

    with pytest.raises(Invalid):
        make_on_paper(is_secret=False)

    assert db.session.query(Poll).count() == 0


def test_grades_on_paper_are_read_as_online_ones() -> None:
    voters, agents = make_voters(2), make_agents()
    poll = make_judgment(has_paper=True)
    came(poll, agents[0], *voters)
    ids = [str(option.id) for option in poll.options]
    one: Any = {"grades": {ids[0]: "0", ids[1]: "3"}}

    with after(poll):
        read_twice(poll, agents, [one, one])
        paper_services.close_paper(agents[0], poll)

    assert (poll.result or {})["winners"] == [poll.options[0].id]
