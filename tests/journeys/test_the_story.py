"""From one resident's act to a moving indicator: the whole story, at phone width."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts.link_services import write_links
from app.core.clock import at, now
from app.core.db import db
from app.core.mail import OutboxMail
from app.demo.people import CARD, PASSWORD, PIN
from app.indicators.audits import audit
from app.voting.jobs import tend
from tests.journeys.conftest import Visit, sign_in

pytestmark = pytest.mark.browser

TITLE = "Repas des voisins de l’automne"


def link_in_last_mail(centre: Flask, to: str) -> str:
    """The path of the link in the newest mail to this address."""
    write_links.call_local()
    with centre.app_context():
        text = db.session.scalars(
            select(OutboxMail.text).where(OutboxMail.to == to).order_by(OutboxMail.id.desc())
        ).first()
    found = re.search(r"http://[^/\s]+(/\S+)", text or "")
    assert found
    return found.group(1)


def figure(page: Page, code: str) -> int:
    """The value of an indicator, as its page shows it."""
    page.goto(f"/indicateurs/{code}")
    return int(re.sub(r"\D", "", page.locator(".figure").first.inner_text()))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def test_a_resident_s_idea_becomes_a_vote_and_moves_an_indicator(
    centre: Flask, visit: Visit
) -> None:
    reader = visit()
    before = figure(reader, "3.2.3")

    amina = visit(javascript=False)
    amina.goto("/")
    amina.goto("/inscription")
    amina.fill("#given_name", "Nour")
    amina.fill("#family_name", "Belkacem")
    amina.fill("#email", "nour@example.org")
    amina.select_option("#quartier_id", label="La Source")
    amina.check("#accepts")
    press(amina, "Créer mon compte")
    amina.goto(link_in_last_mail(centre, "nour@example.org"))
    amina.fill("#password", "trois petits pois verts")
    press(amina, "Ouvrir mon compte")
    expect(amina.locator("h1")).to_contain_text("Nour")

    amina.goto("/comites/comite-famille")
    press(amina, "Rejoindre")
    amina.goto("/propositions/nouvelle")
    amina.fill("#title", TITLE)
    amina.fill("#text", "Une grande table, un plat par famille, et de la musique.")
    amina.select_option("#category_id", index=1)
    amina.select_option("#body_id", label="Comité famille")
    press(amina, "Envoyer")
    expect(amina.locator("main")).to_contain_text(TITLE)
    proposal = re.search(r"/propositions/(\d+)", amina.url)
    assert proposal
    address = proposal.group(0)

    referent = visit()
    sign_in(referent, "thomas@example.org", PASSWORD)
    referent.goto(address)
    press(referent, "Publier la proposition")
    expect(referent.locator("main")).to_contain_text("soutien")

    fatou = visit(javascript=False)
    sign_in(fatou, CARD, PIN)
    fatou.goto(address)
    press(fatou, "Je soutiens")
    fatou.fill("#text", "J’apporterai le couscous.")
    press(fatou, "Publier mon commentaire")
    expect(fatou.locator("main")).to_contain_text("couscous")

    # An admitted proposal is a contribution to the comité: Nour now counts, by herself.
    assert figure(reader, "3.2.3") == before + 1

    poll = put_to_vote(referent, address)
    for voter in (amina, fatou):
        vote(voter, poll)
    fatou.goto(poll + "/voter")
    expect(fatou.locator("main")).not_to_contain_text("Relire mon vote")

    with centre.test_request_context(), at(now() + timedelta(days=30)):
        tend()
        assert audit().differences == ()
    reader.goto(poll)
    expect(reader.locator("main")).to_contain_text("Adopté")
    reader.goto(address)
    expect(reader.locator("main")).to_contain_text("Adoptée")
    with centre.app_context():
        told = db.session.scalar(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.to == "nour@example.org")
        )
    assert told and told >= 4


def put_to_vote(referent: Page, address: str) -> str:
    """The référent asks the comité; gives the poll's address."""
    referent.goto("/scrutins/nouveau")
    referent.fill("#title", "Le repas des voisins, oui ou non ?")
    referent.get_by_role("checkbox", name=re.compile(TITLE)).check()
    closes = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    referent.fill("#closes_at", closes)
    press(referent, "Mettre au vote")
    found = re.search(r"/scrutins/\d+", referent.url)
    assert found, referent.locator("main").inner_text()
    return found.group(0)


def vote(voter: Page, poll: str) -> None:
    voter.goto(poll)
    voter.get_by_role("link", name="Voter").first.click()
    voter.get_by_label("Pour", exact=True).check()
    press(voter, "Relire mon vote")
    press(voter, "Envoyer mon vote")
    voter.wait_for_url("**/recu")
