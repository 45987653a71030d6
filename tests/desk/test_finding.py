"""The desk finds people by whatever they say of themselves."""

from datetime import date

import pytest

from app.core.clock import now
from app.core.db import atomic, db
from app.core.rights import Role
from app.desk.finding import MOST_PAGES, SIZE, find_people, name_and_year, tokens_of
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor


def names(typed: str, number: int = 1) -> list[str]:
    return [one.name for one in find_people(typed, number).items]


@pytest.mark.parametrize(
    "typed",
    [
        "diallo", "DIAL", "amina diallo", "diallo amina", "dia ami", "Diallo 1984", "1984 amina",
        "éminé diallo", "emine", "06 12 34 56 78", "0612", "+33612345678", "5678", "345678",
        "emine.diallo@", "emine.diallo@example.org",
    ],
)  # fmt: skip
def test_someone_is_found_however_they_are_said(client: Visitor, typed: str) -> None:
    make_resident("Éminé Amina", family_name="Diallo", year_of_birth=1984, phone="0612345678",
                  email="emine.diallo@example.org")  # fmt: skip
    make_resident("Rachid", family_name="Haddad", year_of_birth=1985, phone="0798765432")

    assert names(typed) == ["Éminé Amina Diallo"]


@pytest.mark.parametrize(
    "typed", ["ndiaye", "n'diaye", "N’Diaye", "diaye", "jean pierre", "jeanpi"]
)
def test_a_name_in_two_parts_is_found_as_one_and_by_each(client: Visitor, typed: str) -> None:
    make_resident("Jean-Pierre", family_name="N’Diaye")

    assert names(typed) == ["Jean-Pierre N’Diaye"]


def test_a_card_is_found_as_it_is_printed(client: Visitor) -> None:
    resident = make_resident("Amina", family_name="Benali")
    digits = resident.card_number

    assert names(digits) == names(f"{digits[:2]} {digits[2:4]} {digits[4:]}") == ["Amina Benali"]


def test_every_word_must_be_found(client: Visitor) -> None:
    make_resident("Amina", family_name="Diallo", year_of_birth=1984)

    assert names("amina benali") == names("amina 1985") == names("aminas") == []


def test_someone_whose_two_names_begin_alike_is_listed_once(client: Visitor) -> None:
    make_resident("Ali", family_name="Alioune")

    assert names("ali") == ["Ali Alioune"]


def test_a_new_name_is_found_and_the_old_one_no_more(client: Visitor) -> None:
    resident = make_resident("Amina", family_name="Diallo")

    @atomic
    def marry() -> None:
        resident.folded_name = "camara amina"
        resident.erased_at = None

    marry()

    assert names("diallo") == []
    assert len(names("camara")) == 1


def test_someone_erased_is_found_by_nothing(client: Visitor) -> None:
    resident = make_resident("Amina", family_name="Diallo")

    @atomic
    def erase() -> None:
        resident.erased_at = now()

    erase()

    left = db.session.execute(db.text("SELECT count(*) FROM resident_words")).scalar()
    assert left == 0


def test_a_long_list_goes_on_page_by_page_and_stops_somewhere(client: Visitor) -> None:
    for rank in range(SIZE + 3):
        make_resident("Amina", family_name=f"Diallo{rank:03}")

    first, second = find_people("amina", 1), find_people("amina", 2)

    assert (len(first.items), first.has_next) == (SIZE, True)
    assert (len(second.items), second.has_next, second.has_previous) == (3, False, True)
    assert not {one.id for one in first.items} & {one.id for one in second.items}
    assert find_people("amina", MOST_PAGES + 90).items == []


def test_the_list_of_people_costs_the_same_however_long(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DESK))
    counts = []
    for _ in range(2):
        for _ in range(20):
            make_resident("Amina", family_name="Diallo")
        statements.reset()
        answer = client.get("/accueil?q=diallo+amina")
        counts.append(len(statements))
        assert answer.status_code == 200

    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("typed", ["%00a", "%25", "%F4%8F%BF%BF", "...", "@", "+", "_", "a" * 300])
def test_a_search_of_odd_characters_finds_nobody(client: Visitor, typed: str) -> None:
    client.sign_in(make_with_role(Role.DESK))
    make_resident("Zoé", family_name="Zu", email=None)

    answer = client.get(f"/accueil?q={typed}")

    assert answer.status_code == 200
    assert "Zoé" not in answer.text


def test_what_was_typed_is_read_as_names_and_a_year() -> None:
    day = date(2026, 3, 1)

    assert name_and_year("amina ben ali 1984", day) == ("Amina", "Ben Ali", 1984)
    assert name_and_year("McDonald", day) == ("McDonald", "", None)
    assert name_and_year("2099 0612345678", day) == ("", "", None)
    assert tokens_of("20 26 00 14") == [("20260014", "%41006202")]
