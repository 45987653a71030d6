"""The journal is searched, read in words, taken away, and verified by others."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.adhesion_models import Kind, Payment
from app.accounts.adhesion_services import season_now, take_adhesion
from app.accounts.models import Resident
from app.audit.acts import AUDIT_WORDS, AuditAct
from app.audit.services import Subject, forget_details, note
from app.centre import list_services, services
from app.core.clock import today
from app.core.csv import safe_cell
from app.core.db import atomic, db
from app.core.rights import Role
from app.desk.kiosk_services import open_kiosk
from tests.factories import make_quartier, make_resident, make_with_role
from tests.support import Statements, Visitor

ONE_TO_VERIFY = 1
"""The link to the verification, under the list."""


@atomic
def noted(
    act: AuditAct,
    by: Resident | None,
    subject: Subject | None = None,
    *,
    before: object = None,
    after: object = None,
    reason: str | None = None,
) -> None:
    note(act, by, subject, before=before, after=after, reason=reason)


def test_a_line_says_who_did_what_from_what_to_what(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, given_name="Claire", family_name="Fontaine")
    services.change_rules(director, {"notice_days": 21})
    client.sign_in(director)

    listed = client.get("/administration/journal").text
    entry = client.get("/administration/journal/1").text

    assert "Réglage changé" in listed
    assert "Délai de convocation" in listed
    assert "Claire Fontaine" in listed
    assert "Délai de convocation" in entry
    assert "10\u00a0jours" in entry
    assert "21\u00a0jours" in entry


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"acte": "quartier:added"}, 1),
        ({"acte": "n’importe quoi"}, 3),
        ({"qui": "fontaine claire"}, 2),
        ({"qui": "personne"}, 0),
        ({"sur": "habitante"}, 1),
        ({"sur": "quartiers"}, 1),
        ({"motif": "carte PERDUE"}, 1),
        ({"motif": "100%"}, 0),
        ({"depuis": today().isoformat()}, 3),
        ({"jusqu": (today() - timedelta(days=1)).isoformat()}, 0),
        ({"depuis": "hier"}, 3),
    ],
)
def test_the_journal_is_searched(client: Visitor, asked: dict[str, str], found: int) -> None:
    director = make_with_role(Role.DIRECTOR, given_name="Claire", family_name="Fontaine")
    desk = make_with_role(Role.DESK, given_name="Samba", family_name="Konaté")
    services.change_rules(director, {"notice_days": 21})
    list_services.add_quartier(director, "La Source", is_qpv=False)
    person = make_resident(family_name="Habitante")
    noted(AuditAct.CODE_GIVEN, desk, person, reason="Carte perdue au marché")
    client.sign_in(director)

    page = client.get("/administration/journal", query_string=asked).text

    assert page.count('href="/administration/journal/') - ONE_TO_VERIFY == found


def test_people_are_named_at_reading_and_gone_with_their_account(client: Visitor) -> None:
    director, person = make_with_role(Role.DIRECTOR), make_resident(family_name="Habitante")
    noted(AuditAct.CODE_GIVEN, director, person, reason="Habitante avait perdu sa carte")
    client.sign_in(director)
    assert "Habitante" in client.get("/administration/journal/1").text

    @atomic
    def erase() -> None:
        person.given_name = person.family_name = person.folded_name = ""
        person.erased_at = person.registered_at
        forget_details("residents", person.id)

    erase()

    page = client.get("/administration/journal/1").text
    assert "Habitante" not in page
    assert "Ancien habitant" in page
    assert "a été oublié avec la personne" in page
    assert "Le journal tient" in client.get("/administration/journal/verification").text


def test_anyone_can_verify_the_file_without_us(client: Visitor) -> None:
    director, person = make_with_role(Role.DIRECTOR), make_resident()
    services.change_rules(director, {"notice_days": 21})
    noted(AuditAct.CODE_GIVEN, director, person, reason="perdue à l’école")
    list_services.add_quartier(director, "Été", is_qpv=True)
    client.sign_in(director)

    answer = client.get("/administration/journal.json")

    previous = "0" * 64
    chain = json.loads(answer.text)["entries"]
    for line in chain:
        written = json.dumps(line["details"], sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256((line["salt"] + written).encode()).hexdigest()
        names = ("id", "at", "act", "by_id", "subject_type", "subject_id")
        parts = [*(line[name] for name in names), digest, previous]
        previous = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
        assert previous == line["hash"]
    assert len(chain) == 3
    assert "Habitant" not in answer.text


def test_a_spreadsheet_takes_no_line_for_a_formula(client: Visitor) -> None:
    director, person = make_with_role(Role.DIRECTOR), make_resident(given_name="=1+1")
    noted(AuditAct.CODE_GIVEN, director, person, reason='=HYPERLINK("http://exemple.fr")')
    client.sign_in(director)

    answer = client.get("/administration/journal.csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal.csv"'
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][7] == '\'=HYPERLINK("http://exemple.fr")'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_a_cell_that_would_be_a_formula_is_words(text: str) -> None:
    assert safe_cell(text).startswith("'")


def test_a_number_stays_a_number() -> None:
    assert [safe_cell(value) for value in (-3, 2.5, None, "ok")] == ["-3", "2.5", "", "ok"]


def test_the_journal_reads_a_fixed_number_of_statements(
    client: Visitor, statements: Statements
) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)
    services.change_rules(director, {"notice_days": 11})
    list_services.add_quartier(director, "La Source", is_qpv=False)

    def asked() -> int:
        client.get("/administration/journal")
        statements.reset()
        client.get("/administration/journal")
        return len(statements)

    few = asked()
    for number in range(8):
        desk = make_with_role(Role.DESK)
        noted(AuditAct.CODE_GIVEN, desk, make_resident(), reason=f"n° {number}")
        list_services.rename(director, make_quartier(), f"Quartier neuf {number}")

    assert asked() == few


def test_every_act_has_words(app: Flask) -> None:
    assert set(AUDIT_WORDS) == set(AuditAct)
    assert db.session is not None


@pytest.mark.parametrize("more", ["endpoint=x", "_external=1&_scheme=javascript", "_anchor=x"])
def test_a_link_made_up_by_someone_changes_no_address_of_the_page(
    client: Visitor, more: str
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    page = client.get(f"/administration/journal?motif=vote&{more}")

    assert page.status_code == 200
    assert 'href="/administration/journal.csv?motif=vote"' in page.text


def test_there_is_no_line_beyond_the_end(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    assert client.get("/administration/journal/99").status_code == 404


def test_a_line_of_moderation_gives_its_rule_in_words_and_no_code(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    before, after = {"visibility": "shown", "acts": 2}, {"visibility": "hidden", "acts": 1}
    noted(
        AuditAct.CONTENT_HIDDEN, director, director, before=before, after=after, reason="publicite"
    )
    client.sign_in(director)

    listed = client.get("/administration/journal").text
    entry = client.get("/administration/journal/1").text

    for page in (listed, entry):
        assert "Pas de publicité" in page
        assert "publicite" not in page
    assert "masqué" in entry
    assert "Choses faites ensemble" in entry
    assert ">acts<" not in entry


def test_a_kiosk_and_an_adhesion_are_named(client: Visitor) -> None:
    director, person = make_with_role(Role.DIRECTOR), make_resident("Malika", family_name="Roche")
    open_kiosk(director, "Tablette du hall")
    take_adhesion(
        director,
        person,
        kind=Kind.INDIVIDUAL,
        season=season_now(),
        fee_cents=500,
        payment=Payment.CASH,
    )
    client.sign_in(director)

    page = client.get("/administration/journal").text

    assert "Borne «\u00a0Tablette du hall\u00a0»" in page
    assert "Adhésion «\u00a0Malika Roche\u00a0»" in page
