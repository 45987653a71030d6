"""At the table of a meeting, the référent's phone reads cards one after the other."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import meeting_services
from app.bodies.models import Body, MeetingAttendance
from app.core.clock import at, now
from app.core.db import db
from app.demo.people import PASSWORD
from tests.journeys.conftest import PHONE, Visit, sign_in
from tests.journeys.test_every_page import faults
from tests.journeys.test_offline_sign_in import CAMERA, director

pytestmark = pytest.mark.browser


def convened(app: Flask) -> tuple[int, list[Resident]]:
    """A meeting of the senior comité that begins now: its number, and two people with a card."""
    with app.app_context():
        body = db.session.scalars(select(Body).where(Body.kind == "comite", Body.theme == "senior"))
        by, start = director(), now()
        with at(start - timedelta(days=21)):
            meeting = meeting_services.convene(
                by,
                body.first() or db.session.scalars(select(Body)).one(),
                title="Les sorties de l’hiver",
                starts_at=start,
                place="Salle bleue",
                agenda=["Les sorties"],
            )
        grown = select(Resident).where(Resident.year_of_birth < 1990).order_by(Resident.id)
        people = list(db.session.scalars(grown.limit(2)).unique())
        for person in people:
            db.session.refresh(person)
        number = meeting.id
        db.session.expunge_all()
        return number, people


def there(app: Flask, meeting_id: int) -> set[int]:
    with app.app_context():
        signed = select(MeetingAttendance.resident_id).filter_by(meeting_id=meeting_id)
        return set(db.session.scalars(signed))


def at_the_table(visit: Visit, meeting_id: int) -> tuple[Page, list[str]]:
    """The sheet of a meeting on a phone that reads what « shown » says, and what it sends."""
    page = visit(PHONE)
    page.add_init_script(CAMERA % "")
    page.add_init_script(
        "BarcodeDetector.prototype.detect = () => Promise.resolve("
        "  (sessionStorage.getItem('shown') || '').split(' ').map(one => ({ rawValue: one })));"
    )
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    sign_in(page, "direction@example.org", PASSWORD)
    page.goto(f"/reunions/{meeting_id}/presences")
    sent.clear()
    return page, sent


def test_one_card_after_the_other_without_touching_the_screen(centre: Flask, visit: Visit) -> None:
    meeting_id, (first, second) = convened(centre)
    page, sent = at_the_table(visit, meeting_id)
    assert faults(page, "presences") == []

    page.get_by_role("button", name="Scanner avec la caméra").click()
    page.evaluate(f"sessionStorage.setItem('shown', '{first.card_number}')")
    expect(page.get_by_text(f"{first.full_name} est là.")).to_be_visible()
    # It stays before the camera, on the page that came back: it is not sent again.
    page.wait_for_timeout(1500)
    assert len(sent) == 1
    page.evaluate(f"sessionStorage.setItem('shown', '{second.card_number}')")
    expect(page.get_by_text(f"{second.full_name} est là.")).to_be_visible()

    page.get_by_role("button", name="Éteindre la caméra").click()
    assert there(centre, meeting_id) == {first.id, second.id}


def test_a_card_read_while_another_is_on_its_way_is_not_lost_and_none_stays_on_the_phone(
    centre: Flask, visit: Visit
) -> None:
    meeting_id, (first, second) = convened(centre)
    page, sent = at_the_table(visit, meeting_id)

    page.get_by_role("button", name="Scanner avec la caméra").click()
    page.evaluate(f"sessionStorage.setItem('shown', '{first.card_number} {second.card_number}')")

    expect(page.get_by_text(f"{second.full_name} est là.")).to_be_visible()
    assert there(centre, meeting_id) == {first.id, second.id}
    assert len(sent) == 2
    page.locator("summary").first.click()
    page.locator(".menu-panel").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté")).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage)") == ["shown"]
