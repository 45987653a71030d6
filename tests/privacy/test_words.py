"""What the house holds on someone is written as they read it elsewhere."""

from flask import Flask

from app.accounts import adhesion_services
from app.accounts.adhesion_models import Kind, Payment
from app.core.rights import Role
from app.privacy.held_accounts import HELD
from app.privacy.reading import every_row
from tests.factories import make_resident, make_with_role


def test_a_telephone_and_languages_are_written_in_words(app: Flask) -> None:
    amina = make_resident(phone="0612345678", languages="fr,tr")

    [mine] = every_row({one.column: one for one in HELD}["residents.id"], amina)

    assert mine["Téléphone"] == "06\u00a012\u00a034\u00a056\u00a078"
    assert mine["Langues"] == "français, turc"


def test_a_card_and_a_price_are_written_as_on_the_card_and_the_receipt(app: Flask) -> None:
    amina = make_resident()
    adhesion_services.take_adhesion(
        make_with_role(Role.DESK),
        amina,
        kind=Kind.INDIVIDUAL,
        season=adhesion_services.season_now(),
        fee_cents=750,
        payment=Payment.CASH,
    )

    held = {one.column: one for one in HELD}
    [mine] = every_row(held["residents.id"], amina)
    [adhesion] = every_row(held["adhesions.holder_id"], amina)

    pairs = [amina.card_number[at : at + 2] for at in range(0, 8, 2)]
    assert mine["Carte"] == "\u00a0".join(pairs)
    assert adhesion["Montant"] == "7,50\u00a0€"
