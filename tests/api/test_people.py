"""Texts leave the house without the people they name."""

import pytest

from app.api.people import ADDRESS, NAME, NUMBER, named_so

PEOPLE = named_so(["kartoffelstein zebuline", "de la tour jean-pierre", "petit rose", "seul"])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Merci à Zébuline Kartoffelstein.", f"Merci à {NAME}."),
        ("KARTOFFELSTEIN, Zébuline a dit oui", f"{NAME} a dit oui"),
        ("L’idée d’zébuline kartoffelstein", f"L’idée d’{NAME}"),
        ("Zébuline K. et Rose P. viennent", f"{NAME}. et {NAME}. viennent"),
        ("Mme Kartoffelstein et M. de la Tour", f"{NAME} et {NAME}"),
        ("Jean-Pierre de La Tour", NAME),
        ("Écrire à zebuline.k@loud.example !", f"Écrire à {ADDRESS} !"),
        ("Appeler le 06 77 88 99 11 ou +33 (0)6.77.88.99.11", f"Appeler le {NUMBER} ou {NUMBER}"),
    ],
)
def test_names_addresses_and_numbers_go(said: str, left: str) -> None:
    assert PEOPLE.out_of(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Une rose, et un petit banc : rose à planter",
        "Zébuline est un joli prénom",
        "Le 2026-11-23 à 18 h, salle 12, pour 1 200 €",
        "Seul Dupont décide",
        "",
    ],
)
def test_other_words_stay(said: str) -> None:
    assert PEOPLE.out_of(said) == said


def test_whoever_wrote_is_not_named_even_by_their_given_name() -> None:
    said = PEOPLE.out_of("Je suis Zébuline, dite Zaza.", "Zébuline", "Kartoffelstein", "Zaza")

    assert said == f"Je suis {NAME}, dite {NAME}."
