"""One's own data: read, corrected, carried away, by the person alone."""

import io
import json
import re
import zipfile

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.phones import in_pairs
from app.core.rights import Role
from app.notifications.models import Notification
from app.privacy.erasing import erase
from app.privacy.freshness import FRESH
from app.privacy.models import ErasureRequest
from app.privacy.reading import ON_PAGE
from tests.desk.tablets import PIN, enter, make_kiosk
from tests.factories import make_resident, make_with_role
from tests.privacy.loud import EMAIL, FAMILY, GIVEN, PHONE, SIGNED, make_loud
from tests.privacy.loud_life import make_loud_life
from tests.privacy.test_leaving import make_child
from tests.support import Statements, Visitor

TYPED = {"given_name": "Amina", "family_name": "Diallo", "quartier_id": "0", "sex": ""}
UNDERSTOOD = {"writings": "keep", "understood": "y"}


@atomic
def signed_in_long_ago() -> None:
    db.session.execute(update(SignIn).values(signed_in_at=now() - 2 * FRESH))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_everything_is_on_the_page_and_in_the_file(client: Visitor) -> None:
    loud = make_loud()
    make_loud_life(loud)
    client.sign_in(db.session.get_one(Resident, loud.id))

    page = client.get("/moi/donnees")
    files = unpacked(client.send("/moi/donnees/copie").data)

    said = page.get_data(as_text=True)
    for word in (
        GIVEN,
        FAMILY,
        in_pairs(PHONE),
        EMAIL,
        "L’idée de",
        "Un vote",
        "Le jardin",
        "Foyer",
    ):
        assert word in said
    assert page.headers["Cache-Control"] == "no-store"
    document = json.loads(files["donnees.json"])
    headings = {part["titre"] for section in document["rubriques"] for part in section["donnees"]}
    assert {"Vos propositions", "Vos votes", "L’accueil a agi pour vous"} & headings
    assert SIGNED in files["donnees.json"].decode()
    assert GIVEN in files["donnees.json"].decode()
    assert "LISEZ-MOI.txt" in files
    assert sum(name.startswith("fichiers/") for name in files) == 2
    readable = files["mes-donnees.html"].decode()
    for word in (
        GIVEN,
        FAMILY,
        in_pairs(PHONE),
        EMAIL,
        "L’idée de",
        "Un vote",
        "Le jardin",
        "Foyer",
    ):
        assert word in readable
    assert set(re.findall(r'href="([^"]+)"', readable)) == {
        name for name in files if name.startswith("fichiers/")
    }
    assert "mes-donnees.html" in files["LISEZ-MOI.txt"].decode()


def test_a_secret_choice_and_secrets_are_in_neither(client: Visitor) -> None:
    loud = make_loud()
    make_loud_life(loud)
    person = db.session.get_one(Resident, loud.id)
    kept = [str(person.password_hash), str(person.pin_hash), str(person.totp_secret), "sealed"]
    client.sign_in(person)

    said = client.get("/moi/donnees").get_data(as_text=True)
    files = unpacked(client.send("/moi/donnees/copie").data)

    for secret in kept:
        assert secret not in said
        assert secret.encode() not in b"".join(files.values())


def test_the_page_costs_the_same_however_much_there_is(
    client: Visitor, statements: Statements
) -> None:
    quiet = make_resident()
    client.sign_in(quiet)
    statements.reset()
    client.get("/moi/donnees")
    little = len(statements)
    loud = make_loud()
    make_loud_life(loud)
    client.sign_in(db.session.get_one(Resident, loud.id))

    statements.reset()
    client.get("/moi/donnees")

    assert len(statements) <= little + 2


def test_long_after_signing_in_the_secret_is_asked_again(client: Visitor) -> None:
    person = make_resident(password="soleil-pont-carotte")
    client.sign_in(person)
    signed_in_long_ago()

    wrong = client.send("/moi/donnees/copie", {"proof": "autre chose"})
    right = client.send("/moi/donnees/copie", {"proof": "soleil-pont-carotte"})

    assert wrong.status_code == 422
    assert "PK" not in wrong.get_data(as_text=True)[:2]
    assert right.mimetype == "application/zip"
    assert right.headers["Cache-Control"] == "no-store"
    assert "attachment" in right.headers["Content-Disposition"]


def test_the_page_of_the_file_has_every_row_and_needs_nothing_from_elsewhere(
    client: Visitor,
) -> None:
    person = make_resident()

    @atomic
    def tell() -> None:
        db.session.add_all(
            Notification(resident_id=person.id, text=f"<b>Message {n}</b>", url="/")
            for n in range(ON_PAGE + 10)
        )

    tell()
    client.sign_in(person)

    readable = unpacked(client.send("/moi/donnees/copie").data)["mes-donnees.html"].decode()

    assert readable.count("&lt;b&gt;Message ") == ON_PAGE + 10
    assert not re.search(r"<(?:link|script|img)\b|url\(|@import", readable)


