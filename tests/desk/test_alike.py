"""Whoever is registered twice is seen before, or found after."""

import pytest

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.desk.alike import (
    Described,
    Why,
    one_letter_apart,
    people_like,
    probable_duplicates,
    why_alike,
)
from app.desk.models import ToldApart
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("diallo", "dialo", True),
        ("diallo", "djallo", True),
        ("diallo", "dialol", True),
        ("amina", "kamina", True),
        ("diallo", "diallo", False),
        ("diallo", "dalo", False),
        ("ab", "ba", True),
        ("a", "", True),
        ("abc", "cab", False),
    ],
)
def test_one_letter_apart(one: str, other: str, expected: bool) -> None:
    assert one_letter_apart(one, other) is one_letter_apart(other, one) is expected


FATOU = Described("Fatou", "Camara", 1951, "0612345678", "fatou@example.org")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Described("CAMARA", "fâtou", 1951), Why.NAME),
        (Described("Fatou", "Camara", 1952), Why.NAME),
        (Described("Fatou", "Camara"), Why.NAME),
        (Described("Fatou", "Camara", 1953), None),
        (Described("Fatou", "Kamara", 1951), Why.NEAR_NAME),
        (Described("Fatou", "Kamara"), Why.NEAR_NAME),
        (Described("Fatou", "Kamara", 1952), None),
        (Described("Fatou Binta", "Camara", 1951), Why.NEAR_NAME),
        (Described("Fatima", "Camara", 1951), None),
        (Described("Aïcha", "Sow", 1990, "0612345678"), Why.PHONE),
        (Described("Aïcha", "Sow", email="FATOU@example.org"), Why.EMAIL),
    ],
)
def test_why_two_people_may_be_one(other: Described, why: Why | None) -> None:
    assert why_alike(FATOU, other) is why_alike(other, FATOU) is why


def test_someone_already_known_is_suggested_before_they_are_registered_twice(
    client: Visitor, ledger: Ledger
) -> None:
    client.sign_in(make_with_role(Role.DESK))
    known = make_resident("Éloïse", family_name="Martin")
    typed = {"given_name": "martin", "family_name": "ELOISE", "quartier_id": "0", "sex": ""}

    asked = client.send("/accueil/inscrire", typed)

    assert "Est-ce l’une de ces personnes" in asked.text
    assert f"/accueil/personnes/{known.id}" in asked.text
    assert ledger.acts() == []
    again = client.send("/accueil/inscrire", {**typed, "shown": str(known.id)})
    assert (asked.status_code, again.status_code) == (200, 422)
    assert "Ouvrez sa fiche, ou cochez «\u00a0C’est quelqu’un d’autre\u00a0»." in again.text
    assert ledger.acts() == []
    sure = client.send("/accueil/inscrire", {**typed, "apart": f"{known.id} 999999999 x"})
    assert sure.status_code == 302
    made_id = int(sure.headers["Location"].rsplit("/", 1)[1])
    assert db.session.get(ToldApart, (known.id, made_id)) is not None
    assert pairs() == []


def test_a_search_that_finds_nobody_offers_the_near_names(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DESK))
    known = make_resident("Aïssata", family_name="Benali", year_of_birth=1984)
    counts = []
    for _ in range(2):
        statements.reset()
        page = client.get("/accueil?q=Aissata+Benaly")
        counts.append(len(statements))
        assert f"/accueil/personnes/{known.id}" in page.text
        for rank in range(3):
            make_resident("Aissata", family_name="Benalli", year_of_birth=1950 + rank)

    assert counts[0] == counts[1]
    assert "Personne de ce nom, mais des noms proches" in page.text
    assert "noms proches" not in client.get("/accueil?q=Aissata+Benaly+1911").text
    assert "noms proches" not in client.get("/accueil?q=Zzz").text


def test_all_that_two_files_share_is_said(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))
    make_resident("Éloïse", family_name="Martin", year_of_birth=1970, phone="0612345678")
    typed = {"given_name": "Eloïse", "family_name": "Martin", "year_of_birth": "1970"}

    asked = client.send(
        "/accueil/inscrire", {**typed, "phone": "06 12 34 56 78", "quartier_id": "0", "sex": ""}
    )

    assert "Même nom, même année de naissance, même téléphone" in asked.text


def test_saying_someone_else_of_one_person_does_not_hide_another(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))
    seen = make_resident("Éloïse", family_name="Martin")
    make_resident("Eloise", family_name="Martin", year_of_birth=1970)
    typed = {"given_name": "Eloïse", "family_name": "Martin", "quartier_id": "0", "sex": ""}

    answer = client.send("/accueil/inscrire", {**typed, "apart": str(seen.id)})

    assert "Est-ce l’une de ces personnes" in answer.text


def test_a_name_that_hundreds_bear_still_finds_the_nearest(client: Visitor) -> None:
    for rank in range(30):
        make_resident("Amina", family_name=f"Famille{rank}")
    known = make_resident("Amina", family_name="Diallo", year_of_birth=1984)

    (found,) = people_like(Described("Amina", "Dialo", 1984), set())

    assert (found.found.id, found.reasons) == (known.id, (Why.NEAR_NAME, Why.YEAR))


def pairs() -> list[tuple[str, str, Why]]:
    return [(pair.one.name, pair.other.name, pair.why) for pair in probable_duplicates(1).items]


def test_the_whole_file_is_searched_for_the_same_person_twice(client: Visitor) -> None:
    make_resident("Mohamed", family_name="Diallo", year_of_birth=1984)
    make_resident("Mohammed", family_name="Dialo", year_of_birth=1984)
    make_resident("Mohamed", family_name="Diallo", year_of_birth=1960)

    assert pairs() == [("Mohamed Diallo", "Mohammed Dialo", Why.NEAR_NAME)]


def test_a_family_that_shares_a_telephone_is_not_one_person(client: Visitor) -> None:
    make_resident("Amina", family_name="Sow", year_of_birth=1984, phone="0612345678")
    make_resident("Binta", family_name="Sow", year_of_birth=2014, phone="0612345678")
    make_resident("Amina", family_name="Sowé Ba", year_of_birth=1984, phone="0612345678")

    assert pairs() == [("Amina Sow", "Amina Sowé Ba", Why.PHONE)]


def test_two_people_told_apart_are_not_shown_again(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))
    one = make_resident("Amina", family_name="Sow")
    other = make_resident("Amina", family_name="Sow")
    assert "Amina Sow" in client.get("/accueil/doublons").text

    client.send(f"/accueil/doublons/{other.id}/{one.id}/differents")

    assert "Amina Sow" not in client.get("/accueil/doublons").text
    assert db.session.get_one(Resident, one.id).merged_into_id is None


def test_the_page_of_duplicates_costs_the_same_however_long(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DESK))
    counts = []
    for rank in range(2):
        for _ in range(4):
            make_resident(f"Amina{rank}", family_name="Sow")
        statements.reset()
        assert client.get("/accueil/doublons").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6
