"""The page of a quartier gathers what every room has of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.rights import Role
from app.home import quartier_queries
from app.programme import attendance, changes
from app.programme.attendance import HeadCount
from app.proposals.labels import LABELS
from app.proposals.models import Status
from tests.bodies.factories import make_conseil, make_decision, make_held
from tests.factories import make_proposal, make_quartier, make_with_role
from tests.partners.factories import make_partner
from tests.programme.factories import HOUR, make_session
from tests.support import Statements

pytestmark = pytest.mark.usefixtures("app")


def test_a_quartier_shows_its_own_and_not_its_neighbours(client: FlaskClient) -> None:
    ours, theirs = make_quartier("La Source"), make_quartier("Les Tilleuls")
    for quartier in (ours, theirs):
        for title, start in (("Demain", now() + 24 * HOUR), ("Hier", now() - 24 * HOUR)):
            make_session(starts_at=start, title=f"{title} {quartier.name}", quartier_id=quartier.id)
        proposal = make_proposal(title=f"Idée {quartier.name}", quartier_id=quartier.id)
        make_proposal(
            title=f"Brouillon {quartier.name}",
            quartier_id=quartier.id,
            status="draft",
            published_at=None,
        )
        make_partner(f"Partenaire {quartier.name}", quartier_ids=(quartier.id,))
        if quartier is ours:
            held = make_held(make_conseil())
            make_decision(held, title="On plante un tilleul", proposal_id=proposal.id)

    page = client.get(f"/quartiers/{ours.slug}").text

    for word in ("Demain", "Hier", "Idée", "Partenaire"):
        assert f"{word} La Source" in page
        assert f"{word} Les Tilleuls" not in page
    assert "Brouillon" not in page
    assert str(LABELS[Status.GATHERING].label) in page
    assert "On plante un tilleul" in page
    assert "On plante un tilleul" not in client.get(f"/quartiers/{theirs.slug}").text


def test_its_figures_are_what_was_held_there_outside_the_walls() -> None:
    quartier, team = make_quartier(), make_with_role(Role.DESK)
    for people, offsite in ((40, True), (12, True), (90, False)):
        session = make_session(quartier_id=quartier.id, is_offsite=offsite, starts_at=now() - HOUR)
        attendance.close(team, session, HeadCount(people, "estimation", "Claire"))

    page = quartier_queries.quartier_page(quartier.slug)

    assert page is not None
    assert (page.figures.sessions, page.figures.people) == (2, 52)


def test_a_reopened_session_and_a_few_people_are_not_told() -> None:
    quartier, team = make_quartier(), make_with_role(Role.DESK)
    first, second = (
        make_session(quartier_id=quartier.id, is_offsite=True, starts_at=now() - HOUR)
        for _number in range(2)
    )
    attendance.close(team, first, HeadCount(3, "compteur", "Claire"))
    attendance.close(team, second, HeadCount(70, "compteur", "Claire"))
    attendance.reopen(team, second, "Ce n’était pas ce jour-là")

    page = quartier_queries.quartier_page(quartier.slug)

    assert page is not None
    assert (page.figures.sessions, page.figures.people) == (1, None)


def test_a_cancelled_date_says_so(client: FlaskClient) -> None:
    quartier = make_quartier()
    session = make_session(quartier_id=quartier.id, starts_at=now() + 9 * HOUR)
    changes.cancel_session(make_with_role(Role.DESK), session, "Trop de vent")

    assert "Trop de vent" in client.get(f"/quartiers/{quartier.slug}").text


def test_filters_lead_there_by_number(client: FlaskClient) -> None:
    quartier = make_quartier("La Source")

    assert client.get(f"/quartiers/{quartier.id}").location == "/quartiers/la-source"
    assert client.get("/quartiers/999999").status_code == 404
    assert client.get("/quartiers/nulle-part").status_code == 404
    assert f"/quartiers/{quartier.id}" in client.get(f"/programme?quartier={quartier.id}").text
    session = make_session(quartier_id=quartier.id)
    assert f"/quartiers/{quartier.id}" in client.get(f"/programme/{session.action_id}").text


def test_a_quartier_and_their_list_cost_the_same_with_twenty(
    app: Flask, client: FlaskClient, statements: Statements
) -> None:
    quartier, counts = make_quartier(), []
    for number in (1, 20):
        for _number in range(number):
            make_session(starts_at=now() + 9 * HOUR, quartier_id=quartier.id)
            make_proposal(quartier_id=quartier.id)
            make_partner(quartier_ids=(quartier.id,))
            make_quartier()
        statements.reset()
        client.get(f"/quartiers/{quartier.slug}")
        one = len(statements)
        statements.reset()
        client.get("/quartiers")
        counts.append((one, len(statements)))

    assert counts[0] == counts[1]
    assert counts[0] <= (24, 4)
