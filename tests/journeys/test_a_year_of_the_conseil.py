"""A conseil de maison lives a whole year, on phones, most of them without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.accounts.models import Resident
from app.accounts.second_factor_services import set_demonstration_key
from app.centre.settings import change
from app.core.db import atomic
from app.core.jobs import init_jobs
from app.core.rights import Role
from app.indicators.audits import audit
from app.ledger.acts import Standing
from tests.factories import make_resident, make_with_role
from tests.journeys.test_every_page import faults
from tests.journeys.year import PASSWORD, YEAR, Neighbour, Town, town
from tests.journeys.year_of_decisions import by_consent, by_hands, decide, followed, in_secret
from tests.journeys.year_of_meetings import (
    approve,
    close,
    comite_meets,
    first_meeting,
    without_quorum,
)
from tests.journeys.year_of_seats import election, renewal

pytestmark = pytest.mark.browser

PIN = "246802"
FIGURES = ("3.1.1", "3.1.3", "3.2.3")


@pytest.fixture
def place(suite_app: Flask, tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made
    init_jobs(suite_app)


@pytest.fixture
def people(browser: Browser, place: Town) -> Iterator[dict[str, Neighbour]]:
    """The direction, and those who live here, each with their phone."""
    found: dict[str, Neighbour] = {}

    def arrives(resident: Resident, *keys: str, javascript: bool = False) -> None:
        who = (resident.id, resident.display_name)
        found[resident.given_name] = Neighbour(browser, place, who, *keys, javascript=javascript)

    with place.there():
        director = make_with_role(
            Role.DIRECTOR,
            given_name="Claire",
            email="direction@example.org",
            password=PASSWORD,
            standing=Standing.TEAM.value,
        )
        atomic(lambda: set_demonstration_key(director))()
        atomic(lambda: change("mandate_years", 1))()
        arrives(director, "direction@example.org", PASSWORD)
        for name in ("Amina", "Rachid", "Leïla", "Nour", "José"):
            one = make_resident(name, password=PASSWORD, standing=Standing.HABITANT.value)
            arrives(one, str(one.email), PASSWORD, javascript=name == "Leïla")
        fatou = make_resident(
            "Fatou",
            pin=PIN,
            email=None,
            email_confirmed_at=None,
            registered_by_id=director.id,
            standing=Standing.HABITANT.value,
        )
        arrives(fatou, fatou.card_number, PIN)
    yield found
    for neighbour in found.values():
        neighbour.page.context.close()


def test_a_conseil_lives_a_year(place: Town, people: dict[str, Neighbour]) -> None:
    director, calendar = people["Claire"], place.calendar
    before = figures(director)

    director.go("/conseil")
    director.press("Ouvrir le conseil de maison")
    election(place, people)
    first = first_meeting(place, people)
    decision = decide(people, first)
    comite_meets(place, people)

    third = without_quorum(place, people)
    by_consent(people, third)
    by_hands(people, third)
    in_secret(place, people, third)
    close(director, third)
    approve(people, first, third)
    followed(place, people, decision)

    calendar.leap(12, 15)
    assert before == {"3.1.1": 0, "3.1.3": 0, "3.2.3": 0}
    # The conseil and its comité; two meetings of the conseil, without that which had no quorum;
    # and those who came to the comité.
    assert figures(director) == {"3.1.1": 2, "3.1.3": 2, "3.2.3": 5}
    renewal(place, people)
    assert faulty(people["Leïla"], third) == []
    with place.there():
        assert audit().differences == ()


def figures(reader: Neighbour) -> dict[str, int]:
    """What the site tells anyone of the year."""
    period = f"debut={YEAR}-01-01&fin={YEAR}-12-31"
    told = reader.page.request.get(f"/api/v1/indicateurs?{period}").json()["indicateurs"]
    return {one["code"]: one["valeur"] for one in told if one["code"] in FIGURES}


def faulty(reader: Neighbour, held: int) -> list[str]:
    """What is wrong with the pages that anyone reads of such a year."""
    found = []
    for address in (
        "/conseil",
        "/conseil/sieges",
        "/conseil/appels/2",
        "/conseil/tirages/1",
        "/conseil/decisions",
        f"/reunions/{held}",
        f"/reunions/{held}/compte-rendu",
    ):
        reader.go(address)
        found += faults(reader.page, address)
    return found
