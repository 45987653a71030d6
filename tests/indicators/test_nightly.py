"""The totals are checked each night, and the administrators hear of a difference."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from app.core.db import atomic, db
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.indicators import nightly
from app.indicators.models import Check, Mark
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import attended_by, offsite
from tests.support import told

NIGHT = datetime(2026, 3, 11, 4, 7, tzinfo=UTC)


@pytest.fixture
def at_night(app: object, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(nightly, "now", lambda: moment)
        monkeypatch.setattr(nightly, "today", lambda: moment.date())

    set_clock(NIGHT)
    return set_clock


@pytest.mark.usefixtures("at_night")
def test_a_night_when_all_agrees_tells_nobody() -> None:
    administrator = make_with_role(Role.ADMINISTRATOR)
    attended_by(2)

    assert nightly.check_totals.call_local() == 0
    assert nightly.check_totals.call_local() is None

    assert told(administrator) == []
    check = nightly.last_check()
    assert check is not None
    assert (check.differences, check.entries) == (0, 2)


@pytest.mark.usefixtures("at_night")
def test_a_difference_is_told_to_the_administrators_on_the_site_and_by_mail() -> None:
    administrator, agent = make_with_role(Role.ADMINISTRATOR), make_with_role(Role.DESK)
    resident = make_resident()
    offsite()
    atomic(lambda: db.session.execute(update(Mark).values(m3=7).where(Mark.code == "3.2.1")))()

    assert nightly.check_totals.call_local() == 1

    assert told(administrator) == ["Un chiffre ne correspond pas au registre."]
    assert (told(agent), told(resident)) == ([], [])
    mails = db.session.scalars(select(OutboxMail.to)).all()
    assert mails == [administrator.email]


def test_it_waits_for_the_night(at_night: Callable[[datetime], None]) -> None:
    at_night(datetime(2026, 3, 11, 1, 0, tzinfo=UTC))

    assert nightly.check_totals.call_local() is None
    assert db.session.query(Check).count() == 0
