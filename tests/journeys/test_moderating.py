"""What a hand can really reach in the moderators' queue, and what fits on a telephone."""

import pytest
from playwright.sync_api import expect

from app.demo.people import PASSWORD
from tests.journeys.conftest import Visit, sign_in

pytestmark = pytest.mark.browser


def test_the_direction_ticks_contents_and_reads_the_rules_on_a_telephone(visit: Visit) -> None:
    page = visit()
    sign_in(page, "direction@example.org", PASSWORD)
    page.goto("/moderation")
    first = page.locator("li.card").first
    box = first.get_by_role("checkbox")

    box.click()
    expect(box).to_be_checked()
    first.get_by_text("Choisir").click()
    expect(box).not_to_be_checked()
    assert page.url.endswith("/moderation")

    page.goto("/reglages")
    widths = page.locator(".facts > dd").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(widths) > 200
