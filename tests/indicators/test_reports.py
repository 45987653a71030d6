"""Figures to carry away: what is in the files, who may take them, and what they never hold."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app.core import xlsx
from app.core.clock import PARIS, at
from app.core.rights import Role
from app.indicators import report_entries, services, workbook
from app.indicators.definitions import BY_CODE
from app.indicators.matrix import INDICATORS
from app.indicators.periods import civil_year
from app.ledger.acts import Act
from tests.factories import make_quartier, make_resident, make_with_role
from tests.indicators.acts import (
    Thing,
    attended,
    attended_by,
    offsite,
    record,
    thing,
    void,
)
from tests.support import Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")
IN_2026 = "?periode=annee-2026"
FRONT = ["Les 27 indicateurs", "Répartitions", "Valeurs publiées"]
TEAM_ONLY = [
    "/indicateurs/rapports",
    "/indicateurs/classeur.xlsx",
    "/indicateurs/registre.csv",
]


def cells(answer: Any) -> dict[str, list[list[Any]]]:
    """Sheet → rows of a downloaded workbook."""
    assert answer.mimetype == xlsx.MEDIA_TYPE
    book = load_workbook(io.BytesIO(answer.data))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def rows_of(answer: Any) -> list[list[str]]:
    """The rows of a downloaded CSV."""
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def flat(rows: list[list[Any]]) -> str:
    return "\n".join(str(value) for row in rows for value in row if value is not None)


@pytest.mark.parametrize("path", TEAM_ONLY)
def test_a_resident_takes_nothing_of_the_team(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 302
    client.sign_in(make_resident())

    answer = client.get(path)

    assert answer.status_code == 403
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_the_workbook_has_a_sheet_for_all_and_one_for_each(client: Visitor) -> None:
    offsite(make_quartier("La Source").id, head_count=12, estimated=True)
    client.sign_in(make_with_role(Role.DESK))

    found = cells(client.get(f"/indicateurs/classeur.xlsx{IN_2026}"))

    assert list(found) == [*FRONT, *INDICATORS]
    line = next(row for row in found["Les 27 indicateurs"] if row[0] == "1.1.3")
    assert line[2:5] == [12, "participations", "12 viennent d’un comptage sur place"]
    sheet = flat(found["1.1.3"])
    assert str(BY_CODE["1.1.3"].explanation) in sheet
    assert str(BY_CODE["1.1.3"].excludes) in sheet
    assert [cell.date() for cell in (found["1.1.3"][-1][0],)] == [date(2026, 3, 10)]
    assert found["1.1.3"][-1][1:3] == ["Séance tenue", "La Source"]
    assert found["1.1.3"][-1][7:9] == [12, "oui"]


def test_the_lines_of_the_team_name_nobody_and_leave_out_what_was_voided(client: Visitor) -> None:
    agent = make_with_role(Role.DESK)
    person = make_resident(given_name="Zoubida", sex="F")
    attended(person)
    void(attended(make_resident()), by=agent, reason="Saisie deux fois")
    client.sign_in(agent)

    answer = client.get(f"/indicateurs/classeur.xlsx{IN_2026}")
    found = cells(answer)

    lines = [row for row in found["3.2.3"] if row[1] == "Présence en réunion"]
    assert [(line[4], line[5]) for line in lines] == [("F", "habitant")]
    everything = "".join(flat(rows) for rows in found.values())
    assert "Zoubida" not in everything
    assert str(person.participation_key) not in everything


def test_the_public_workbook_hides_few_people_and_has_no_lines(client: FlaskClient) -> None:
    record(Act.BODY_CREATED, subject=Thing(1, "Comité famille"), body_id=1, body_kind="comite")
    attended_by(3)

    found = cells(client.get(f"/indicateurs/chiffres.xlsx{IN_2026}"))

    line = next(row for row in found["Les 27 indicateurs"] if row[0] == "3.2.3")
    assert line[2] == "moins de 5"
    assert "Présence en réunion" not in flat(found["3.2.3"])
    assert 3 not in [value for row in found["3.2.3"] for value in row]


def test_the_workbooks_share_people_out_and_never_tell_a_few_apart(client: Visitor) -> None:
    for sex, many in (("F", 9), ("H", 8), (None, 2)):
        for number in range(many):
            attended(make_resident(given_name=f"{sex}{number}", sex=sex))
    client.sign_in(make_with_role(Role.DESK))

    of_team = cells(client.get(f"/indicateurs/classeur.xlsx{IN_2026}"))["Répartitions"]
    public = cells(client.get(f"/indicateurs/chiffres.xlsx{IN_2026}"))["Répartitions"]

    def by_sex(rows: list[list[Any]]) -> list[tuple[Any, Any]]:
        mine = [row for row in rows if row[0] == "3.2.3" and row[2] == "Femmes et hommes"]
        return [(row[3], row[4]) for row in mine]

    assert by_sex(of_team) == [("Femmes", 9), ("Hommes", 8), ("Non précisé", 2)]
    assert by_sex(public) == [("Femmes", 9), ("Hommes", "caché"), ("Non précisé", "caché")]


def test_the_workbooks_hold_the_figures_given_out_beside_those_of_today(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    offsite()
    wrong = offsite()
    attended_by(3)
    with at(datetime(2027, 2, 1, 10, tzinfo=PARIS)):
        services.publish_year(director, 2026)
        void(wrong, by=director, reason="Elle n’a pas eu lieu.")
        client.sign_in(director)

        of_team = cells(client.get(f"/indicateurs/classeur.xlsx{IN_2026}"))
        public = cells(client.get(f"/indicateurs/chiffres.xlsx{IN_2026}"))
        before = cells(client.get("/indicateurs/chiffres.xlsx?periode=annee-2025"))

    def line(book: dict[str, list[list[Any]]], code: str) -> list[Any]:
        (found,) = [row for row in book["Valeurs publiées"] if row[0] == code]
        return found[2:3] + found[4:7]

    assert line(of_team, "1.1.1") == line(public, "1.1.1") == [2026, 2, 1, -1]
    assert line(of_team, "3.2.3") == [2026, 3, 3, 0]
    assert line(public, "3.2.3") == [2026, "moins de 5", "caché", None]
    assert "Aucune année de cette période n’est publiée." in flat(before["Valeurs publiées"])


def test_an_adhesion_taken_before_the_period_is_among_its_lines() -> None:
    record(
        Act.ADHESION_TAKEN,
        subject=thing("Saison"),
        when=date(2025, 9, 10),
        until=date(2026, 8, 31),
        kind="family",
        head_count=4,
    )
    record(Act.ADHESION_TAKEN, subject=thing("Saison"), when=date(2025, 2, 1), kind="individual")

    lines = list(report_entries.behind(BY_CODE["1.2.3"], civil_year(2026)))

    assert [line[0] for line in lines] == [date(2025, 9, 10)]


def test_a_name_that_begins_a_formula_stays_a_name(client: Visitor) -> None:
    offsite(make_quartier("=1+1").id)
    offsite(make_quartier("@SUM(A1)\x07").id)
    client.sign_in(make_with_role(Role.DESK))

    found = cells(client.get(f"/indicateurs/classeur.xlsx{IN_2026}"))
    lines = rows_of(client.get(f"/indicateurs/registre.csv{IN_2026}"))

    assert {row[2] for row in found["1.1.1"][-2:]} == {"'=1+1", "'@SUM(A1)"}
    assert {line[2][:2] for line in lines[1:]} == {"'=", "'@"}


def test_the_register_says_which_figures_each_line_feeds(client: Visitor) -> None:
    agent = make_with_role(Role.DESK)
    offsite()
    void(offsite(), by=agent, reason="Saisie deux fois")
    client.sign_in(agent)

    lines = rows_of(client.get(f"/indicateurs/registre.csv{IN_2026}"))

    assert lines[0][0] == "Jour"
    assert [line[-2:] for line in lines[1:]] == [["non", "1.1.1 1.1.3 3.2.1"], ["oui", ""]]
    assert "Saisie deux fois" not in flat(lines)


def test_the_27_figures_are_one_table_for_everyone(client: Visitor) -> None:
    attended_by(3)

    lines = rows_of(client.get(f"/indicateurs/chiffres.csv{IN_2026}"))
    client.sign_in(make_with_role(Role.DESK))
    of_team = rows_of(client.get(f"/indicateurs/chiffres.csv{IN_2026}"))

    assert [line[0] for line in lines[1:]] == list(INDICATORS)
    assert [line[2] for line in lines if line[0] == "3.2.3"] == ["moins de 5"]
    assert [line[2] for line in of_team if line[0] == "3.2.3"] == ["3"]


def test_too_long_a_workbook_is_refused_and_the_page_says_why(
    client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_LINES", 1)
    offsite(), offsite()
    client.sign_in(make_with_role(Role.DESK))

    answer = client.get(f"/indicateurs/classeur.xlsx{IN_2026}")

    assert answer.status_code == 422
    assert "choisissez une période plus courte" in answer.text
    assert "trop de lignes" in client.get(f"/indicateurs/rapports{IN_2026}").text


def test_a_long_list_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    file = io.BytesIO()

    xlsx.table_book("Lignes", (10,), [("Nombre",), *((n,) for n in range(5))]).save(file)

    book = load_workbook(file)
    assert book.sheetnames == ["Lignes", "Lignes (2)", "Lignes (3)"]
    assert [[cell for (cell,) in sheet.values] for sheet in book] == [
        ["Nombre", 0, 1],
        ["Nombre", 2, 3],
        ["Nombre", 4],
    ]


def test_lines_are_read_in_one_statement_however_many(statements: Statements) -> None:
    for _ in range(3):
        offsite()
    statements.reset()

    assert len(list(report_entries.register(civil_year(2026)))) == 4
    assert len([sent for sent in statements.sent if "ledger_entries" in sent]) == 1


def test_a_file_of_no_known_period_is_refused(client: FlaskClient) -> None:
    answer = client.get("/indicateurs/chiffres.csv?periode=annee-9")

    assert answer.status_code == 422
    assert "Choisissez une période de la liste" in answer.text


def test_the_command_writes_a_workbook_however_long(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_LINES", 0)
    offsite()
    path = tmp_path / "2026.xlsx"

    done = app.test_cli_runner().invoke(args=["indicators", "workbook", "annee-2026", str(path)])

    assert done.exit_code == 0, done.output
    assert load_workbook(path).sheetnames == [*FRONT, *INDICATORS]


def test_only_the_team_is_offered_files_beside_the_figures(client: Visitor) -> None:
    assert "Rapports et exports" not in client.get("/indicateurs").text
    client.sign_in(make_with_role(Role.DESK))

    assert "Rapports et exports" in client.get("/indicateurs").text
