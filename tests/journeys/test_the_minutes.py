"""Minutes are written on a phone at the table: the network and the browser may die."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import meeting_services
from app.bodies.minutes_services import items_of
from app.bodies.models import AgendaItem
from app.bodies.queries import conseil_body
from app.core.clock import at, now
from app.core.db import db
from app.demo.people import PASSWORD
from tests.journeys.conftest import PHONE, Visit, sign_in
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.browser
DIRECTOR = "direction@example.org"


def begun(app: Flask) -> tuple[str, int]:
    """A meeting of the conseil that began an hour ago: where it is written, its first point."""
    with app.app_context():
        by = db.session.scalars(select(Resident).filter_by(email=DIRECTOR)).one()
        conseil = conseil_body()
        assert conseil is not None
        starts_at = now() - timedelta(hours=1)
        with at(starts_at - timedelta(days=15)):
            meeting = meeting_services.convene(
                by,
                conseil,
                title="Conseil du soir",
                starts_at=starts_at,
                place="Grande salle",
                agenda=["Le budget", "La fête"],
            )
        return f"/reunions/{meeting.id}/compte-rendu/brouillon", items_of(meeting.id)[0].id


def kept(app: Flask, item_id: int) -> str:
    with app.app_context():
        return db.session.get_one(AgendaItem, item_id).notes


def test_nothing_written_is_lost_when_the_network_then_the_browser_die(
    centre: Flask, visit: Visit
) -> None:
    address, item_id = begun(centre)
    page = visit(PHONE)
    sign_in(page, DIRECTOR, PASSWORD)
    page.goto(address)
    assert faults(page, "the page where minutes are written") == []
    point = page.locator(f"#point{item_id}")

    point.get_by_label("Ce qui s’est dit").fill("Le budget est présenté.")
    expect(point.get_by_role("status")).to_have_text("Enregistré")
    assert kept(centre, item_id) == "Le budget est présenté."

    page.context.set_offline(True)
    point.get_by_label("Ce qui s’est dit").fill("Le budget est présenté. Il est voté.")
    expect(point.get_by_role("status")).to_contain_text("Pas de réseau")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)

    point = again.locator(f"#point{item_id}")
    expect(point.get_by_label("Ce qui s’est dit")).to_have_value(
        "Le budget est présenté. Il est voté."
    )
    expect(point.get_by_role("status")).to_have_text("Enregistré")
    assert kept(centre, item_id) == "Le budget est présenté. Il est voté."
    again.reload()
    expect(again.locator(f"#point{item_id} [role=status]")).to_have_text("")


def test_of_two_secretaries_on_one_point_the_second_reads_both(centre: Flask, visit: Visit) -> None:
    address, item_id = begun(centre)
    first = visit(PHONE)
    sign_in(first, DIRECTOR, PASSWORD)
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)

    first.locator(f"#point{item_id}").get_by_label("Ce qui s’est dit").fill("Texte de Samir")
    expect(first.locator(f"#point{item_id} [role=status]")).to_have_text("Enregistré")
    point = second.locator(f"#point{item_id}")
    point.locator("textarea").fill("Texte de Zohra")

    expect(point.get_by_role("status")).to_contain_text("Quelqu’un d’autre a écrit ici")
    expect(point.locator("textarea[readonly]")).to_have_value("Texte de Samir")
    assert kept(centre, item_id) == "Texte de Samir"
    assert faults(second, "two versions side by side") == []
    point.locator("textarea:not([readonly])").fill("Texte de Samir et de Zohra")
    point.get_by_role("button", name="Enregistrer").click()
    second.wait_for_load_state()
    assert kept(centre, item_id) == "Texte de Samir et de Zohra"


def test_whoever_is_signed_out_meanwhile_finds_their_words_again(
    centre: Flask, visit: Visit
) -> None:
    address, item_id = begun(centre)
    page = visit(PHONE)
    sign_in(page, DIRECTOR, PASSWORD)
    page.goto(address)
    page.context.clear_cookies(name="session")
    point = page.locator(f"#point{item_id}")

    point.get_by_label("Ce qui s’est dit").fill("Le budget est voté.")

    expect(point.get_by_role("status")).to_contain_text("Vous n’êtes plus connecté")
    assert kept(centre, item_id) == ""
    sign_in(page, DIRECTOR, PASSWORD)
    page.goto(address)
    expect(point.get_by_role("status")).to_have_text("Enregistré")
    assert kept(centre, item_id) == "Le budget est voté."
