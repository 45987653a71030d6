"""Lists by pages, filters, and what every answer carries."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.limits import limiter
from tests.factories import make_body, make_category, make_proposal, make_quartier
from tests.support import Visitor

PATH = "/api/v1/propositions"


def ids(client: FlaskClient, query: str) -> list[int]:
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.get_json()["donnees"]]


def test_a_list_goes_by_pages_that_lead_to_one_another(client: FlaskClient) -> None:
    made = [make_proposal().id for _number in range(5)]

    found = client.get(f"{PATH}?taille=2&page=2").get_json()

    assert [row["id"] for row in found["donnees"]] == [made[2], made[1]]
    assert (found["total"], found["page"], found["pages"], found["taille"]) == (5, 2, 3, 2)
    links = found["liens"]
    assert links["soi"].endswith(f"{PATH}?taille=2&page=2")
    assert links["precedente"].endswith("page=1")
    assert links["suivante"].endswith("page=3")
    assert links["derniere"] == links["suivante"]
    last = client.get(f"{PATH}?taille=2&page=3").get_json()
    assert last["liens"]["suivante"] is None
    assert client.get(f"{PATH}?taille=2&page=4").status_code == 404


def test_a_list_of_nothing_is_a_list(client: FlaskClient) -> None:
    found = client.get(PATH).get_json()

    assert (found["donnees"], found["total"], found["pages"]) == ([], 0, 1)


def test_filters_keep_what_they_say(client: FlaskClient) -> None:
    body, quartier, category = make_body(), make_quartier(), make_category()
    here = make_proposal(
        body_id=body.id,
        quartier_id=quartier.id,
        category_id=category.id,
        published_at=datetime(2026, 3, 31, 21, 30, tzinfo=UTC),
    )
    late = make_proposal(status="adopted", published_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    one, other = here.id, late.id
    names = (body.slug, quartier.slug, category.slug)

    assert ids(client, f"instance={names[0]}") == [one]
    assert ids(client, f"quartier={names[1]}") == [one]
    assert ids(client, f"categorie={names[2]}") == [one]
    assert ids(client, "etat=adoptees") == [other]
    assert ids(client, "fin=2026-03-31") == [one]
    assert ids(client, "debut=2026-04-01&fin=2026-04-01") == [other]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page=0", "page : écrivez un nombre de 1 à 999999."),
        ("taille=101", "taille : écrivez un nombre de 1 à 100."),
        ("page=1&page=2", "page : ce filtre est donné plusieurs fois."),
        ("quartiers=la-source", "quartiers : ce filtre n’existe pas ici."),
        ("quartier=La Source", "quartier : écrivez des lettres minuscules sans accent et des"),
        ("etat=brouillons", "etat : écrivez l’un de ces mots : soutiens, "),
        ("debut=2026-02-30", "debut : écrivez une date comme 2026-03-15."),
    ],
)
def test_a_slip_is_told_in_french(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"{PATH}?{query}")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    told = answer.get_json()
    assert told["detail"].replace("\u00a0", " ").startswith(said)
    assert (told["type"], told["status"]) == ("about:blank", 422)
    assert list(told["erreurs"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "address", [f"{PATH}/999", f"{PATH}/-1", f"{PATH}?quartier=nulle-part", "/api/v1/rien"]
)
def test_what_is_not_there_is_a_problem_for_programs_too(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_sent_twice_to_whoever_has_it(client: FlaskClient) -> None:
    make_proposal()
    first = client.get(PATH)

    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    make_proposal()
    later = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert later.status_code == 200
    assert later.headers["ETag"] != first.headers["ETag"]


def test_other_sites_read_and_nothing_more(client: FlaskClient) -> None:
    asked = {"Origin": "https://journal.example", "Access-Control-Request-Method": "GET"}

    answer = client.get(PATH, headers=asked)
    before = client.options(PATH, headers=asked)

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert before.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.post(PATH).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/propositions").headers


def test_each_answer_says_whose_it_is_and_under_which_licence(client: FlaskClient) -> None:
    answer = client.get("/api/v1/quartiers")

    found = answer.get_json()
    assert found["licence"] == "Licence Ouverte 2.0"
    assert found["source"] == "Centre social des Tilleuls"
    assert answer.headers["Link"] == f'<{found["licence_url"]}>; rel="license"'


def test_whoever_asks_too_much_waits_a_minute(app: Flask) -> None:
    client = Visitor(app)
    limiter.enabled = True
    try:
        answers = [client.get("/api/v1/quartiers").status_code for _time in range(119)]
        answers.append(client.get("/api/v1/instances").status_code)
        refused = client.get("/api/v1/quartiers")
    finally:
        limiter.enabled = False
        limiter.reset()

    assert set(answers) == {200}
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"


def test_the_page_says_how_with_addresses_that_answer(client: FlaskClient) -> None:
    page = client.get("/donnees-ouvertes")

    assert page.status_code == 200
    assert "Licence Ouverte 2.0" in page.text
    assert "/api/v1/openapi.json" in page.text
    assert 'href="/donnees-ouvertes"' in client.get("/").text
