"""Forms that machines fill badly and people do not notice, and limits that count by person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.core.forms import DRAWN
from app.core.limits import limiter
from app.core.security import sign
from app.proposals.models import Comment
from tests.factories import make_proposal, make_resident
from tests.proposals.support import count
from tests.support import Visitor

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    """As on a town's site: under two seconds, nobody fills a form."""
    app.config["FASTEST_HAND"] = 2
    yield app
    app.config["FASTEST_HAND"] = 0


def post(client: Visitor, seconds: float | None, **typed: str) -> tuple[int, str]:
    """Post a comment so many seconds after its form was drawn; None: with no such moment."""
    proposal = make_proposal()
    with time_machine.travel(MORNING, tick=False):
        drawn = {} if seconds is None else {"drawn": sign(DRAWN, [])}
    with time_machine.travel(MORNING + timedelta(seconds=seconds or 0), tick=False):
        client.sign_in(make_resident())
        path = f"/propositions/{proposal.id}/commentaires"
        answer = client.send(path, {"text": "Une belle idée.", **drawn, **typed})
    return answer.status_code, answer.get_data(as_text=True)


def test_a_person_notices_nothing(guarded: Flask, client: Visitor) -> None:
    status, _page = post(client, 20)

    assert status == 302 and count(Comment) == 1


@pytest.mark.parametrize("seconds", [0, 1, None, 25 * 3600])
def test_too_fast_too_late_or_never_drawn_gives_the_text_back(
    guarded: Flask, client: Visitor, seconds: float | None
) -> None:
    status, page = post(client, seconds)

    assert status == 422 and "Une belle idée." in page
    assert count(Comment) == 0


def test_the_box_nobody_sees_must_stay_empty(guarded: Flask, client: Visitor) -> None:
    status, page = post(client, 20, nothing="http://exemple.fr")

    assert status == 422 and "Une belle idée." in page and "exemple.fr" not in page
    assert count(Comment) == 0


def test_a_moment_made_up_is_no_moment(guarded: Flask, client: Visitor) -> None:
    status, page = post(client, 20, drawn="2026-11-02T09:00:00")

    assert status == 422 and 'name="drawn"' in page and "2026-11-02T09:00:00" not in page


def test_the_box_is_out_of_reach_of_keyboards_and_screen_readers(client: Visitor) -> None:
    page = client.get("/inscription").get_data(as_text=True)

    assert 'aria-hidden="true"><label for="nothing">' in page
    assert 'tabindex="-1"' in page


def test_a_flood_is_refused_by_person_and_keeps_the_text(client: Visitor, app: Flask) -> None:
    proposal, neighbour = make_proposal(), Visitor(app).sign_in(make_resident())
    client.sign_in(make_resident())
    path = f"/propositions/{proposal.id}/commentaires"
    limiter.enabled = True
    try:
        limiter.reset()
        answers = [client.send(path, {"text": f"Encore une fois, {n}."}) for n in range(31)]
        other = neighbour.send(path, {"text": "Et moi, d’ici."})
    finally:
        limiter.reset()
        limiter.enabled = False

    assert answers[-1].status_code == 429
    assert "Encore une fois, 30." in answers[-1].get_data(as_text=True)
    assert other.status_code == 302
    assert count(Comment) == 31