def test_a_shared_tablet_downloads_nothing(client: Visitor) -> None:
    make_kiosk(client)
    enter(client, make_resident(pin=PIN))

    assert "tablette partagée" in client.get("/moi/donnees").get_data(as_text=True)
    assert client.send("/moi/donnees/copie").status_code == 403


def test_a_guardian_reads_a_childs_data_and_nobody_elses(client: Visitor) -> None:
    mother, stranger = make_resident(), make_resident()
    child = make_child(mother)
    client.sign_in(mother)

    assert client.get(f"/moi/donnees/enfant/{child.id}").status_code == 200
    assert client.send(f"/moi/donnees/enfant/{child.id}/copie").mimetype == "application/zip"
    for path in ("donnees", "effacer"):
        assert client.get(f"/moi/{path}/enfant/{stranger.id}").status_code == 404
    assert client.send(f"/moi/donnees/enfant/{stranger.id}/copie").status_code == 404


def test_someone_corrects_their_information(client: Visitor) -> None:
    person = make_resident()
    client.sign_in(person)

    answer = client.send(
        "/moi/informations",
        {**TYPED, "phone": "06 12 34 56 78", "nickname": "Mimi", "languages": ["tr", "fr"]},
    )

    db.session.refresh(person)
    assert answer.status_code == 302
    assert (person.full_name, person.phone, person.nickname) == (
        "Amina Diallo",
        "0612345678",
        "Mimi",
    )
    assert person.folded_name == "diallo amina"
    assert set(person.languages.split(",")) == {"tr", "fr"}
    assert db.session.query(AuditEntry).count() == 0


def test_a_name_the_desk_had_seen_is_noted_when_it_changes(client: Visitor) -> None:
    person = make_resident(registered_by_id=make_with_role(Role.DESK).id)
    client.sign_in(person)

    client.send("/moi/informations", TYPED)

    (noted,) = db.session.query(AuditEntry)
    assert noted.details == {"after": {"fields": ["family_name"]}}


def test_a_child_does_not_grow_up_alone(client: Visitor) -> None:
    child = make_child(make_resident())
    client.sign_in(child)

    answer = client.send("/moi/informations", {**TYPED, "year_of_birth": str(today().year - 30)})

    db.session.refresh(child)
    assert answer.status_code == 422
    assert child.year_of_birth == today().year - 9


def test_leaving_by_the_page_asks_for_the_secret_and_signs_out(client: Visitor) -> None:
    person = make_resident(password="soleil-pont-carotte")
    client.sign_in(person)

    wrong = client.send("/moi/effacer", {**UNDERSTOOD, "proof": "autre"})
    unsure = client.send("/moi/effacer", {"writings": "keep", "proof": "soleil-pont-carotte"})
    nothing_yet = db.session.query(ErasureRequest).count()
    right = client.send("/moi/effacer", {**UNDERSTOOD, "proof": "soleil-pont-carotte"})

    assert (wrong.status_code, unsure.status_code, nothing_yet) == (422, 422, 0)
    assert right.headers["Location"] == "/vos-donnees/a-bientot"
    assert client.get("/moi").status_code == 302
    assert db.session.query(ErasureRequest).one().keeps_writings


def test_at_the_desk_the_direction_erases_and_others_may_not(client: Visitor, app: Flask) -> None:
    person = make_resident()
    path = f"/accueil/personnes/{person.id}/effacer"
    sent = {**UNDERSTOOD, "when": "now", "proof": "soleil-pont-carotte"}
    refused = [
        client.sign_in(make_with_role(role)).send(path, sent).status_code
        for role in (Role.DESK, Role.REFERENT)
    ]
    still_there = db.session.get_one(Resident, person.id).erased_at

    director = make_with_role(Role.DIRECTOR, password="soleil-pont-carotte")
    answer = Visitor(app).sign_in(director).send(path, sent)

    db.session.expire_all()
    assert (refused, still_there) == ([403, 403], None)
    assert answer.status_code == 302
    assert db.session.get_one(Resident, person.id).erased_at is not None


def test_the_pages_of_the_team_open_to_those_who_answer_for_data(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))
    desk = [
        client.get(path).status_code
        for path in ("/accueil/sans-nouvelles", "/vos-donnees/entretien")
    ]
    client.sign_in(make_with_role(Role.DIRECTOR))
    director = client.get("/vos-donnees/entretien").status_code

    assert (desk, director) == ([200, 403], 200)


@pytest.mark.parametrize("path", ["/vos-donnees", "/vos-donnees/registre"])
def test_everyone_may_read_what_is_kept_and_why(client: Visitor, path: str) -> None:
    said = client.get(path).get_data(as_text=True)

    assert "24 mois" in said
    assert "%(" not in said


def test_an_erased_persons_session_and_card_are_dead(client: Visitor) -> None:
    person = make_resident(password="soleil-pont-carotte")
    email = str(person.email)
    client.sign_in(person)
    atomic(erase)(person, keeps_writings=True)

    assert client.get("/moi").status_code == 302
    answer = client.send("/connexion", {"identifier": email, "secret": "soleil-pont-carotte"})
    assert answer.status_code == 422
