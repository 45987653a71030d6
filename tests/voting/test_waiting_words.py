"""What people read of the moments of a vote: what comes next, and whom it waits for."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from app.core.clock import now
from app.core.rights import Role
from app.voting import bench_services, services
from app.voting.models import Poll
from tests.factories import make_proposal, make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import after, make_poll, yes

pytestmark = pytest.mark.usefixtures("app")


def read(client: Visitor, poll: Poll, page: str = "") -> str:
    return client.get(f"/scrutins/{poll.id}{page}").text.replace("\xa0", " ").replace("\u202f", " ")


def present_step(page: str) -> str:
    """The step where the timeline says that one is."""
    return "".join(re.findall(r'<li class="now">(.+?)</li>', page, re.DOTALL))


@pytest.mark.parametrize("page", ["", "/recu"])
def test_a_result_that_waits_for_papers_is_not_promised_at_the_closing(
    client: Visitor, page: str
) -> None:
    voter = make_resident()
    plain, papers = make_poll(), make_poll(has_paper=True)
    yes(plain, voter)
    yes(papers, voter)
    client.sign_in(voter)

    said = read(client, papers, page)

    assert "près la lecture des bulletins de papier" in said
    assert "Aussitôt après" not in said and "dépouillement et résultat" not in said
    assert "près la lecture" not in read(client, plain, page)


def test_the_timeline_points_at_the_present_step(client: Visitor) -> None:
    make_resident()
    poll = make_poll()

    during = present_step(read(client, poll))
    with after(poll):
        counting = present_step(read(client, poll))

    assert "Ouverture du vote" in during and "Fermeture" not in during
    assert "Fermeture" in counting


def named(**fields: Any) -> tuple[Poll, list[str]]:
    people = [make_resident(name) for name in ("Awa", "Bilal")]
    poll = make_poll(teller_ids=[one.id for one in people], tellers_needed=2, **fields)
    words = " ".join(bench_services.take_words(poll, people[0]))
    bench_services.prove_words(poll, people[0], words)
    bench_services.take_words(poll, people[1])
    return poll, [one.display_name for one in people]


def test_a_vote_past_its_hour_says_that_it_waits_for_its_tellers(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    moment = now() + timedelta(hours=1)
    poll, (awa, bilal) = named(opens_at=moment, closes_at=moment + timedelta(days=1))

    before = read(client, poll)
    with clock.at(moment + timedelta(minutes=5)):
        anyone = read(client, poll)
        runs = read(client.sign_in(director), poll)

    assert "Il ouvre le" in before and "Il ouvre le" not in anyone
    assert "Ce vote attend son bureau" in anyone and "Nous attendons" not in anyone
    assert f"Nous attendons {bilal}." in runs
    assert f"{bilal} · mots à retaper" in runs and f"{awa} · clé prête" in runs


PAPER = "On peut aussi voter sur papier"


def test_paper_is_spoken_of_to_those_who_may_vote_so(client: Visitor) -> None:
    agent, voter = make_with_role(Role.DESK, standing="team"), make_resident()
    plain, papers = make_poll(), make_poll(has_paper=True)
    late = make_resident()

    shown = {who: PAPER in read(client.sign_in(who), papers) for who in (voter, late)}
    yes(papers, voter)
    voted = read(client.sign_in(voter), papers)
    open_to = read(client.sign_in(agent), papers)
    services.cancel_poll(papers, make_with_role(Role.DIRECTOR), "Une erreur.")

    assert shown == {voter: True, late: False}
    assert PAPER not in voted and "préférez le papier" not in read(client, plain)
    assert "Le vote sur papier" in open_to
    assert "Le vote sur papier" not in read(client.sign_in(agent), papers)


def test_the_preview_shows_the_ways_to_ask_and_to_be_represented(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_resident()
    soon = now() + timedelta(days=1)
    poll = make_poll(
        director,
        proxies_most=1,
        claims_days=1,
        opens_at=soon,
        closes_at=soon + timedelta(days=2),
    )
    client.sign_in(director)

    for kind, said in (("electeur", "Donner procuration"), ("absent", "Demander à voter")):
        others = {"electeur": "absent", "absent": "electeur"}[kind]
        assert said in read(client, poll, f"/apercu?comme={kind}")
        assert said not in read(client, poll, f"/apercu?comme={others}")


@pytest.mark.parametrize("with_one", [True, False])
def test_a_cancelled_vote_speaks_of_proposals_only_where_it_had_some(
    client: Visitor, with_one: bool
) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_resident()
    poll = make_poll(director, proposal_ids=[make_proposal().id] if with_one else [])
    asked = read(client.sign_in(director), poll, "/annuler")
    services.cancel_poll(poll, director, "Une erreur.")

    assert ("cherchent à nouveau des soutiens" in read(client, poll)) is with_one
    assert ("cherchent à nouveau des soutiens" in asked) is with_one
