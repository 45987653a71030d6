"""Every ballot and every result of the demonstration: axe, no sideways scroll, by thumb alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core.db import db
from app.demo.people import CARD, PIN
from app.voting.models import Poll
from tests.journeys.conftest import PHONE, Visit, sign_in
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.browser


def polls(app: Flask, status: str) -> list[tuple[int, str]]:
    with app.app_context():
        query = select(Poll.id, Poll.method).where(Poll.status == status, Poll.body_id.is_(None))
        return [(row.id, row.method) for row in db.session.execute(query)]


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "by night"])
def test_every_result_is_sound_on_a_phone(centre: Flask, visit: Visit, dark: bool) -> None:
    page = visit(PHONE, dark=dark)
    closed = polls(centre, "closed")

    found = []
    for number, _method in closed:
        page.goto(f"/scrutins/{number}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        found += faults(page, f"/scrutins/{number}")

    assert found == []
    assert {"yesno", "majority_judgment", "equal_shares", "stv"} <= {key for _, key in closed}


def test_someone_ranks_by_pressing_buttons_reads_it_back_and_sends_it(
    centre: Flask, visit: Visit
) -> None:
    page = visit(PHONE)
    number = next(number for number, method in polls(centre, "open") if method == "schulze")
    sign_in(page, CARD, PIN)
    page.goto(f"/scrutins/{number}/voter")
    assert faults(page, "the empty ballot") == []

    press(page, "Mettre en 1er : Le Fil")
    press(page, "Mettre en 2e : La Ruche")
    press(page, "Monter La Ruche")
    expect(page.locator(".ranking .what strong").first).to_have_text("La Ruche")
    assert faults(page, "the ballot begun") == []
    press(page, "Relire mon vote")

    expect(page.locator(".recap")).to_contain_text("1er choix")
    assert faults(page, "the ballot read back") == []
    press(page, "Envoyer mon vote")
    expect(page.locator("h1")).to_contain_text("Vous avez voté")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
