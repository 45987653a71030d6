"""What designates someone is found in a text however it was typed, and nothing else is."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.typography import card_fr
from app.notifications.models import Notification
from app.privacy.erasing import erase
from app.privacy.mentions import IN_PLACE, Names
from tests.factories import make_resident

CARD, PHONE = "20261123", "0612345678"


@pytest.fixture
def names(app: Flask) -> Names:
    return Names(_fatou())


@atomic
def _fatou() -> Resident:
    person = make_resident("Fatou", family_name="Camara", phone=PHONE)
    person.card_number = CARD
    return person


@pytest.mark.parametrize(
    "written",
    [
        "20261123",
        "20 26 11 23",
        "20\u00a026\u00a011\u00a023",
        "20\u202f26\u202f11\u202f23",
        "20-26-11-23",
        "20.26.11.23",
        "20 - 26 - 11 - 23",
        "2026 1123",
        "2026-1123",
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "06 123 456 78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "fatou CAMARA",
        "Camara Fatou",
    ],
)
def test_a_number_goes_however_it_is_written(names: Names, written: str) -> None:
    text = f"Voici : {written}, merci."

    assert names.out_of(text, names.sure) == f"Voici : {IN_PLACE}, merci."
    assert names.are_in(text)


@pytest.mark.parametrize(
    "written",
    [
        "le 2026-11-23",
        "le 2026/11/23",
        "20, 26, 11, 23",
        "120261123",
        "20261124",
        "06 12 34 56 79",
        "Fatou",
        "Camaraderie",
    ],
)
def test_a_day_a_list_or_someone_else_s_number_stays(names: Names, written: str) -> None:
    assert names.out_of(written, names.sure) == written
    assert not names.are_in(written)


def test_a_card_as_it_is_printed_leaves_what_was_said_to_others(app: Flask) -> None:
    person, other = _fatou(), make_resident()

    said = (f"La carte {card_fr(CARD)} est prête.", "La réunion du 2026-11-23 est fixée.")

    @atomic
    def say() -> None:
        db.session.add_all(Notification(resident_id=other.id, text=text, url="/") for text in said)

    say()

    atomic(erase)(person, keeps_writings=True)

    texts = db.session.query(Notification.text).order_by(Notification.id).all()
    assert [text for (text,) in texts] == [
        f"La carte {IN_PLACE} est prête.",
        "La réunion du 2026-11-23 est fixée.",
    ]
