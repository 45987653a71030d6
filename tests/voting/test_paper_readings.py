"""A pile of paper is read twice, by two people, and what differs is settled paper in hand."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.voting import paper_services
from app.voting.models import Poll
from app.voting.paper_models import PaperBatch, PaperReading
from tests.at_once import all_at_once
from tests.voting.papers import NO, NULL, YES, came, make_agents, make_on_paper, read, read_twice
from tests.voting.polls import after, make_voters

pytestmark = pytest.mark.usefixtures("app")


def sheets() -> list[list[str | None]]:
    rows = db.session.query(PaperReading).order_by(PaperReading.number)
    return [one.sheets for one in rows]


def test_two_readings_alike_agree_and_two_that_differ_wait() -> None:
    agents = make_agents()
    make_voters(1)
    poll = make_on_paper()

    with after(poll):
        alike = read_twice(poll, agents, [YES, NULL])
        other = paper_services.add_pile(agents[0], poll, 2)
        read(poll, agents[0], other, [YES, NO])
        read(poll, agents[1], other, [YES, NULL])
        with pytest.raises(Conflict):
            paper_services.close_paper(agents[0], poll)

    assert alike.agreed_at is not None
    assert other.agreed_at is None
    assert paper_services.differing(other) == [1]


def test_what_differs_is_settled_ballot_by_ballot() -> None:
    agents, voters = make_agents(3), make_voters(3)
    poll = make_on_paper()
    came(poll, agents[0], *voters)

    with after(poll):
        pile = paper_services.add_pile(agents[0], poll, 3)
        read(poll, agents[0], pile, [YES, NO, YES])
        read(poll, agents[1], pile, [NO, NO, NULL])
        with pytest.raises(Invalid):
            paper_services.settle(agents[0], poll, pile, {0: 1})
        with pytest.raises(Forbidden):
            paper_services.settle(agents[2], poll, pile, {0: 1, 2: 2})
        unsettled = pile.agreed_at
        paper_services.settle(agents[1], poll, pile, {0: 1, 2: 2})
        settled = sheets()
        paper_services.close_paper(agents[0], poll)

    assert unsettled is None
    assert settled[0] == settled[1] == ['{"choice":"yes"}', '{"choice":"no"}', None]
    assert (poll.result or {})["counts"] == {"yes": 1, "no": 1, "abstain": 0}
    assert poll.turnout == 3


def test_one_person_does_not_read_a_pile_twice_nor_a_third_one_at_all() -> None:
    agents = make_agents(3)
    make_voters(1)
    poll = make_on_paper()

    with after(poll):
        pile = paper_services.add_pile(agents[0], poll, 1)
        read(poll, agents[0], pile, [YES])
        read(poll, agents[0], pile, [YES])
        alone = len(sheets())
        read(poll, agents[1], pile, [NO])
        with pytest.raises(Conflict):
            paper_services.begin_reading(agents[2], poll, pile)
        with pytest.raises(Conflict):
            paper_services.write_sheet(agents[2], poll, pile, 0, YES)

    assert (alone, len(sheets())) == (1, 2)


def test_the_database_itself_wants_two_people() -> None:
    agent = make_agents(1)[0]
    make_voters(1)
    poll = make_on_paper()
    with after(poll):
        pile = paper_services.add_pile(agent, poll, 1)
    row = {"batch_id": pile.id, "by_id": agent.id, "sheets": []}

    @atomic
    def twice() -> None:
        db.session.execute(insert(PaperReading).values(**row, number=1))
        db.session.execute(insert(PaperReading).values(**row, number=2))

    with pytest.raises(IntegrityError):
        twice()

    assert sheets() == []


def test_ten_people_beginning_at_once_make_two_readings(app: Flask) -> None:
    agents = make_agents(10)
    make_voters(1)
    poll = make_on_paper()
    with after(poll):
        pile = paper_services.add_pile(agents[0], poll, 1)
    poll_id, pile_id = poll.id, pile.id
    ids = [one.id for one in agents]

    def begin(agent_id: int) -> object:
        found = db.session.get_one(Poll, poll_id)
        with after(found):
            paper_services.begin_reading(
                db.session.get_one(Resident, agent_id),
                found,
                db.session.get_one(PaperBatch, pile_id),
            )
        return "begun"

    outcomes = all_at_once(app, [partial(begin, one) for one in ids])

    assert (outcomes.count("begun"), outcomes.count(Conflict)) == (2, 8)
    assert len(sheets()) == 2


def test_a_ballot_is_corrected_but_none_is_skipped() -> None:
    agent = make_agents(1)[0]
    make_voters(1)
    poll = make_on_paper()

    with after(poll):
        pile = paper_services.add_pile(agent, poll, 3)
        read(poll, agent, pile, [YES, YES])
        paper_services.write_sheet(agent, poll, pile, 0, NO)
        for place in (-1, 3, 4):
            with pytest.raises(Conflict):
                paper_services.write_sheet(agent, poll, pile, place, YES)
        with pytest.raises(Invalid):
            paper_services.write_sheet(agent, poll, pile, 2, {"choice": "oui"})

    assert sheets() == [['{"choice":"no"}', '{"choice":"yes"}']]


def test_a_pile_is_read_again_from_nothing() -> None:
    agents = make_agents()
    make_voters(1)
    poll = make_on_paper()

    with after(poll):
        pile = read_twice(poll, agents, [YES, NO])
        with pytest.raises(Invalid):
            paper_services.drop_pile(agents[0], poll, pile, " ")
        paper_services.drop_pile(agents[0], poll, pile, "Un bulletin était collé à un autre.")

    assert (sheets(), db.session.query(PaperBatch).count()) == ([], 0)


@pytest.mark.parametrize("size", [0, 101])
def test_a_pile_has_one_ballot_at_least_and_a_hundred_at_most(size: int) -> None:
    agent = make_agents(1)[0]
    make_voters(1)
    poll = make_on_paper()

    with after(poll), pytest.raises(Invalid):
        paper_services.add_pile(agent, poll, size)

    assert db.session.query(PaperBatch).count() == 0
