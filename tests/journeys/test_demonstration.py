"""The demonstration centre is alive, true and quick to read."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, event, func, select

from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.associations.models import Association
from app.bodies.decision_models import Decision
from app.bodies.models import Meeting
from app.core.clock import civil_day, today
from app.core.db import Model, db
from app.core.search import SearchDocument
from app.indicators.audits import audit
from app.indicators.wording import KINDS_OF_THINGS
from app.moderation.models import REPORT, Case
from app.programme.models import Action, Session
from app.proposals.models import Proposal, Status
from app.voting.models import Poll
from tests.support import Statements

STATEMENTS = {
    "/": 7,
    "/propositions": 4,
    "/propositions?q=banc": 4,
    "/propositions/1": 8,
    "/scrutins": 4,
    "/scrutins/1": 5,
    "/conseil": 6,
    "/conseil/comptes-rendus": 5,
    "/conseil/decisions": 5,
    "/conseil/sieges": 4,
    "/conseil/sieges/passes": 4,
    "/conseil/appels": 4,
    "/conseil/appels/1": 4,
    "/conseil/tirages/1": 5,
    "/textes/comite-famille/reglement": 4,
    "/textes/comite-famille/reglement/versions/2": 8,
    "/comites": 2,
    "/comites/comite-famille": 6,
    "/comites/comite-famille/debats": 3,
    "/debats/1": 7,
    "/associations": 5,
    "/associations?q=jardin": 5,
    "/associations/les-mains-vertes-de-la-source": 4,
    "/collectifs": 4,
    "/programme": 5,
    "/programme?quand=passees": 5,
    "/projet-social": 3,
    "/indicateurs": 4,
    "/indicateurs/3.2.3": 7,
    "/recherche?q=banc": 3,
}
"""SQL statements of each public page, signed out, however long its lists."""


def count(model: type[Model], *conditions: ColumnElement[bool]) -> int:
    """Rows that meet the conditions."""
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_a_year_of_life_is_there(centre: Flask) -> None:
    with centre.app_context():
        statuses = set(db.session.scalars(select(Proposal.status).distinct()))

        assert count(Resident) >= 400
        assert statuses == {status.value for status in Status}
        assert count(Poll, Poll.status == "closed") == 10
        assert count(Poll, Poll.status == "open") == 3
        assert count(Meeting, Meeting.minutes_status == "published") == 10
        assert count(Decision) >= 8
        assert count(Association, Association.status == "approved") == 40
        assert count(Session, Session.status == "held") >= 60


def test_nobody_who_decides_is_reported(centre: Flask) -> None:
    with centre.app_context():
        assert count(Case, Case.cause == REPORT) > 0
        assert count(Case, Case.author_id.in_(select(Grant.resident_id))) == 0


def test_the_ledger_and_the_totals_agree(centre: Flask) -> None:
    with centre.app_context():
        found = audit()

    assert found.differences == ()
    assert found.entries > 2000


def test_every_indicator_has_something_to_show(centre: Flask) -> None:
    start = today() - timedelta(days=365)

    answer = centre.test_client().get(f"/api/v1/indicateurs?debut={start}&fin={today()}")

    values = {one["code"]: one["valeur"] for one in answer.get_json()["indicateurs"]}
    assert len(values) == 27
    assert [code for code, value in values.items() if not value] == []


def test_whatever_the_search_finds_has_its_name(centre: Flask) -> None:
    with centre.app_context():
        found = set(db.session.scalars(select(SearchDocument.kind).distinct()))

    assert found == set(KINDS_OF_THINGS)


def test_children_s_wednesdays_are_on_wednesdays(centre: Flask) -> None:
    with centre.app_context():
        mine = select(Session.starts_at).join(Action).where(Action.title.startswith("Mercredis"))

        assert {civil_day(moment).weekday() for moment in db.session.scalars(mine)} == {2}


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_sends_the_statements_it_says(path: str, centre: Flask) -> None:
    seen = Statements()
    client = centre.test_client()
    client.get(path)
    with centre.app_context():
        event.listen(db.engine, "before_cursor_execute", seen.note)
    try:
        answer = client.get(path)
    finally:
        with centre.app_context():
            event.remove(db.engine, "before_cursor_execute", seen.note)

    assert answer.status_code == 200
    assert len(seen) == STATEMENTS[path], "\n".join(seen.sent)
