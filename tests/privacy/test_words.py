"""What the house holds on someone is written as they read it elsewhere."""

import io
import re
import zipfile

from flask import Flask
from sqlalchemy import select

from app.accounts import adhesion_services
from app.accounts.access_models import SignIn
from app.accounts.adhesion_models import Kind, Payment
from app.core.db import db
from app.core.rights import Role
from app.privacy.export import archive
from app.privacy.held_accounts import HELD
from app.privacy.inventory import HOLDINGS
from app.privacy.reading import every_row, holding_label, treatment
from app.privacy.treatments import TEAM, TREATMENTS
from tests.accounts.family_support import make_child
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


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


ADDRESSED = re.compile(r"\b(vous|votre|vos|vôtre)\b", re.IGNORECASE)


def test_what_is_held_of_a_child_does_not_speak_to_the_child() -> None:
    spoken_to = [
        holding_label(holding, is_me=False)
        for holding in HOLDINGS
        if holding.purpose != TEAM and not holding.hidden
    ]
    purposes = [treatment(key, is_me=False) for key in TREATMENTS if key != TEAM]
    spoken_to += [f"{one.name} {one.purpose}" for one in purposes]

    assert [label for label in spoken_to if ADDRESSED.search(label)] == []


def test_a_parent_reads_their_child_s_data_in_words_for_them(client: Visitor) -> None:
    parent = make_resident("Leïla")
    child = make_child(parent, "Inès")
    client.sign_in(parent)

    page = client.get(f"/moi/donnees/enfant/{child.id}").text

    assert "Adultes qui répondent de cet enfant" in page
    assert "Personne d’autre que vous" not in page
    assert "Rappels des votes" not in page


def test_a_device_and_a_season_are_written_in_words(app: Flask, client: Visitor) -> None:
    amina = make_resident()
    client.sign_in(amina)
    session = db.session.scalars(select(SignIn)).one()
    session.device = "Mozilla/5.0 (iPhone; CPU) AppleWebKit Safari/604.1"
    db.session.commit()
    adhesion_services.take_adhesion(
        make_with_role(Role.DESK),
        amina,
        kind=Kind.INDIVIDUAL,
        season=2026,
        fee_cents=750,
        payment=Payment.CASH,
    )

    made = io.BytesIO()
    archive(amina, made)
    with zipfile.ZipFile(made) as copy:
        page, data = copy.read("mes-donnees.html").decode(), copy.read("donnees.json").decode()

    assert "iPhone, Safari" in page
    assert "Mozilla" not in page
    assert "Mozilla" in data
    assert "2026-2027" in page
