"""A year aimed at and given out, the agrément side by side, and figures shared out."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from app.core.clock import PARIS, at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.indicators import periods, services, yearly
from app.indicators.breakdowns import breakdowns
from app.indicators.models import PublishedFigure, Target
from app.indicators.paths import cohorts
from app.ledger.acts import Act
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import YEAR, attended, attended_by, offsite, record, thing, void
from tests.support import Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")
NEXT_YEAR = datetime(2027, 2, 1, 10, tzinfo=PARIS)


def test_a_year_given_out_keeps_its_numbers_and_shows_what_was_corrected_since(
    client: Visitor,
) -> None:
    director = make_with_role(Role.DIRECTOR)
    offsite()
    wrong = offsite()
    services.set_target(director, "1.1.1", 2026, 5, "Une fête par quartier.")
    with at(NEXT_YEAR):
        services.publish_year(director, 2026)
        void(wrong, by=director, reason="Elle n’a pas eu lieu.")
        page = client.get("/indicateurs/1.1.1?periode=annee-2026").get_data(as_text=True)

        assert "2. Une correction faite depuis donne 1." in page
        assert "Une fête par quartier." in page
        with pytest.raises(Conflict, match="publiée"):
            services.set_target(director, "1.1.1", 2026, 1)
        with pytest.raises(Conflict, match="déjà publiés"):
            services.publish_year(director, 2026)
        with pytest.raises(Invalid, match="finie"):
            services.publish_year(director, 2027)
        with pytest.raises(Forbidden):
            services.publish_year(make_with_role(Role.DESK), 2025)

    kept = db.session.scalars(select(PublishedFigure.value).filter_by(code="1.1.1")).all()
    aim = db.session.get_one(Target, ("1.1.1", 2026))
    assert kept == [2]
    assert (aim.value, aim.set_by_id) == (5, director.id)
    assert db.session.query(PublishedFigure).count() == 27


def test_the_public_reads_no_small_number_of_people_in_what_was_published(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    attended_by(3)
    with at(NEXT_YEAR):
        services.publish_year(director, 2026)
        page = client.get("/indicateurs/3.2.3?periode=annee-2026").get_data(as_text=True)

    assert "Publié le" not in page


def test_the_years_of_the_agrement_stand_side_by_side(
    client: Visitor, statements: Statements
) -> None:
    person = make_resident()
    for year in (2026, 2027):
        attended(person, when=date(year, 3, 10))
    with at(datetime(2027, 6, 1, 10, tzinfo=PARIS)):
        years, found = yearly.side_by_side(public=False)
        client.get("/projet-social/evaluation")
        statements.reset()
        page = client.get("/projet-social/evaluation")
        sent = len(statements)

    assert years == [2026, 2027]
    assert [one.value for one in found["3.2.3"].figures] == [1, 1]
    assert found["3.2.3"].whole.value == 1, "someone there two years is one person in all"
    assert page.status_code == 200 and sent <= 12
    assert periods.named("agrement-2026") and periods.named("agrement-2025") is None


def test_an_analysis_written_by_two_people_loses_neither_text(client: Visitor) -> None:
    agent = make_with_role(Role.DESK)
    client.sign_in(agent)
    url = "/projet-social/evaluation/1.1"

    assert client.send(url, {"text": "Deux fêtes.", "version": "0"}).status_code == 302
    stale = client.send(url, {"text": "Trois fêtes.", "version": "0"})
    page = stale.get_data(as_text=True)

    assert stale.status_code == 409 and "Deux fêtes." in page and "Trois fêtes." in page
    assert client.send(url, {"text": "Cinq fêtes.", "version": "1"}).status_code == 302
    public = Visitor(client.application).get("/projet-social/evaluation").get_data(as_text=True)
    assert "Cinq fêtes." in public and "Deux fêtes." not in public
    assert client.send(url, {"text": "x" * 20_001, "version": "2"}).status_code == 422
    assert client.get("/projet-social/evaluation/9.9").status_code == 404
    with pytest.raises(Forbidden):
        services.write_evaluation(make_resident(), "1.1", "Moi aussi", 2)


def test_a_figure_is_shared_out_and_small_cells_are_hidden_from_the_public(
    client: Visitor,
) -> None:
    attended_by(7, sex="F", year_of_birth=1990)
    attended_by(3, sex="H", year_of_birth=2018)
    period = periods.of(*YEAR)

    whole = {one.title: one.cells for one in breakdowns("3.2.3", period, public=False)}
    public = {one.title: one.cells for one in breakdowns("3.2.3", period)}

    ages = [(cell.label.replace("\u00a0", " "), cell.value) for cell in whole["Par âge"]]
    assert ages == [("0-10 ans", 3), ("26-59 ans", 7)]
    assert [(cell.label, cell.value) for cell in whole["Femmes et hommes"]] == [
        ("Femmes", 7),
        ("Hommes", 3),
    ]
    assert [cell.value for cell in public["Femmes et hommes"]] == [None, None]
    assert "Par association" not in whole
    assert "caché" in client.get("/indicateurs/3.2.3/detail?periode=annee-2026").get_data(
        as_text=True
    )


def test_memberships_shared_out_tell_no_few_people_apart_though_their_number_is_public() -> None:
    for sex in "FFFFFFHH":
        member = make_resident(sex=sex, year_of_birth=1990)
        record(Act.ADHESION_TAKEN, actor=member, subject=thing(), when=date(2026, 1, 5), kind="x")

    public = {one.title: one.cells for one in breakdowns("1.2.3", periods.of(*YEAR))}

    assert [cell.value for cell in public["Femmes et hommes"]] == [None, None]


def test_the_path_goes_from_coming_to_a_seat_and_hides_the_few() -> None:
    people = [make_resident() for _one in range(8)]
    for person in people:
        attended(person, when=date(2026, 3, 10))
        attended(person, when=date(2027, 3, 10))
    for person in people[:6]:
        record(Act.PROPOSAL_ADMITTED, actor=person, subject=thing(), when=date(2027, 1, 5))
    for person in people[:2]:
        record(Act.MANDATE_STARTED, actor=person, subject=thing(), when=date(2027, 9, 1))
    record(Act.PROPOSAL_ADMITTED, actor=make_resident(), subject=thing(), when=date(2026, 1, 5))

    (cohort,) = cohorts()

    assert (cohort.year, cohort.reached) == (2026, (8, 6, 0, None))
    assert cohort.shares == (100, 75, 0, None)
