"""At the door with a phone: taps, cards and names, with the network gone for three hours."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import db
from app.demo.people import PASSWORD
from app.programme import attendance, registration_services, services, sheet_queries
from app.programme.models import Session, SessionAttendance
from app.programme.services import ActionDetails
from app.programme.tap_models import AttendanceTap
from tests.journeys.conftest import PHONE, Visit, sign_in
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.browser
DESK = "accueil@example.org"
HOUR = timedelta(hours=1)


def director() -> Resident:
    return db.session.scalars(select(Resident).filter_by(email="direction@example.org")).one()


def begun(app: Flask, awaited: int = 4) -> tuple[int, list[Resident]]:
    """A workshop that began an hour ago: its number, and those who said they would come."""
    with app.app_context():
        by, start = director(), now() - HOUR
        details = ActionDetails(
            title="Atelier couture", kind="activite", takes_registrations=True, capacity=30
        )
        with at(start - HOUR):
            session = services.add_session(
                by, services.create_action(by, details), start, start + 3 * HOUR
            )
            grown = select(Resident).where(Resident.year_of_birth < 1990).order_by(Resident.id)
            people = list(db.session.scalars(grown.limit(awaited + 2)).unique())
            for person in people[:awaited]:
                registration_services.register(by, session, person)
        number = session.id
        for person in people:
            db.session.refresh(person)
        db.session.expunge_all()
        return number, people


def there(app: Flask, session_id: int) -> list[int]:
    with app.app_context():
        return sorted(row.resident_id for row in sheet_queries.signed(session_id))


def present(page: Page, person: Resident) -> None:
    """As fast as one reads the next name: a second tap at once, at the same place, is a slip."""
    page.wait_for_timeout(600)
    page.get_by_role("button", name=f"Présent {person.full_name}").click()


def open_sheet(visit: Visit, session_id: int) -> Page:
    """The sheet on a phone, kept there for when the network is gone."""
    page = visit(PHONE)
    sign_in(page, DESK, PASSWORD)
    page.goto(f"/seances/{session_id}/presences")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.open('presences').then(one => one.keys()).then(all => all.length > 2)"
    )
    return page


def test_a_door_without_network_for_three_hours_loses_nobody(centre: Flask, visit: Visit) -> None:
    session_id, people = begun(centre)
    first, second, third, by_desk, by_card, _other = people
    page = open_sheet(visit, session_id)
    assert faults(page, "the sheet at the door") == []

    present(page, first)
    expect(page.get_by_role("button", name=f"Retirer {first.family_name}")).to_be_visible()
    assert there(centre, session_id) == [first.id]

    page.context.set_offline(True)
    present(page, second)
    present(page, third)
    page.get_by_role("button", name=f"Annuler : {third.full_name}").click()
    page.get_by_label("Numéro de carte", exact=True).fill(by_card.card_number)
    page.get_by_role("button", name="Noter présent").click()
    page.get_by_label("Nom, prénom ou numéro de carte").fill("Une voisine")
    page.get_by_role("button", name="Chercher", exact=True).last.click()
    expect(page.get_by_text("attendent le réseau")).to_be_visible()
    expect(page.get_by_text("Une voisine")).to_be_visible()
    assert there(centre, session_id) == [first.id]

    page.close()
    again = page.context.new_page()
    again.goto(f"/seances/{session_id}/presences")
    expect(again.get_by_role("heading", name="Présences", level=1)).to_be_visible()
    expect(again.get_by_text("attendent le réseau")).to_be_visible()
    expect(again.locator(".pending")).to_have_count(2)
    present(again, by_desk)
    assert faults(again, "the sheet without network") == []

    with centre.app_context():
        kept = db.session.get_one(Session, session_id)
        attendance.sign(director(), kept, db.session.get_one(Resident, by_desk.id))
    again.evaluate(
        """() => { const key = Object.keys(localStorage).find(one => one.startsWith("presences:"));
        const queue = JSON.parse(localStorage[key]);
        queue.taps.forEach(tap => { tap.at -= 3 * 3600e3; });
        localStorage[key] = JSON.stringify(queue); }"""
    )
    again.context.set_offline(False)
    again.evaluate("dispatchEvent(new Event('online'))")

    expect(again.get_by_text("attendent le réseau")).to_be_hidden()
    expect(again.locator(".pending")).to_have_count(0)
    came = sorted([first.id, second.id, by_desk.id, by_card.id])
    assert there(centre, session_id) == came
    with centre.app_context():
        taps = select(func.count()).select_from(AttendanceTap).filter_by(session_id=session_id)
        assert db.session.scalar(taps) == 7
        earliest = select(func.min(SessionAttendance.signed_at)).filter_by(session_id=session_id)
        assert db.session.scalars(earliest).one() <= now() - 2 * HOUR
    expect(again.get_by_text("Une voisine")).to_be_visible()
    again.get_by_role("button", name="C’est repris, effacer ces noms").click()
    assert again.evaluate("Object.keys(localStorage)") == ["presences"]


def test_a_session_closed_meanwhile_leaves_the_name_on_the_phone(
    centre: Flask, visit: Visit
) -> None:
    session_id, people = begun(centre)
    page = open_sheet(visit, session_id)
    page.context.set_offline(True)
    present(page, people[0])
    with centre.app_context():
        attendance.close(director(), db.session.get_one(Session, session_id))

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    held = page.locator("[data-held]")
    expect(held).to_contain_text(people[0].full_name)
    expect(held).to_contain_text("La séance est close.")
    page.reload()
    expect(page.locator("[data-held]")).to_contain_text(people[0].full_name)
    assert there(centre, session_id) == []


def test_signing_out_sends_what_waits_then_leaves_nothing_on_the_phone(
    centre: Flask, visit: Visit
) -> None:
    session_id, people = begun(centre)
    page = open_sheet(visit, session_id)
    page.context.set_offline(True)
    present(page, people[0])
    page.close()
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto("/moi")
    leave = other.get_by_role("button", name="Se déconnecter").first
    other.locator("summary").first.click()
    leave = other.locator(".menu-panel").get_by_role("button", name="Se déconnecter")
    leave.click()
    other.wait_for_url(f"**/seances/{session_id}/presences#parti")
    expect(other.get_by_role("button", name=f"Retirer {people[0].family_name}")).to_be_visible()
    assert there(centre, session_id) == [people[0].id]

    other.locator("summary").first.click()
    other.locator(".menu-panel").get_by_role("button", name="Se déconnecter").click()
    expect(other.get_by_text("Vous êtes déconnecté")).to_be_visible()

    assert other.evaluate("Object.keys(localStorage)") == []
    assert other.evaluate("caches.keys()") == []
    assert other.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


CAMERA = """
window.BarcodeDetector = class { detect() { return Promise.resolve([{ rawValue: "%s" }]); } };
navigator.mediaDevices.getUserMedia = () =>
  Promise.resolve(document.createElement("canvas").captureStream(5));
