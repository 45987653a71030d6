"""What the front page costs on a slow line."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser


def transferred(page: Page, address: str) -> list[int]:
    """Bytes received for each request of a page, headers included."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda seen: sizes.append(seen["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    session.detach()
    return sizes


def test_a_first_visit_is_light_and_the_next_one_lighter(visit: Visit) -> None:
    page = visit()

    first = transferred(page, "/")
    again = transferred(page, "/")

    assert len(first) <= 6
    assert sum(first) <= 90_000
    assert sum(again) <= 20_000
