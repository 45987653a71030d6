"""Nobody has come to a session that is days away."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from app.core.clock import at, now
from app.core.errors import Conflict
from app.core.rights import Role
from app.core.sheet_opening import opens_at
from app.programme import attendance, paper, taps
from app.programme.models import Session
from app.programme.tap_reading import Tap
from tests.factories import make_resident, make_with_role
from tests.programme.factories import make_session, there
from tests.support import Visitor

EVENING = datetime(2026, 3, 10, 17, tzinfo=UTC)
"""18:00 in Paris."""


@pytest.fixture
def session(app: Flask) -> Session:
    with at(EVENING - timedelta(days=9)):
        return make_session(starts_at=EVENING)


def test_a_sheet_opens_the_day_itself_or_two_hours_before_what_begins_at_night() -> None:
    night = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    assert opens_at(EVENING) == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert opens_at(night) == datetime(2026, 3, 10, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize("days", [8, 1])
def test_a_presence_before_the_day_is_refused_and_leaves_no_name(
    session: Session, days: int
) -> None:
    team, one = make_with_role(Role.DESK), make_resident()

    with at(EVENING - timedelta(days=days)):
        with pytest.raises(Conflict, match="trop tôt"):
            attendance.sign(team, session, one)
        with pytest.raises(Conflict, match="trop tôt"):
            attendance.sign_card(team, session, one.card_number)
        with pytest.raises(Conflict, match="trop tôt"):
            paper.copy_paper(team, session, [one.id])
        sent = Tap(str(uuid4()), now(), adds=True, resident_id=one.id)
        answers = taps.take_taps(team, session, [sent])

    assert "trop tôt" in answers.refused[sent.client_id]
    assert answers.taken == []
    assert there(session) == []


@pytest.mark.parametrize("wait", [-timedelta(hours=17), timedelta(days=20)])
def test_the_morning_of_the_day_and_long_after_a_name_is_noted(
    session: Session, wait: timedelta
) -> None:
    team, one = make_with_role(Role.DESK), make_resident()

    with at(EVENING + wait):
        attendance.sign(team, session, one)

    assert there(session) == [one.id]


def test_the_page_says_when_the_sheet_opens(app: Flask) -> None:
    start = now() + timedelta(days=3)
    session, one = make_session(starts_at=start), make_resident()
    visitor = Visitor(app).sign_in(make_with_role(Role.DESK))

    page = visitor.get(f"/seances/{session.id}/presences").text
    answer = visitor.send(
        f"/seances/{session.id}/presences/ajouter", {"resident_id": one.id, "role": "public"}
    )

    assert "Trop tôt pour noter qui est venu" in page
    assert answer.status_code == 409
    assert "C’est trop tôt" in answer.text
    assert there(session) == []
