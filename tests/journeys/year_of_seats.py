"""What the year tells of seats: candidates, a vote that gives them, a draw that renews them."""

from app.bodies.mandate_services import end_terms
from app.mandates.alerts import warn_of_ends
from app.voting.jobs import tend
from tests.journeys.year import Neighbour, Town

CHOSEN = ("Amina", "Rachid", "Leïla", "Fatou")
"""Fatou has a card and no e-mail."""


def call(place: Town, people: dict[str, Neighbour], seats: int, names: tuple[str, ...]) -> None:
    """The direction calls for candidates; these stand, and the call is closed a week later."""
    director, calendar = people["Claire"], place.calendar
    director.go("/conseil/appels")
    director.follow("Ouvrir un appel")
    director.fill(seats=str(seats), text="Quatre soirs par an.", closes_at=calendar.typed(days=20))
    director.press("Ouvrir l’appel et prévenir")
    address = director.page.url
    for name in names:
        one = people[name]
        one.go("/conseil/appels")
        one.follow("Habitants")
        one.follow("Je me présente")
        one.fill(text=f"Je suis {name}, et j’ai du temps.")
        one.page.check("[name=agrees]")
        one.press("Je me présente")
        assert "Vous êtes candidat." in one.read()
    calendar.wait(8 * 24 * 60)
    director.go(address)
    director.press("Fermer l’appel maintenant")


def election(place: Town, people: dict[str, Neighbour]) -> None:
    """Five stand for four seats; four vote, each for another."""
    director = people["Claire"]
    director.go("/conseil/sieges/nombre")
    director.fill(habitants_titulaires="4")
    director.press("Enregistrer")
    call(place, people, 4, (*CHOSEN, "José"))
    director.press("Préparer un vote")
    director.fill(closes_at=place.calendar.typed(days=5))
    director.press("Mettre au vote")
    address = f"/scrutins/{director.number()}"
    for voter, name in zip(("Nour", "José", "Amina", "Fatou"), CHOSEN, strict=True):
        one = people[voter]
        one.go(address)
        one.follow("Voter")
        row = one.main.locator(".row-of-rank").filter(has_text=people[name].name)
        row.get_by_role("button", name="Mettre en").click()
        one.press("Relire mon vote")
        one.press("Envoyer mon vote")
        assert "Vous avez voté" in one.read()
    place.calendar.wait(6 * 24 * 60)
    with place.there():
        tend()
    director.go("/conseil/appels")
    director.follow("Habitants")
    director.press("Donner leurs sièges aux élus")
    director.go("/conseil/sieges")
    assert [name for name in people if people[name].name in director.read()] == [
        name for name in people if name in CHOSEN
    ]


def renewal(place: Town, people: dict[str, Neighbour]) -> None:
    """Terms end in January: members are told, others stand, and two are drawn by lot."""
    director, leaves, calendar = people["Claire"], people["Leïla"], place.calendar
    with place.there():
        assert warn_of_ends() == len(CHOSEN)
    leaves.go("/moi")
    assert "Votre mandat au conseil se termine dans" in leaves.read()
    calendar.leap(1, 8, years=1)
    stand = ("Amina", "Nour", "José")
    call(place, people, 2, stand)
    director.follow("Préparer un tirage")
    director.press("Figer et publier la liste")
    draw = director.page.url
    calendar.leap(1, 27, years=1)
    with place.there():
        assert end_terms() == len(CHOSEN)
    director.go(draw)
    director.press("Tirer au sort")
    director.press("Refuse")
    director.press("Accepte")
    director.press("Accepte")
    leaves.go("/conseil/sieges")
    assert sum(people[name].name in leaves.read() for name in stand) == 2
    leaves.go("/conseil/sieges/passes")
    assert all(people[name].name in leaves.read() for name in CHOSEN)
