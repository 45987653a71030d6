"""The indicators as open data."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from app.core.clock import today
from app.indicators.matrix import INDICATORS
from tests.indicators.acts import attended_by, offsite
from tests.support import Statements

PATH = "/api/v1/indicateurs"


def test_the_27_indicators_can_be_read_between_two_dates(client: FlaskClient) -> None:
    offsite(when=date(2026, 3, 1))
    offsite(when=date(2026, 4, 1))

    answer = client.get(f"{PATH}?debut=2026-03-01&fin=2026-03-31")
    found = answer.get_json()
    by_code = {row["code"]: row for row in found["indicateurs"]}

    assert answer.status_code == 200
    assert (found["debut"], found["fin"]) == ("2026-03-01", "2026-03-31")
    assert len(found["indicateurs"]) == len(by_code) == 27
    row = by_code["3.2.1"]
    assert (row["titre"], row["valeur"]) == (INDICATORS["3.2.1"].title, 1)
    assert (row["unite"], row["note"]) == ("actions", None)
    assert row["regle"]
    assert by_code["1.1.1"]["valeur"] == 1


def test_without_dates_it_is_the_present_year(client: FlaskClient) -> None:
    found = client.get(PATH).get_json()

    assert found["debut"] == f"{today().year}-01-01"
    assert found["fin"] == f"{today().year}-12-31"


def test_a_few_people_are_not_told(client: FlaskClient) -> None:
    attended_by(4, when=date(2026, 3, 1))

    found = client.get(f"{PATH}?debut=2026-01-01&fin=2026-12-31").get_json()["indicateurs"]

    row = next(row for row in found if row["code"] == "3.2.3")
    assert (row["valeur"], row["note"]) == (None, "moins de 5 personnes")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("debut=hier", "debut : écrivez une date comme 2026-03-15."),
        ("debut=", "debut : écrivez une date comme 2026-03-15."),
        ("fin=2026-02-30", "fin : écrivez une date comme 2026-03-15."),
        ("fin=20260301", "fin : écrivez une date comme 2026-03-15."),
        ("debut=0001-01-01", "debut : écrivez une date comme 2026-03-15."),
    ],
)
def test_bad_dates_are_refused_in_json_and_in_french(
    client: FlaskClient, query: str, said: str
) -> None:
    answer = client.get(f"{PATH}?{query}")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"] == said.replace(" :", "\u00a0:")


@pytest.mark.parametrize(
    "query", ["debut=2026-05-01&fin=2026-04-01", "debut=2001-01-01&fin=2060-01-01"]
)
def test_a_period_that_is_none_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"{PATH}?{query}").status_code == 404


def test_one_is_read_month_by_month_and_by_quartier(client: FlaskClient) -> None:
    offsite(when=date(2026, 3, 1))
    offsite(when=date(2026, 4, 1))

    found = client.get(f"{PATH}/3.2.1?debut=2026-03-01&fin=2026-04-30").get_json()

    assert found["indicateur"]["valeur"] == 2
    assert found["mois"] == [
        {"debut": "2026-03-01", "fin": "2026-03-31", "cumul": 1},
        {"debut": "2026-04-01", "fin": "2026-04-30", "cumul": 2},
    ]
    assert sum(row["valeur"] for row in found["par_quartier"]) == 2
    assert client.get(f"{PATH}/9.9.9").status_code == 404


def test_a_few_people_of_one_indicator_are_told_nowhere(client: FlaskClient) -> None:
    attended_by(4, when=date(2026, 3, 1))

    found = client.get(f"{PATH}/3.2.3?debut=2026-03-01&fin=2026-03-31").get_json()

    assert found["indicateur"]["valeur"] is None
    assert [month["cumul"] for month in found["mois"]] == [None]
    assert [row["valeur"] for row in found["par_quartier"]] in ([], [None])


def test_openapi_describes_it(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()

    operation = described["paths"][PATH]["get"]
    assert described["openapi"].startswith("3.1")
    assert described["info"]["license"]["name"] == "Licence Ouverte 2.0"
    assert [parameter["name"] for parameter in operation["parameters"]] == ["debut", "fin"]
    assert set(operation["responses"]) == {"200", "404", "422", "429"}


def test_it_sends_few_statements(client: FlaskClient, statements: Statements) -> None:
    client.get(PATH)

    assert len(statements) <= 3


def test_it_only_reads(client: FlaskClient) -> None:
    assert client.post(PATH).status_code in (400, 405)
