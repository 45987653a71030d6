"""Cards on paper, and the code that is printed once."""

import pytest

from app.accounts.methods import identify
from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.desk import cards
from tests.desk.paper import code_on, codes_on, pages_of, words_on
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


def test_a_card_printed_without_a_new_code_leaves_the_old_one_good(client: Visitor) -> None:
    resident = make_resident("Fatou", family_name="N’Diaye", email=None, pin="123456")
    client.sign_in(make_with_role(Role.DESK))

    card = client.send(f"/accueil/personnes/{resident.id}/carte.pdf")

    assert card.mimetype == "application/pdf"
    assert card.headers["Cache-Control"] == "no-store"
    assert "Fatou N’Diaye" in words_on(card.data)
    assert codes_on(card.data) == []
    assert identify(resident.card_number, "123456") is not None


def test_a_new_code_replaces_the_old_one_and_signs_out(client: Visitor) -> None:
    resident = make_resident(email=None, pin="123456")
    theirs = Visitor(client.application).sign_in(resident)
    client.sign_in(make_with_role(Role.DESK))

    card = client.send(f"/accueil/personnes/{resident.id}/carte.pdf", {"code": "1"})

    assert identify(resident.card_number, "123456") is None
    assert identify(resident.card_number, code_on(card.data)) is not None
    assert theirs.get("/moi").status_code == 302


def test_an_agent_gives_no_code_that_would_sign_in_as_the_direction(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(make_with_role(Role.DESK))
    address = f"/accueil/personnes/{director.id}"

    page, answer = client.get(address), client.send(f"{address}/carte.pdf", {"code": "1"})

    assert "Carte et nouveau code" not in page.text
    assert answer.status_code == 403
    assert db.session.get_one(Resident, director.id).pin_hash is None


def test_nine_people_take_two_sheets_and_only_those_asked_for_get_a_code(client: Visitor) -> None:
    people = [make_resident(f"Prénom{rank}", pin="123456") for rank in range(9)]
    client.sign_in(make_with_role(Role.DESK))
    ids = [str(one.id) for one in people]

    sheet = client.send("/accueil/cartes.pdf", {"personne": ids, "code": [ids[8], ids[0]]})

    assert pages_of(sheet.data) == 2
    assert all(f"Prénom{rank}" in words_on(sheet.data) for rank in range(9))
    codes = codes_on(sheet.data)
    assert [
        identify(people[rank].card_number, code) is not None
        for rank, code in zip((0, 8), codes, strict=True)
    ] == [True, True]
    assert identify(people[4].card_number, "123456") is not None


def test_a_sheet_keeps_who_was_chosen_while_one_searches(client: Visitor) -> None:
    first = make_resident("Amina", family_name="Benali")
    second = make_resident("Rachid", family_name="Haddad")
    client.sign_in(make_with_role(Role.DESK))

    page = client.get(f"/accueil/cartes?personne={first.id}&q=rachid").text

    assert f'name="personne" value="{first.id}"' in page
    assert f"personne={first.id}&amp;personne={second.id}" in page


def test_one_refused_code_leaves_every_code_as_it_was(client: Visitor) -> None:
    resident, director = make_resident(pin="123456"), make_with_role(Role.DIRECTOR)
    client.sign_in(make_with_role(Role.DESK))
    both = [str(resident.id), str(director.id)]

    client.send("/accueil/cartes.pdf", {"personne": both, "code": both})

    assert identify(resident.card_number, "123456") is not None


@pytest.mark.parametrize(
    "name", ["#panic() $x$", "தமிழ்ச்செல்வி", "\\u{1F600}", "=Titre *gras* _souligné_ @ref"]
)
def test_no_name_is_taken_for_a_formula_or_breaks_the_page(client: Visitor, name: str) -> None:
    resident = make_resident(name)
    client.sign_in(make_with_role(Role.DESK))

    card = client.send(f"/accueil/personnes/{resident.id}/carte.pdf")

    assert card.status_code == 200
    assert pages_of(card.data) == 1


def test_a_card_is_read_aloud_as_pdf_ua_promises(client: Visitor) -> None:
    resident = make_resident("Amina", family_name="Benali")
    client.sign_in(make_with_role(Role.DESK))

    card = client.send(f"/accueil/personnes/{resident.id}/carte.pdf").data

    assert b"pdfuaid:part" in card or b"pdfuaid" in card


def test_eighty_cards_are_the_most_at_once(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))
    many = [str(number) for number in range(1, cards.MOST_CARDS + 2)]

    answer = client.send("/accueil/cartes.pdf", {"personne": many})

    assert answer.status_code == 302
