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
    assert by_code["3.2.1"] == {
        "code": "3.2.1",
        "titre": INDICATORS["3.2.1"].title,
        "valeur": 1,
        "unite": "actions",
    }
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
        ("debut=2026-05-01&fin=2026-04-01", "La date de fin vient avant la date de début."),
    ],
)
def test_bad_dates_are_refused_in_json_and_in_french(
    client: FlaskClient, query: str, said: str
) -> None:
    answer = client.get(f"{PATH}?{query}")

    assert answer.status_code == 422
    assert answer.get_json() == {"message": said.replace(" :", "\u00a0:"), "status": 422}


def test_openapi_describes_it(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()

    operation = described["paths"][PATH]["get"]
    assert [parameter["name"] for parameter in operation["parameters"]] == ["debut", "fin"]
    assert set(operation["responses"]) == {"200", "422"}
    assert list(described["paths"]) == [PATH]


def test_it_sends_few_statements(client: FlaskClient, statements: Statements) -> None:
    client.get(PATH)

    assert len(statements) <= 3


def test_it_only_reads(client: FlaskClient) -> None:
    assert client.post(PATH).status_code in (400, 405)
