"""The matrix tells gaps and overlaps; the network tells who worked with whom."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import insert

from app.core.clock import now, today
from app.core.db import atomic, db
from app.partners import services
from app.partners.matrix import MatrixRow, matrix
from app.partners.models import Partner, PartnerMission, PartnerPublic, PartnerQuartier
from app.partners.network import MOST_DRAWN, SIZE, network, place
from app.programme import attendance
from app.programme.models import Session
from tests.factories import make_quartier
from tests.partners.factories import bring, make_partner, make_team, mission
from tests.programme.factories import make_action, make_session
from tests.support import Statements, Visitor

JOBS, HOMES = "Emploi et formation", "Logement"


def row_of(name: str, quartier_id: int = 0) -> MatrixRow:
    return next(row for row in matrix(quartier_id).rows if row.mission == name)


def held(*partners: Partner, days_ago: int = 1) -> Session:
    session = make_session(make_action(), now() - timedelta(days=days_ago))
    bring(session, *partners)
    attendance.close(make_team(), session)
    return session


def test_gaps_and_overlaps_are_told_public_by_public(app: Flask) -> None:
    make_partner("A", mission_ids=(mission(JOBS),), publics=("jeunes", "adultes"))
    make_partner("B", mission_ids=(mission(JOBS),), publics=("jeunes",))

    row = row_of(JOBS)

    assert row.publics_where("several") == ["Jeunes"]
    assert row.publics_where("one") == ["Adultes"]
    assert row.publics_where("gap") == ["Enfants", "Familles", "Seniors"]


def test_one_for_everybody_everywhere_fills_each_place(app: Flask) -> None:
    near, far = make_quartier(), make_quartier()
    make_partner(mission_ids=(mission(JOBS),), publics=("tous",))
    make_partner(mission_ids=(mission(HOMES),), publics=("tous",), quartier_ids=(near.id,))

    assert row_of(JOBS, far.id).publics_where("gap") == []
    assert row_of(HOMES, near.id).publics_where("gap") == []
    assert len(row_of(HOMES, far.id).publics_where("gap")) == 5


def test_one_put_away_or_a_mission_retired_counts_no_more(app: Flask) -> None:
    partner = make_partner(mission_ids=(mission(JOBS),), publics=("tous",))
    services.archive_partner(make_team(), partner)

    assert len(row_of(JOBS).publics_where("gap")) == 5


def test_the_page_says_gaps_in_words(client: Visitor) -> None:
    make_partner("Mission locale", mission_ids=(mission(JOBS),), publics=("tous",))

    page = client.get("/partenaires/qui-fait-quoi").text

    assert "Mission locale" in page
    assert "personne, pour aucun public" in page
    assert "Aucun recoupement." in page


@atomic
def many(partners: int, quartier_id: int) -> None:
    """So many partners, each with three missions and two publics, in a quartier."""
    numbers = range(1, partners + 1)
    moment = now()
    db.session.execute(
        insert(Partner),
        [
            {
                "id": 1000 + number,
                "name": f"Partenaire {number}",
                "folded_name": f"partenaire {number:04d}",
                "slug": f"partenaire-{number}",
                "kind": "autre",
                "purpose": "",
                "address": "",
                "notes": "",
                "added_at": moment,
            }
            for number in numbers
        ],
    )
    missions = [mission(name) for name in (JOBS, HOMES, "Parentalité", "Scolarité")]
    db.session.execute(
        insert(PartnerMission),
        [
            {"partner_id": 1000 + number, "mission_id": missions[(number + step) % 4]}
            for number in numbers
            for step in range(3)
        ],
    )
    db.session.execute(
        insert(PartnerPublic),
        [
            {"partner_id": 1000 + number, "public": public}
            for number in numbers
            for public in ("jeunes", "familles")
        ],
    )
    db.session.execute(
        insert(PartnerQuartier),
        [{"partner_id": 1000 + number, "quartier_id": quartier_id} for number in numbers],
    )


def test_three_hundred_partners_take_six_statements_at_most(
    client: Visitor, statements: Statements
) -> None:
    many(300, make_quartier().id)
    client.get("/partenaires/qui-fait-quoi")
    statements.reset()

    page = client.get("/partenaires/qui-fait-quoi")

    assert "225 partenaires" in page.text
    assert len(statements) <= 6


def test_who_worked_together_is_drawn_and_written(client: Visitor) -> None:
    one, two = make_partner("Mission locale"), make_partner("Maison de santé")
    held(one, two)
    held(one)
    held(two, days_ago=500)
    bring(make_session(), two)

    seen = network(today() - timedelta(days=365), today())

    assert [(node.name, node.sessions, list(node.with_others)) for node in seen.nodes] == [
        ("Mission locale", 2, [("Maison de santé", 1)]),
        ("Maison de santé", 1, [("Mission locale", 1)]),
    ]
    assert [line.with_centre for line in seen.lines] == [True, True, False]
    page = client.get("/partenaires/reseau").text
    assert page.count('class="node"') == 2
    assert "Maison de santé (1)" in page


def test_the_network_costs_the_same_however_many_and_draws_no_blot(
    client: Visitor, statements: Statements
) -> None:
    def cost() -> int:
        client.get("/partenaires/reseau")
        statements.reset()
        page = client.get("/partenaires/reseau")
        assert page.text.count('class="node"') <= MOST_DRAWN
        return len(statements)

    held(make_partner())
    few = cost()
    held(*(make_partner() for _number in range(MOST_DRAWN + 3)))

    assert cost() == few


def test_places_on_the_circle_are_the_same_each_time_and_apart() -> None:
    places = [place(rank, 24) for rank in range(24)]

    assert places == [place(rank, 24) for rank in range(24)]
    assert len(set(places)) == 24
    assert all(19 <= number <= SIZE - 19 for both in places for number in both)
