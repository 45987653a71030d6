"""Every ballot and every result of the demonstration: axe, no sideways scroll, by thumb alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core.db import db
from app.demo.people import CARD, PASSWORD, PIN
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


@pytest.mark.parametrize("by_touch", [True, False], ids=["with a finger", "with a mouse"])
def test_someone_drags_a_choice_to_its_place(centre: Flask, visit: Visit, by_touch: bool) -> None:
    page = visit(PHONE)
    number = next(number for number, method in polls(centre, "open") if method == "schulze")
    sign_in(page, "amina@example.org" if by_touch else "priya@example.org", PASSWORD)
    page.goto(f"/scrutins/{number}/voter")
    drag = finger if by_touch else mouse
    names = page.locator(".ranking .what strong")
    first, second, third = names.all_inner_texts()[:3]

    drag(page, third, onto=None)
    expect(page.locator(".ranked .what strong")).to_have_text([third])
    drag(page, first, onto=third)
    expect(page.locator(".ranked .what strong")).to_have_text([first, third])
    press(page, f"Mettre en 3e : {second}")
    expect(page.locator(".ranked .what strong")).to_have_text([first, third, second])
    drag(page, second, onto=first)
    expect(page.locator(".ranked .what strong")).to_have_text([second, first, third])
    # Among the rest again: no longer ranked.
    drag(page, first, onto=None, below=True)
    expect(page.locator(".ranked .what strong")).to_have_text([second, third])
    assert faults(page, "the ballot dragged") == []
    press(page, "Relire mon vote")
    expect(page.locator(".recap")).to_contain_text("2e choix")
    press(page, "Envoyer mon vote")
    expect(page.locator("h1")).to_contain_text("Vous avez voté")


def ends(page: Page, name: str, onto: str | None, below: bool) -> tuple[tuple[float, float], float]:
    """Where one takes hold of a choice, and how far down one lets it go.

    Args:
        onto: above this one; with None, just above « Pas encore classés », or under it.
    """
    row = page.locator(".row-of-rank").filter(has=page.get_by_text(name, exact=True))
    goal = page.locator(".ranking .between")
    if onto is not None:
        goal = page.locator(".row-of-rank").filter(has=page.get_by_text(onto, exact=True))
    # What was moved before is moved on the server too.
    expect(page.locator(".ranking[aria-busy]")).to_have_count(0)
    row.scroll_into_view_if_needed()
    handle, box = row.locator(".handle").bounding_box(), goal.bounding_box()
    assert handle and box
    start = (handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    return start, box["y"] + (box["height"] + 5 if below else -5 if onto is None else 5)


def mouse(page: Page, name: str, onto: str | None, below: bool = False) -> None:
    (x, y), goal = ends(page, name, onto, below)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, goal, steps=8)
    page.mouse.up()


def finger(page: Page, name: str, onto: str | None, below: bool = False) -> None:
    (x, y), goal = ends(page, name, onto, below)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    for step in range(1, 9):
        touch("touchMove", x, y + (goal - y) * step / 8)
    touch("touchEnd")
    session.detach()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
