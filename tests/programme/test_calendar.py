"""The programme by month and by week, on screen and on paper."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.core.clock import PARIS
from app.core.rights import Role
from app.programme import calendar_queries, changes
from app.programme.queries import Filters
from tests.factories import make_quartier, make_with_role
from tests.programme.factories import HOUR, make_action, make_session
from tests.support import Statements

pytestmark = pytest.mark.usefixtures("app")
NOVEMBER = datetime(2026, 11, 11, 14, tzinfo=PARIS)


def days_of(span: calendar_queries.Span) -> dict[date, list[str]]:
    return {day.day: [card.title for card in day.cards] for day in span.days if day.cards}


def test_a_month_has_its_days_in_whole_weeks() -> None:
    span = calendar_queries.month(date(2026, 11, 15))

    assert [len(days) for days in span.weeks] == [7] * 6
    assert span.weeks[0][0].day == date(2026, 10, 26)
    assert [day.day.day for day in span.days] == list(range(1, 31))
    assert (span.before, span.after) == (date(2026, 10, 31), date(2026, 12, 1))
    assert calendar_queries.title_of(span) == "novembre 2026"


def test_a_week_goes_from_monday_to_sunday() -> None:
    span = calendar_queries.week(date(2026, 11, 1))

    assert [day.day.day for day in span.days] == [26, 27, 28, 29, 30, 31, 1]
    assert calendar_queries.title_of(span) == "du 26 octobre au 1er novembre 2026"


def test_what_lasts_three_days_is_on_each_and_what_ends_at_midnight_on_one() -> None:
    make_session(starts_at=datetime(2026, 11, 3, 9, tzinfo=PARIS), hours=56, title="Séjour")
    make_session(starts_at=datetime(2026, 11, 10, 20, tzinfo=PARIS), hours=4, title="Veillée")

    found = days_of(calendar_queries.month(date(2026, 11, 1)))

    assert found == {
        date(2026, 11, 3): ["Séjour"],
        date(2026, 11, 4): ["Séjour"],
        date(2026, 11, 5): ["Séjour"],
        date(2026, 11, 10): ["Veillée"],
    }


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_days_are_those_of_paris_on_the_night_the_clocks_go_back(hour: int) -> None:
    make_session(starts_at=datetime(2026, 10, 25, hour, tzinfo=PARIS), hours=0.5, title="Nuit")

    assert days_of(calendar_queries.week(date(2026, 10, 25))) == {date(2026, 10, 25): ["Nuit"]}


def test_filters_hold_in_a_month() -> None:
    quartier = make_quartier()
    make_session(starts_at=NOVEMBER, title="Ici", quartier_id=quartier.id, public="seniors")
    make_session(starts_at=NOVEMBER, title="Ailleurs", public="enfants")
    make_session(starts_at=NOVEMBER, title="Tous")

    def titles(filters: Filters) -> list[str]:
        return days_of(calendar_queries.month(NOVEMBER.date(), filters))[NOVEMBER.date()]

    assert titles(Filters(quartier_id=quartier.id)) == ["Ici"]
    assert titles(Filters(public="seniors")) == ["Ici", "Tous"]


def test_links_keep_the_filters_and_the_month(client: FlaskClient) -> None:
    quartier = make_quartier()

    page = client.get(f"/programme/mois?jour=2026-11-05&quartier={quartier.id}&pour=seniors").text

    kept = f"quartier={quartier.id}&amp;pour=seniors"
    assert f"/programme/mois?jour=2026-10-31&amp;{kept}" in page
    assert f"/programme/mois?jour=2026-12-01&amp;{kept}" in page
    assert f"/programme/semaine?{kept}" in page
    assert f"/programme/affiche-mois.pdf?jour=2026-11-01&amp;{kept}" in page
    assert f"/programme/agenda?{kept}" in page


def test_a_cancelled_session_says_so_and_why(client: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        session = make_session(starts_at=NOVEMBER, title="Pique-nique")
        changes.cancel_session(make_with_role(Role.DESK), session, "Il pleut des cordes")
        for view in ("mois", "semaine"):
            page = client.get(f"/programme/{view}?jour=2026-11-11").text
            assert "Annulé" in page
            assert "Il pleut des cordes" in page


def test_a_crowded_day_of_a_month_leads_to_its_week(client: FlaskClient) -> None:
    for number in range(7):
        make_session(starts_at=NOVEMBER + number * HOUR, title=f"Atelier n°{number}")

    month = client.get("/programme/mois?jour=2026-11-11").text
    week = client.get("/programme/semaine?jour=2026-11-11").text

    assert [f"n°{number}" in month for number in range(7)] == [True] * 4 + [False] * 3
    assert "3 autres séances" in month
    assert "/programme/semaine?jour=2026-11-11#j-2026-11-11" in month
    assert all(f"n°{number}" in week for number in range(7))


@pytest.mark.parametrize("asked", ["", "jour=hier", "jour=9999-12-31", "jour=0001-01-01", "jour="])
def test_a_day_that_is_none_shows_today(client: FlaskClient, asked: str) -> None:
    for view in ("mois", "semaine", "affiche-semaine.pdf"):
        assert client.get(f"/programme/{view}?{asked}").status_code == 200


def test_a_calendar_costs_the_same_with_fifty(client: FlaskClient, statements: Statements) -> None:
    action = make_action()
    for view in ("mois", "semaine", "affiche-mois.pdf"):
        counts = []
        for number in (1, 49):
            for rank in range(number):
                make_session(action, starts_at=NOVEMBER + (number + rank) * HOUR / 3, hours=0.3)
            statements.reset()
            client.get(f"/programme/{view}?jour=2026-11-11")
            counts.append(len(statements))
        assert counts[0] == counts[1] <= 7
        action = make_action()


def text_of(content: bytes) -> tuple[int, str]:
    """How many pages, and what they say."""
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_poster_holds_on_one_page_and_is_for_everyone(client: FlaskClient) -> None:
    for number in range(24):
        make_session(
            starts_at=NOVEMBER + 24 * HOUR * (number % 20 - 5),
            title=f"Atelier {number}",
            place="Grande salle",
            public="familles",
        )

    month = client.get("/programme/affiche-mois.pdf?jour=2026-11-11")
    week = client.get("/programme/affiche-semaine.pdf?jour=2026-11-11&pour=familles")

    assert b"pdfuaid:part" in month.data
    pages, said = text_of(month.data)
    assert pages == 1
    assert all(f"Atelier {number}" in said for number in range(24))
    pages, said = text_of(week.data)
    assert pages == 1
    assert "du 9 au 15 novembre 2026" in said
    assert "Familles" in said
    assert "14 h à 16 h" in said.replace("\u00a0", " ")


def test_a_poster_says_what_was_called_off(client: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        session = make_session(starts_at=NOVEMBER, title="Pique-nique", hours=30)
        changes.cancel_session(make_with_role(Role.DESK), session, "Il pleut")

    _pages, said = text_of(client.get("/programme/affiche-semaine.pdf?jour=2026-11-11").data)

    assert "Annulé : Il pleut" in said.replace("\u00a0", " ")
    assert said.count("Pique-nique") == 1
