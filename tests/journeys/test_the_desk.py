"""A grandmother without an address: her card, her vote at the shared tablet, her list."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.demo.people import PASSWORD
from app.voting import services as voting
from app.voting.drafting import PollDraft
from app.voting.models import Emargement, Poll
from tests.journeys.conftest import DESKTOP, Visit, sign_in
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.browser

TABLET = {"width": 1024, "height": 768}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def register(agent: Page) -> tuple[str, str, str]:
    """At the desk: the address of her sheet, the number and the code on her card."""
    agent.goto("/accueil/inscrire")
    agent.fill("#given_name", "Ginette")
    agent.fill("#family_name", "Delacroix-Lemoine")
    press(agent, "Inscrire")
    agent.wait_for_url("**/accueil/personnes/*")
    sheet = re.sub(r"^https?://[^/]+", "", agent.url)
    token = agent.locator("input[name=csrf_token]").first.input_value()
    card = agent.request.post(f"{sheet}/carte.pdf", form={"csrf_token": token, "code": "1"})
    words = PdfReader(io.BytesIO(card.body())).pages[0].extract_text()
    number = re.search(r"Carte n°\n([\d\s]+)\n", words)
    code = re.search(r"Code secret\n([\d\s]+)\n", words)
    assert number
    assert code
    return sheet, "".join(number.group(1).split()), "".join(code.group(1).split())


def open_poll(centre: Flask) -> int:
    """Once she is registered: a roll is frozen when the vote opens."""
    with centre.test_request_context():
        director = db.session.scalars(
            select(Resident).where(Resident.email == "direction@example.org")
        ).one()
        draft = PollDraft(
            title="Une rampe devant le centre ?",
            method="yesno",
            closes_at=now() + timedelta(days=2),
        )
        poll_id: int = voting.create_poll(director, draft).id
    return poll_id


def enter_with_card(tablet: Page, number: str, code: str) -> None:
    """With the large digits, one finger."""
    tablet.get_by_role("link", name="J’ai ma carte").click()
    for digit in number + code:
        tablet.locator(f'[data-digit="{digit}"]').click()
    press(tablet, "Entrer")


def wait(tablet: Page, seconds: int) -> None:
    """Nobody touches the screen."""
    tablet.clock.fast_forward(seconds * 1000)


def test_a_grandmother_is_helped_votes_at_the_tablet_and_leaves_nothing_there(
    centre: Flask, visit: Visit
) -> None:
    agent = visit(DESKTOP)
    sign_in(agent, "accueil@example.org", PASSWORD)
    sheet, number, code = register(agent)
    poll_id = open_poll(centre)

    # At the desk, with her: an idea is supported in her name, under the banner.
    agent.goto(sheet)
    agent.get_by_role("link", name="Agir avec cette personne").click()
    agent.get_by_label("La personne est devant moi").check()
    agent.fill("#purpose", "soutenir une idée")
    press(agent, "Commencer")
    banner = agent.get_by_role("region", name="Accompagnement en cours")
    expect(banner).to_contain_text("Vous agissez avec Ginette D.")
    agent.goto("/propositions?statut=gathering")
    agent.locator("main .card h2 a, main .card h3 a").first.click()
    press(agent, "Je soutiens")
    expect(banner).to_contain_text("encore")
    assert faults(agent, "with someone") == []
    press(agent, "Terminer")
    expect(agent.locator("h1")).to_contain_text("Ginette")
    expect(agent.get_by_role("link", name="Imprimer la liste")).to_be_visible()

    # A tablet becomes a kiosk.
    tablet = visit(TABLET)
    tablet.clock.install()
    sign_in(tablet, "accueil@example.org", PASSWORD)
    tablet.goto("/accueil/borne")
    tablet.fill("#name", "Tablette du hall")
    press(tablet, "Ouvrir la borne")
    tablet.wait_for_url("**/borne")
    assert faults(tablet, "kiosk menu") == []

    # She comes in with her card; first, what was done with her.
    enter_with_card(tablet, number, code)
    expect(tablet.locator("h1")).to_contain_text("Ce qui a été fait avec vous")
    expect(tablet.locator("main")).to_contain_text("Vous avez soutenu")
    assert faults(tablet, "what was done") == []
    tablet.get_by_role("link", name="J’ai lu, continuer").click()
    expect(tablet.locator("h1")).to_contain_text("Bonjour Ginette")

    # She votes, in secret.
    tablet.goto(f"/scrutins/{poll_id}")
    tablet.locator("main").get_by_role("link", name="Voter").first.click()
    tablet.get_by_label("Pour", exact=True).check()
    press(tablet, "Relire mon vote")
    press(tablet, "Envoyer mon vote")
    tablet.wait_for_url("**/recu")
    expect(tablet.locator("main")).to_contain_text("Ginette")

    # She forgets to leave: the tablet says so, waits when asked to, then closes.
    countdown = tablet.locator(".countdown")
    expect(countdown).to_be_hidden()
    wait(tablet, 65)
    expect(countdown).to_be_visible()
    expect(tablet.get_by_role("status").first).to_contain_text("Séance fermée dans")
    press(tablet, "Je suis encore là")
    expect(countdown).to_be_hidden()
    wait(tablet, 85)
    expect(countdown).to_be_visible()
    wait(tablet, 10)
    tablet.wait_for_url("**/borne")
    expect(tablet.locator("main")).not_to_contain_text("Ginette")
    expect(tablet.get_by_role("link", name="J’ai ma carte")).to_be_visible()

    # Whoever comes next and goes back sees nothing of hers.
    for _ in range(6):
        tablet.evaluate("history.back()")
        tablet.wait_for_timeout(300)
        shown = tablet.content()
        assert "Ginette" not in shown, tablet.url
        assert 'value="yes"' not in shown
    with centre.app_context():
        poll = db.session.get_one(Poll, poll_id)
        channels = db.session.scalars(
            select(Emargement.channel).where(Emargement.poll_id == poll.id)
        ).all()
    assert channels == ["kiosk"]

    # The same list waits in her account, and is not pushed at her twice.
    tablet.goto("/borne")
    enter_with_card(tablet, number, code)
    expect(tablet.locator("h1")).to_contain_text("Bonjour Ginette")
    tablet.goto("/moi/avec-l-accueil")
    expect(tablet.locator("main")).to_contain_text("Vous avez soutenu")
