"""The figures as people read them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.rights import Role
from app.indicators.models import Target
from app.indicators.services import set_target
from app.ledger.acts import Act
from tests.factories import make_quartier, make_resident, make_with_role
from tests.indicators.acts import Thing, attended, attended_by, offsite, record, thing, void
from tests.support import Ledger, Statements, Visitor

IN_2026 = "?periode=annee-2026"
PAGES = ["/projet-social", "/indicateurs", "/indicateurs/3.2.3", "/indicateurs/3.1.3"]


def test_the_matrix_shows_the_whole_projet_social(client: FlaskClient) -> None:
    offsite()

    page = client.get("/projet-social").text

    assert page.count("<article") == 9
    assert "Semaine de l’environnement" in page
    assert "Créer un lien avec et entre les associations" in page


def test_the_cards_show_each_figure_of_the_period(client: FlaskClient) -> None:
    offsite(make_quartier().id)

    page = client.get(f"/indicateurs{IN_2026}").text

    assert "<strong>1</strong> quartier touché" in page or "1 quartier touché" in page
    assert "Actions « hors les murs » réalisées" in page.replace("\u00a0", " ")


def test_the_page_of_a_figure_says_how_it_is_counted_and_where_it_comes_from(
    client: FlaskClient,
) -> None:
    record(Act.BODY_CREATED, subject=Thing(1, "Comité famille"), body_id=1, body_kind="comite")
    attended_by(6)

    page = client.get(f"/indicateurs/3.2.3{IN_2026}").text

    assert "Comment on compte" in page
    assert "6 présences en réunion" in page
    assert "Comité famille" in page
    assert "Amina" not in page


@pytest.mark.parametrize("path", ["/indicateurs/3.9.9", "/indicateurs/3.2.1.quartiers"])
def test_an_indicator_that_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path}.csv").status_code == 404


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("periode=dates&debut=2026-02-31&fin=2026-03-01", "Cette date n’existe pas"),
        ("periode=dates&debut=2026-05-01&fin=2026-03-01", "La fin vient avant le début"),
        ("periode=dates&debut=2026-05-01", "Donnez cette date"),
        ("periode=dates&debut=2001-05-01&fin=2026-03-01", "dix ans au plus"),
        ("periode=dates&debut=0001-01-01&fin=2026-03-01", "entre 2000 et 2099"),
        ("periode=annee-9", "Choisissez une période de la liste"),
    ],
)
def test_a_bad_period_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, path: str, query: str, said: str
) -> None:
    answer = client.get(f"{path}?{query}")

    assert answer.status_code == 422
    assert said in answer.text
    if "2026-03-01" in query:
        assert 'value="2026-03-01"' in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?periode=saison-2025",
        "?debut=2026-01-15&fin=2026-04-02",
        "?periode=dates&debut=2023-01-01&fin=2026-12-31",
        "?periode=annee-2019",
    ],
)
def test_every_kind_of_period_can_be_read(client: FlaskClient, query: str) -> None:
    attended_by(6)

    assert {client.get(f"{path}{query}").status_code for path in PAGES} == {200}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sends_as_few_statements_however_much_was_done(
    client: FlaskClient, statements: Statements, path: str
) -> None:
    def sent() -> int:
        statements.reset()
        assert client.get(f"{path}{IN_2026}").status_code == 200
        return len(statements)

    attended_by(1, quartier_id=make_quartier().id)
    with_one = sent()
    for body_id in range(2, 12):
        attended_by(5, body_id, quartier_id=make_quartier().id)
    with_fifty = sent()

    assert with_one == with_fifty <= 8


def test_the_team_reads_each_line_and_why_one_was_voided(client: Visitor) -> None:
    agent = make_with_role(Role.DESK)
    for _ in range(22):
        attended(make_resident())
    void(attended(make_resident()), by=agent, reason="Saisie deux fois")
    client.sign_in(agent)

    first = client.get(f"/indicateurs/3.2.3/actes{IN_2026}").text
    second = client.get(f"/indicateurs/3.2.3/actes{IN_2026}&page=2").text

    assert "23 lignes" in first
    assert first.count("<tr>") + second.count("<tr>") == 23 + 2
    assert "<s>Présence en réunion</s>" in first
    assert "Saisie deux fois" in first
    assert client.get(f"/indicateurs/3.2.3/actes{IN_2026}&page=9").status_code == 404


def test_a_resident_does_not_read_the_register(client: Visitor) -> None:
    client.sign_in(make_resident())

    assert client.get("/indicateurs/3.2.3/actes").status_code == 403


def test_someone_signed_out_signs_in_before_reading_the_register(client: Visitor) -> None:
    assert client.get("/indicateurs/3.2.3/actes").status_code in (302, 401)


def test_a_figure_not_fed_has_no_line_to_read(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))

    assert "Aucune ligne" in client.get("/indicateurs/1.1.1/actes").text


def targets() -> list[tuple[str, int, int]]:
    db.session.rollback()
    rows = db.session.execute(select(Target.code, Target.year, Target.value))
    return [(code, year, value) for code, year, value in rows]


def test_the_director_sets_a_target_changes_it_and_takes_it_away(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/indicateurs/3.2.3/objectif", {"annee": "2026", "valeur": "120"})
    after_one = targets()
    client.send("/indicateurs/3.2.3/objectif", {"annee": "2026", "valeur": "130"})
    after_two = targets()
    client.send("/indicateurs/3.2.3/objectif", {"annee": "2026", "valeur": ""})

    assert answer.location == "/indicateurs/3.2.3?periode=annee-2026"
    assert after_one == [("3.2.3", 2026, 120)]
    assert after_two == [("3.2.3", 2026, 130)]
    assert targets() == []


@pytest.mark.parametrize(
    ("year", "value"),
    [("2026", "-1"), ("2026", "beaucoup"), ("2026", "99999999"), ("", "5"), ("1890", "5")],
)
def test_a_target_that_makes_no_sense_is_refused_and_kept_in_its_box(
    client: Visitor, year: str, value: str
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/indicateurs/3.2.3/objectif", {"annee": year, "valeur": value})

    assert answer.status_code == 422
    assert f'value="{value}"' in answer.text
    assert targets() == []


@pytest.mark.parametrize("role", [Role.DESK, Role.REFERENT])
def test_nobody_else_sets_a_target(client: Visitor, ledger: Ledger, role: Role) -> None:
    client.sign_in(make_with_role(role))

    answer = client.send("/indicateurs/3.2.3/objectif", {"annee": "2026", "valeur": "120"})

    assert answer.status_code == 403
    assert targets() == []
    assert ledger.acts() == []


def test_a_target_passed_is_said(client: FlaskClient) -> None:
    set_target(make_with_role(Role.DIRECTOR), "3.2.1", 2026, 2)
    for _ in range(3):
        offsite()

    page = client.get(f"/indicateurs/3.2.1{IN_2026}").text

    assert "Objectif 2 dépassé" in page


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(client: FlaskClient) -> None:
    record(Act.BODY_CREATED, subject=Thing(1, "=1+1"), body_id=1, body_kind="comite")
    attended_by(6)

    answer = client.get(f"/indicateurs/3.2.3.csv{IN_2026}")

    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbfRubrique;")
    assert "Total;habitants;6\r\n" in answer.text
    assert "Par instance;'=1+1;6\r\n" in answer.text


def test_the_file_hides_from_the_public_what_the_page_hides(client: Visitor) -> None:
    attended_by(3)

    public = client.get(f"/indicateurs/3.2.3.csv{IN_2026}").text
    client.sign_in(make_with_role(Role.DESK))
    team = client.get(f"/indicateurs/3.2.3.csv{IN_2026}").text

    assert "Total;habitants;moins de 5" in public
    assert ";3\r\n" not in public
    assert "Total;habitants;3" in team


def test_a_file_of_a_bad_period_answers_with_the_page(client: FlaskClient) -> None:
    answer = client.get("/indicateurs/3.2.3.csv?periode=dates&debut=hier&fin=2026-03-01")

    assert answer.status_code == 422
    assert "Cette date n’existe pas" in answer.text


def test_a_meeting_without_minutes_is_flagged(client: FlaskClient) -> None:
    meeting = thing("Conseil de mars")
    record(Act.MEETING_HELD, subject=meeting, body_id=1, body_kind="conseil")

    page = client.get("/indicateurs/3.1.3").text

    assert "1 réunion n’a pas encore de compte rendu publié." in page
