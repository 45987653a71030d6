"""What people read, from the list of votes to a poll's page."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.rights import Role
from app.voting import queries
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor
from tests.voting.polls import close, judge, make_judgment, make_poll, make_voters, no, yes

pytestmark = pytest.mark.usefixtures("app")


def test_the_list_costs_the_same_with_one_poll_or_fifty(
    client: Visitor, statements: Statements
) -> None:
    voters = make_voters(2)
    director = make_with_role(Role.DIRECTOR)
    first = make_poll(director)
    yes(first, voters[0])
    close(first)
    client.get("/scrutins")
    statements.reset()
    client.get("/scrutins")
    with_one = len(statements)
    for _ in range(25):
        make_judgment(by=director)
        make_poll(director, opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=2))
    statements.reset()

    answer = client.get("/scrutins")

    assert answer.status_code == 200
    assert len(statements) == with_one <= 6
    assert client.get("/scrutins?page=3").status_code == 200
    assert client.get("/scrutins?page=4").status_code == 404


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_polls_page_is_light(client: Visitor, statements: Statements, state: str) -> None:
    voters = make_voters(12)
    poll = make_judgment()
    for voter in voters:
        judge(poll, voter, 0, 1, 2)
    if state == "closed":
        close(poll)
    statements.reset()

    answer = client.get(f"/scrutins/{poll.id}")

    assert answer.status_code == 200
    assert len(statements) <= 6


def test_a_public_polls_result_costs_the_same_however_many_voted(
    client: Visitor, statements: Statements
) -> None:
    voters = make_voters(30)
    poll = make_poll(is_secret=False)
    yes(poll, *voters)
    close(poll)
    statements.reset()

    page = client.get(f"/scrutins/{poll.id}").text

    assert page.count("Amina H.") == 30
    assert len(statements) <= 6


def test_the_front_page_asks_for_open_polls_in_one_statement(statements: Statements) -> None:
    voter = make_resident()
    poll = make_poll(quorum_percent=50)
    yes(poll, voter)
    statements.reset()

    found = queries.open_polls(5)

    assert len(statements) == 1
    assert [(one.title, one.turnout, one.roll_size) for one in found] == [(poll.title, 1, 1)]
    assert queries.open_count() == 1


def test_an_open_polls_page_shows_how_many_voted_and_nothing_of_what(client: Visitor) -> None:
    voters = make_voters(4)
    poll = make_poll(quorum_percent=50)
    yes(poll, voters[0])
    no(poll, voters[1])

    page = client.get(f"/scrutins/{poll.id}").text

    assert "votants sur" in page and "Quorum" in page
    assert "Aucun résultat n’existe avant la fermeture" in page
    assert client.get(f"/scrutins/{poll.id}/bulletins.csv").status_code == 404


def test_addresses_that_lead_nowhere_are_said_so(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    for path in ("", "/voter", "/annuler", "/recu", "/bulletins.csv"):
        assert client.get(f"/scrutins/999{path}").status_code == 404
