"""What makes a password good enough."""

import time
from contextlib import suppress

import pytest
from flask import Flask

from app.accounts.passwords import check_password
from app.core.errors import Invalid

OWN = ("Amina", "Diallo", "amina.diallo@example.org")


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("court", "10 caractères"),
        ("motdepasse", "trop courant"),
        ("password1234", "trop courant"),
        ("azertyuiop", "trop courant"),
        ("bonjourbonjour", "répétitions"),
        ("abcdefghijkl", "suites"),
        ("Diallo1985", "votre nom"),
        ("amina.diallo", "votre nom"),
        ("amina.diallo@example.org", "votre nom"),
        ("a" * 200, "répétitions"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_change(
    app: Flask, password: str, hint: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(password, *OWN)

    assert hint in refused.value.message
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    ["soleil-pont-carotte", "trois petits pois verts", "un-deux-trois-soleil", "ورد الياسمين هنا"],
)
def test_a_few_words_end_to_end_are_enough(app: Flask, password: str) -> None:
    check_password(password, *OWN)


@pytest.mark.parametrize(
    "password", ["4@8({[<369&#!17|$+52%" * 10, "(c{[<4@1!|7$5+2z%x069&g" * 9, "aA1!" * 50]
)
def test_a_password_made_to_take_long_is_weighed_at_once(app: Flask, password: str) -> None:
    begun = time.process_time()
    with suppress(Invalid):
        check_password(password[:200], *OWN)

    assert time.process_time() - begun < 0.5
