"""Finding a proposal: the same hits on both engines."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Resident
from app.proposals import lifecycle
from tests.proposals.support import waiting

TITLES = {
    "velos": "Des vélos à l’école",
    "jardin": "Un jardin partagé",
    "fete": "Fêtes de quartier",
    "oeufs": "Chasse aux œufs",
    "aujourdhui": "La cuisine d’aujourd’hui",
}
TABLE = [
    ("velo", {"velos"}),
    ("VÉLOS", {"velos"}),
    ("vélo école", {"velos"}),
    ("ecole jardin", set()),
    ("jardins partages", {"jardin"}),
    ("fête", {"fete"}),
    ("fetes du quartier", {"fete"}),
    ("oeuf", {"oeufs"}),
    ("œufs", {"oeufs"}),
    ("aujourd'hui", {"aujourdhui"}),
    ("l’école", {"velos"}),
    ("composteur", {"jardin"}),
    ("le la les", set(TITLES)),
    ("'); DROP TABLE proposals; --", set()),
    ('vélo" OR "jardin', set()),
    ("vélo & !jardin | *", set()),
    ("introuvable", set()),
]


@pytest.fixture
def published(director: Resident) -> None:
    for key, title in TITLES.items():
        proposal = waiting(title=title, text="Un composteur." if key == "jardin" else "Pour tous.")
        lifecycle.admit(proposal, director)


@pytest.mark.usefixtures("published")
def test_words_find_what_they_mean_whatever_accents_and_endings(
    app: Flask, client: FlaskClient
) -> None:
    for words, expected in TABLE:
        page = client.get("/propositions", query_string={"q": words}).get_data(as_text=True)

        found = {key for key, title in TITLES.items() if f">{title}</a>" in page}
        assert found == expected, words