HTMLMediaElement.prototype.play = () => Promise.resolve();
"""
"""A browser that reads codes: ours cannot, so what it would see is told."""


def test_a_second_tap_does_not_sign_whoever_slides_under_the_finger(
    centre: Flask, visit: Visit
) -> None:
    session_id, people = begun(centre)
    page = open_sheet(visit, session_id)

    page.get_by_role("button", name=f"Présent {people[0].full_name}").dblclick()

    expect(page.get_by_role("button", name=f"Retirer {people[0].family_name}")).to_be_visible()
    assert there(centre, session_id) == [people[0].id]


def test_a_card_shown_to_the_camera_signs_its_holder(centre: Flask, visit: Visit) -> None:
    session_id, people = begun(centre)
    page = visit(PHONE)
    card = f"https://centre.example/connexion?carte={people[-1].card_number}"
    page.add_init_script(CAMERA % card)
    sign_in(page, DESK, PASSWORD)
    page.goto(f"/seances/{session_id}/presences")

    page.get_by_role("button", name="Scanner avec la caméra").click()

    expect(page.locator("[data-said]")).to_have_text(f"{people[-1].full_name} est sur la liste.")
    expect(page.get_by_role("button", name=f"Retirer {people[-1].family_name}")).to_be_visible()
    page.get_by_role("button", name="Éteindre la caméra").click()
    assert there(centre, session_id) == [people[-1].id]


def test_each_tap_is_a_plain_form_without_javascript(centre: Flask, visit: Visit) -> None:
    session_id, people = begun(centre)
    page = visit(PHONE, javascript=False)
    sign_in(page, DESK, PASSWORD)
    page.goto(f"/seances/{session_id}/presences")

    present(page, people[0])
    expect(page.get_by_text(f"{people[0].full_name} est sur la liste.")).to_be_visible()
    page.get_by_role("button", name=f"Retirer {people[0].family_name}").click()

    expect(page.get_by_text("Le nom est retiré")).to_be_visible()
    assert there(centre, session_id) == []
