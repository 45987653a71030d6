"""How many times a secret may be guessed, and by whom."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.core.db import db
from app.core.limits import limiter
from tests.accounts.phones import code_of, enrolled
from tests.factories import make_resident
from tests.support import Visitor

SECRET = "soleil-pont-carotte"
_hosts = count(1)


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """Rate limits as in service."""
    limiter.enabled = True
    yield app
    limiter.reset()
    limiter.enabled = False


def elsewhere(app: Flask) -> Visitor:
    """Someone at an address never seen."""
    visitor = Visitor(app)
    number = next(_hosts)
    visitor.environ_base["REMOTE_ADDR"] = f"198.51.{number // 250}.{number % 250}"
    return visitor


def tries(app: Flask, identifier: str, wrong: str, how_many: int) -> list[int]:
    """As many wrong tries, each from another address; the answers' statuses."""
    typed = {"identifier": identifier, "secret": wrong}
    return [elsewhere(app).send("/connexion", typed).status_code for _ in range(how_many)]


@pytest.fixture
def amina(app: Flask) -> Resident:
    return make_resident(email="amina@example.org", password=SECRET, pin="123456")


def test_guessing_from_many_addresses_stops_and_the_owner_still_comes_in(
    limited: Flask, amina: Resident
) -> None:
    phone = elsewhere(limited)
    right = {"identifier": "amina@example.org", "secret": SECRET}
    phone.send("/connexion", right)
    phone.send("/deconnexion")

    answers = tries(limited, "amina@example.org", "faux", 25)
    stranger = elsewhere(limited).send("/connexion", right)
    owner = phone.send("/connexion", right)

    assert answers.count(422) == 20
    assert answers[20:] == [429] * 5
    assert stranger.status_code == 429
    assert owner.status_code == 302


def test_a_card_s_six_digits_are_tried_eight_times_an_hour_from_everywhere(
    limited: Flask, amina: Resident
) -> None:
    answers = tries(limited, amina.card_number, "000000", 12)

    assert answers.count(422) == 8
    assert set(answers[8:]) == {429}


def test_writing_a_card_s_number_otherwise_gives_no_more_tries(
    limited: Flask, amina: Resident
) -> None:
    number = amina.card_number
    spellings = [
        number,
        f"{number[:4]} {number[4:]}",
        f"{number[:4]}-{number[4:]}",
        f" {number}",
        f"{number}x",
        ".".join(number),
        f"n° {number}",
        f"{number}\u00a0",
    ]
    answers = [tries(limited, spelling, "000000", 1)[0] for spelling in spellings + spellings]

    assert answers.count(422) == 8


def test_one_known_to_an_account_is_a_stranger_to_the_others(
    limited: Flask, amina: Resident
) -> None:
    make_resident(email="autre@example.org", password=SECRET)
    attacker = elsewhere(limited)
    attacker.send("/connexion", {"identifier": "autre@example.org", "secret": SECRET})
    tries(limited, "amina@example.org", "faux", 20)

    answer = attacker.send("/connexion", {"identifier": "amina@example.org", "secret": SECRET})

    assert answer.status_code == 429


def test_a_made_up_known_device_is_not_believed(limited: Flask, amina: Resident) -> None:
    tries(limited, "amina@example.org", "faux", 20)
    forger = elsewhere(limited)
    forger.set_cookie("appareil", "IngyYWkiLCI.aaaa.bbbb")

    answer = forger.send("/connexion", {"identifier": "amina@example.org", "secret": SECRET})

    assert answer.status_code == 429


def test_someone_locked_out_on_a_new_device_comes_in_by_mail(
    limited: Flask, amina: Resident
) -> None:
    tries(limited, "amina@example.org", "faux", 22)

    asked = elsewhere(limited).send("/connexion/lien", {"email": "amina@example.org"})

    assert asked.status_code == 302


def test_the_codes_of_a_phone_are_tried_ten_times_an_hour(limited: Flask, amina: Resident) -> None:
    key, _codes = enrolled(amina)
    answers = []
    for _ in range(12):
        visitor = elsewhere(limited)
        visitor.send("/connexion", {"identifier": "amina@example.org", "secret": SECRET})
        answers.append(visitor.send("/connexion/code", {"code": "000000"}).status_code)
    last = elsewhere(limited)
    last.send("/connexion", {"identifier": "amina@example.org", "secret": SECRET})

    assert answers.count(422) == 10
    assert last.send("/connexion/code", {"code": code_of(key)}).status_code == 429
    assert db.session.scalars(select(SignIn)).all() == []
