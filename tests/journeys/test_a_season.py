"""The centre lives a season with the people of its quartiers, on telephones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Browser

from app.accounts.second_factor_services import set_demonstration_key
from app.core.db import atomic
from app.core.jobs import init_jobs
from app.core.rights import Role
from app.indicators.audits import audit
from app.ledger.acts import Standing
from tests.factories import make_quartier, make_resident, make_with_role
from tests.journeys.season import (
    call_off,
    card_of,
    close,
    date_of,
    dates,
    plan,
    poster,
    show_cards,
    tap,
    weekly,
)
from tests.journeys.test_every_page import faults
from tests.journeys.year import PASSWORD, YEAR, Neighbour, Town, town

pytestmark = pytest.mark.browser

NAMES = ("Amina", "Rachid", "Leïla", "Nour", "José", "Fatou")
NOTHING = {
    "1.1.1": 0,
    "1.1.2": 0,
    "1.1.3": 0,
    "1.2.1": 0,
    "1.3.2": 0,
    "1.3.3": 0,
    "2.1.1": 0,
    "2.1.2": 0,
    "2.1.3": 0,
    "2.3.2": 0,
    "3.1.2": 0,
    "3.2.1": 0,
    "3.2.2": 0,
}


@pytest.fixture
def place(suite_app: Flask, tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made
    init_jobs(suite_app)


@pytest.fixture
def people(browser: Browser, place: Town) -> Iterator[dict[str, Neighbour]]:
    """The direction and six neighbours; one of them has a telephone that runs JavaScript."""
    found: dict[str, Neighbour] = {}
    with place.there():
        make_quartier("La Source")
        director = make_with_role(
            Role.DIRECTOR,
            given_name="Claire",
            email="direction@example.org",
            password=PASSWORD,
            standing=Standing.TEAM.value,
        )
        atomic(lambda: set_demonstration_key(director))()
        everyone = [director] + [
            make_resident(name, password=PASSWORD, standing=Standing.HABITANT.value)
            for name in NAMES
        ]
        for one in everyone:
            who, keys = (one.id, one.display_name), (str(one.email), PASSWORD)
            script = one.given_name == "Leïla"
            found[one.given_name] = Neighbour(browser, place, who, *keys, javascript=script)
    yield found
    for neighbour in found.values():
        neighbour.page.context.close()


def test_a_centre_lives_a_season(place: Town, people: dict[str, Neighbour]) -> None:
    claire = people["Claire"]
    claire.go("/programme")
    before = figures(claire)

    cafe(place, people)
    party(place, people)
    with_partners(place, claire)
    learning(place, people)
    with_the_town(place, claire)
    place.calendar.leap(12, 15)

    assert before == NOTHING
    assert figures(claire) == {
        "1.1.1": 2,  # the fête, and the forum of the town
        "1.1.2": 1,  # the forum
        "1.1.3": 270,  # 240 at the fête, 30 at the forum
        "1.2.1": 1,  # the café, held twice of its three dates
        "1.3.2": 1,
        "1.3.3": 6,  # five neighbours and the director
        "2.1.1": 1.5,  # two hours planned, one and a half held
        "2.1.2": 1,
        "2.1.3": 1,  # the fête, with its partner; the café has none
        "2.3.2": 1,  # two trainings offered, one called off
        "3.1.2": 1,
        "3.2.1": 2,
        "3.2.2": 6,  # those who held the buvette
    }
    assert seen(people["Leïla"]) == []
    with place.there():
        assert audit().differences == ()


def cafe(place: Town, people: dict[str, Neighbour]) -> None:
    """Every Tuesday of January but one; posters are up; one date is called off."""
    claire, amina, rachid = people["Claire"], people["Amina"], people["Rachid"]
    number = plan(
        claire,
        "Café des parents",
        "activite",
        public="familles",
        place="Grande salle",
        takes_registrations=True,
        capacity="12",
    )
    weekly(claire, number, without="01-21")
    first, second, third = dates(place, number)
    said = poster(claire, f"/programme/affiche-mois.pdf?jour={YEAR}-01-06&pour=familles")
    assert said.count("Café des parents") == 2, "the third date is in February"
    assert "9 h à 11 h" in said
    amina.go(f"/programme/{number}")
    amina.follow("Inscrire quelqu’un de ma famille")
    amina.press("Inscrire à toutes les dates")
    rachid.go(f"/programme/{number}")
    rachid.press("S’inscrire")
    call_off(claire, number, third, "Le chauffage est en panne")
    assert kept(amina) == {first: "CONFIRMED", second: "CONFIRMED", third: "CANCELLED"}
    week = poster(claire, f"/programme/affiche-semaine.pdf?jour={YEAR}-02-04")
    assert "Annulé : Le chauffage est en panne" in week
    place.calendar.leap(1, 14, 9, 15)
    tap(claire, first, 2)
    close(claire, first)
    place.calendar.leap(1, 28, 9, 15)
    tap(claire, second, 1)
    close(claire, second)


def kept(who: Neighbour) -> dict[int, str]:
    """What a telephone reads at the secret address: sessions, and whether they hold."""
    who.go("/moi")
    who.follow("Mon calendrier")
    who.press("Créer mon calendrier")
    address = who.page.input_value("#adresse").split("/calendrier/")[1]
    told = who.page.request.get(f"/calendrier/{address}").text()
    read = Calendar.from_ical(told).walk("VEVENT")
    assert len(read) == len(vobject.readOne(told).vevent_list)
    return {int(str(one["uid"]).split("-")[1].split("@")[0]): str(one["status"]) for one in read}


def party(place: Town, people: dict[str, Neighbour]) -> None:
    """A fête in the quartier, with a partner, six volunteers, and a crowd counted by eye."""
    claire = people["Claire"]
    place.calendar.leap(4, 7)
    claire.go("/partenaires/nouveau")
    claire.fill(name="Mission locale")
    claire.page.select_option("main [name=kind]", "emploi")
    claire.press("Enregistrer la fiche")
    number = plan(
        claire,
        "Fête de la Source",
        "fete_quartier",
        is_offsite=True,
        quartier_id="1",
        place="La place",
    )
    date_of(claire, number, "05-24T14:00", "05-24T19:00")
    claire.go(f"/programme/{number}")
    claire.follow("Les partenaires")
    claire.page.select_option("main select", "co-organises")
    claire.press("Enregistrer les partenaires")
    claire.go(f"/programme/{number}")
    claire.follow("Demander des bénévoles")
    claire.fill(label="Tenir la buvette", wanted="6")
    claire.press("Demander cette aide")
    for name in NAMES:
        people[name].go(f"/programme/{number}")
        people[name].press("J’aide")
    (session,) = dates(place, number)
    place.calendar.leap(5, 24, 18, 30)
    tap(claire, session, 6)
    close(claire, session, people=240)


def with_partners(place: Town, claire: Neighbour) -> None:
    """Two hours planned to exchange with a partner; an hour and a half was enough."""
    place.calendar.leap(6, 2)
    number = plan(claire, "Tour de table", "reunion_partenariale", nature="echange")
    date_of(claire, number, "06-10T10:00", "06-10T12:00")
    (session,) = dates(place, number)
    place.calendar.leap(6, 10, 12, 5)
    claire.go(f"/seances/{session}/presences")
    claire.follow("Les partenaires présents")
    claire.page.select_option("main select", "present")
    claire.press("Enregistrer les partenaires")
    close(claire, session, minutes=90)


def learning(place: Town, people: dict[str, Neighbour]) -> None:
    """The team and neighbours learn what a centre social is, then present it to others."""
    claire = people["Claire"]
    place.calendar.leap(9, 1)
    number = plan(claire, "Qu’est-ce qu’un centre social", "formation_concept")
    date_of(claire, number, "09-16T14:00", "09-16T17:00")
    other = plan(claire, "Premiers secours", "formation_equipe")
    date_of(claire, other, "09-18T14:00", "09-18T17:00")
    (session,), (lost,) = dates(place, number), dates(place, other)
    assert figures(claire)["2.3.2"] == 2, "offered as soon as they are on the programme"
    call_off(claire, other, lost, "Le formateur est malade")
    there = [claire, *(people[name] for name in NAMES[:5])]
    place.calendar.leap(9, 16, 16, 0)
    show_cards(claire, session, [card_of(place, one) for one in there])
    close(claire, session)
    talk = plan(claire, "Le centre, c’est quoi ?", "presentation_concept", nature="habitants")
    date_of(claire, talk, "09-30T18:00", "09-30T19:00")
    place.calendar.leap(9, 30, 19, 5)
    close(claire, dates(place, talk)[0], people=17)


def with_the_town(place: Town, claire: Neighbour) -> None:
    """The town leads; the centre holds its part, in the quartier."""
    place.calendar.leap(10, 6)
    number = plan(
        claire,
        "Forum de la Ville",
        "action_municipale",
        lead="ville",
        is_offsite=True,
        quartier_id="1",
        place="Le gymnase",
    )
    date_of(claire, number, "10-11T10:00", "10-11T12:00")
    place.calendar.leap(10, 11, 12, 30)
    close(claire, dates(place, number)[0], people=30)


def figures(reader: Neighbour) -> dict[str, float]:
    """What the site tells anyone of the year."""
    period = f"debut={YEAR}-01-01&fin={YEAR}-12-31"
    told = reader.page.request.get(f"/api/v1/indicateurs?{period}").json()["indicateurs"]
    return {one["code"]: one["valeur"] for one in told if one["code"] in NOTHING}


def seen(reader: Neighbour) -> list[str]:
    """What is wrong with the pages that anyone reads of such a season."""
    found = []
    for address in (
        f"/programme/mois?jour={YEAR}-02-01",
        f"/programme/semaine?jour={YEAR}-02-04",
        "/programme/agenda?quartier=1",
        "/quartiers",
        "/quartiers/la-source",
        "/moi/calendrier",
    ):
        reader.go(address)
        found += faults(reader.page, address)
        if address.endswith("la-source"):
            assert "2 rencontres tenues dans le quartier" in reader.read()
            assert "270 venues en tout" in reader.read()
        if "02-04" in address:
            assert "Le chauffage est en panne" in reader.read()
    return found
