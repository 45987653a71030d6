"""What the direction does on screen, without JavaScript, and what the database is asked."""

import io

import pytest

from app.core.db import db
from app.core.rights import Role
from app.ledger.models import Entry
from app.pastlife.models import PastImport
from tests.factories import make_resident, make_with_role
from tests.pastlife.support import all_figures, bring, send, table
from tests.support import Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")
ROOM = "/administration/reprise"


def upload(client: Visitor, data: bytes, name: str = "avant.csv") -> str:
    """Send a file; where it leads."""
    sent = {"file": (io.BytesIO(data), name)}
    answer = client.send(f"{ROOM}/seances", sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    return str(answer.location)


def test_the_direction_sends_looks_confirms_and_takes_back(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)
    before = all_figures(2023)
    place = upload(client, table("sessions", {}, {"Action": "<b>Bal</b>", "Date": "?"}))

    preview = client.get(place).text
    assert "Écrivez une date comme 12/03/2023." in preview
    assert "Importer 1 ligne bonne" in preview
    assert "12 mars 2023" in client.get(f"{place}?voir=bonnes").text.replace("\u00a0", " ")
    assert all_figures(2023) == before

    done = client.send(f"{place}/importer", follow_redirects=True)
    assert "1 ligne est reprise" in done.text
    assert director.display_name in done.text
    assert all_figures(2023)[2023, "1.2.1"] == 1
    assert client.send(f"{place}/importer").status_code == 409
    assert client.send(f"{place}/oublier").status_code == 409

    assert "ne comptent plus" in client.get(f"{place}/annuler").text
    undone = client.send(f"{place}/annuler", follow_redirects=True)
    assert "Cette reprise est annulée" in undone.text
    assert all_figures(2023) == before
    journal = client.get("/administration/journal").text
    assert "Années passées reprises" in journal
    assert "Reprise d’années passées annulée" in journal


def test_whoever_takes_back_twice_is_told_it_is_done_and_led_back(client: Visitor) -> None:
    done = bring("sessions", {})
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = f"{ROOM}/{done.id}"
    client.send(f"{place}/annuler")
    kept = db.session.query(Entry).count()

    asked, sent = client.get(f"{place}/annuler"), client.send(f"{place}/annuler")

    assert asked.location == sent.location == place
    page = client.get(place).text
    assert page.count("Cette reprise est déjà annulée") == 2
    assert "Cette reprise est annulée" in page
    assert db.session.query(Entry).count() == kept


def test_sessions_on_which_presences_stand_lead_to_what_is_to_be_taken_back_first(
    client: Visitor,
) -> None:
    sessions, presences = bring("sessions", {}), bring("attendance", {})
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = f"{ROOM}/{sessions.id}/annuler"
    kept = db.session.query(Entry).count()

    page, sent = client.get(place).text, client.send(place)

    assert f"Annulez d’abord la reprise n° {presences.id}" in page.replace("\u00a0", " ")
    assert f'href="{ROOM}/{presences.id}/annuler"' in page
    assert f'action="{place}"' not in page
    assert sent.location == place
    assert db.session.query(Entry).count() == kept


def test_there_is_nothing_to_take_back_of_a_file_not_confirmed(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = upload(client, table("sessions", {}))

    asked = client.get(f"{place}/annuler", follow_redirects=True)
    sent = client.send(f"{place}/annuler", follow_redirects=True)

    assert "il n’y a rien à annuler" in asked.text
    assert "il n’y a rien à annuler" in sent.text
    assert "Importer 1 ligne bonne" in sent.text


def test_a_file_of_which_nothing_can_be_taken_in_asks_no_confirmation(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = upload(client, table("sessions", {"Date": "?"}))

    page, home = client.get(place).text, client.get(ROOM).text

    assert "Rien ne peut être repris de ce fichier" in page
    assert f'href="{ROOM}/seances"' in page
    assert f'action="{place}/oublier"' in page
    assert f'action="{place}/importer"' not in page
    assert "Rien à reprendre" in home
    assert "À confirmer" not in home
    assert client.send(f"{place}/importer").status_code == 422
    assert db.session.query(Entry).count() == 0


def test_a_file_wholly_known_already_says_so(client: Visitor) -> None:
    bring("sessions", {})
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = upload(client, table("sessions", {}))

    page = client.get(place).text

    assert "Tout est déjà là" in page
    assert "corrigé" not in page
    assert f'action="{place}/importer"' not in page


def test_a_file_that_is_no_table_is_told_on_the_page(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    sent = {"file": (io.BytesIO(b"Date\r\n12/03/2023\r\n"), "avant.csv")}

    answer = client.send(f"{ROOM}/seances", sent, content_type="multipart/form-data")
    empty = client.send(f"{ROOM}/seances", {}, content_type="multipart/form-data")

    assert answer.status_code == empty.status_code == 422
    assert "Il manque les colonnes" in answer.text
    assert "Choisissez un fichier" in empty.text
    assert db.session.query(PastImport).count() == 0


def test_another_file_than_a_table_is_named_with_how_to_send_one(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    sent = {"file": (io.BytesIO(b"%PDF-1.7\nDate;Action\n"), "bilan 2023.pdf")}

    answer = client.send(f"{ROOM}/seances", sent, content_type="multipart/form-data")

    said = answer.text.replace("\u00a0", " ")
    assert answer.status_code == 422
    assert "Vous avez envoyé « bilan 2023.pdf ». C’est un document PDF" in said
    assert "Enregistrer sous" in said
    assert "Il manque" not in said
    assert f"{ROOM}/seances/modele.xlsx" in said
    assert db.session.query(PastImport).count() == 0


def test_a_file_can_be_forgotten_and_only_its_own_addresses_open(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    place = upload(client, table("sessions", {}))

    assert client.get(f"{place}?voir=ailleurs").status_code == 404
    assert client.send(f"{place}/oublier").location == ROOM
    assert client.get(place).status_code == 404
    assert client.get(f"{ROOM}/legumes").status_code == 404


@pytest.mark.parametrize("role", [None, Role.DESK, Role.REFERENT, Role.CONSEIL])
def test_no_one_else_reads_or_sends(client: Visitor, role: Role | None) -> None:
    sent = send("sessions", table("sessions", {}))
    client.sign_in(make_with_role(role) if role else make_resident())

    for path in (
        "",
        "/seances",
        "/seances/modele.csv",
        f"/{sent.id}",
        f"/{sent.id}/a-corriger.csv",
    ):
        assert client.get(ROOM + path).status_code == 403
    for path in ("importer", "oublier", "annuler"):
        assert client.send(f"{ROOM}/{sent.id}/{path}").status_code == 403
    assert db.session.get_one(PastImport, sent.id).status == "preview"


@pytest.mark.parametrize("kind", ["associations", "adherents", "seances", "presences"])
def test_each_kind_has_its_page_and_its_models(client: Visitor, kind: str) -> None:
    client.sign_in(make_with_role(Role.ADMINISTRATOR))

    assert client.get(f"{ROOM}/{kind}").status_code == 200
    table_file = client.get(f"{ROOM}/{kind}/modele.csv")
    assert table_file.text.startswith("\ufeff")
    assert "Obligatoire" in table_file.text
    book = client.get(f"{ROOM}/{kind}/modele.xlsx")
    assert book.data.startswith(b"PK")


def test_pages_ask_as_much_of_the_database_however_long_the_file(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    short = send("sessions", table("sessions", {"Date": "?"})).id
    faulty = [{"Action": f"A{number}", "Date": "?"} for number in range(45)]
    long = send("sessions", table("sessions", *faulty)).id

    def sent(path: str) -> int:
        client.get(ROOM + path)
        statements.reset()
        assert client.get(ROOM + path).status_code == 200
        return len(statements)

    assert sent(f"/{long}") == sent(f"/{short}")
    assert sent(f"/{long}?page=3") == sent(f"/{short}")
    with_two = sent("")
    bring("sessions", {})
    bring("associations", {})
    assert sent("") == with_two


def test_reading_a_file_asks_as_much_of_the_database_for_ten_lines_as_for_a_hundred(
    statements: Statements,
) -> None:
    def sent(kind: str, many: int) -> int:
        lines = [
            {"Référence": f"{many}-{number}", "Prénom": "Ali", "Nom": f"Sow{number}"}
            for number in range(many)
        ]
        statements.reset()
        send(kind, table(kind, *lines))
        return len(statements)

    for kind in ("sessions", "members", "attendance"):
        assert sent(kind, 10) == sent(kind, 100)
