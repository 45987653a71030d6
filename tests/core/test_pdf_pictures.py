"""A picture that our typefaces cannot draw is left out of what is printed, never a box."""

import pytest
from flask import Flask

from app.core.clock import now
from app.core.pdf import without_boxes
from app.programme.paper import sheet_pdf
from tests.programme.factories import HOUR, make_session


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Fête 🎉 de l’été", "Fête de l’été"),
        ("Bal 💃🏽🕺 !", "Bal !"),
        ("👨‍👩‍👧 Les familles", "Les familles"),
        ("Porte 1️⃣", "Porte 1"),
        ("🇫🇷", ""),
        ("✅ Sur inscription ❗", "✓ Sur inscription !"),
        ("J’aime ❤️ le quartier", "J’aime ❤ le quartier"),
        ("☕ et ★", "☕ et ★"),
        ("Żaneta, Жанна, ليلى", "Żaneta, Жанна, ليلى"),
        ("deux  espaces", "deux  espaces"),
        ("さくら", "さくら"),
    ],
)
def test_what_cannot_be_drawn_is_left_out(typed: str, printed: str) -> None:
    assert without_boxes(typed) == printed


def test_a_sheet_of_an_action_with_a_picture_in_its_title_is_still_accessible(app: Flask) -> None:
    session = make_session(starts_at=now() + HOUR, title="Fête 🎉", place="Salle 1️⃣")

    assert b"pdfuaid" in sheet_pdf(session)
