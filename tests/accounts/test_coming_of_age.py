"""When a child is sure to be 15, and what changes then."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts import consent_services, family_services
from app.accounts import services as accounts
from app.accounts.consents import SENTENCES
from app.accounts.family_jobs import hand_accounts_over
from app.accounts.family_models import Consent, Guardianship, Purpose
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.rights import Role
from app.notifications.models import Notification
from tests.accounts.family_support import make_child, speaking_for
from tests.factories import make_resident, make_with_role


@pytest.mark.parametrize(
    ("born", "is_child"), [(2011, True), (2012, True), (2010, False), (None, False)]
)
def test_a_year_alone_is_sure_once_it_has_passed(born: int | None, is_child: bool) -> None:
    resident = Resident(given_name="Lina", family_name="", year_of_birth=born)

    assert resident.is_under_15_on(datetime(2026, 6, 1, tzinfo=UTC).date()) is is_child


def born_in_2011() -> tuple[Resident, Resident, Resident]:
    """A child of 14 or 15, and two parents, in 2026."""
    first = make_resident("Amina")
    child = make_child(first, "Lina", age=today().year - 2011)
    second = make_resident("Karim")
    family_services.link(make_with_role(Role.DESK), second, child)
    return child, first, second


def test_at_15_the_account_becomes_their_own(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        child, first, second = born_in_2011()
        accounts.reset_pin(make_with_role(Role.DESK), child)
        version = SENTENCES[Purpose.PHOTO].version
        for giver in (child, first, second):
            consent_services.agree(giver, child, Purpose.PHOTO, version)
        assert hand_accounts_over.call_local() == 0
        db.session.rollback()
        assert child.has_guardian

    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=UTC), tick=False):
        db.session.rollback()
        assert hand_accounts_over.call_local() == 1
        assert hand_accounts_over.call_local() == 0
        db.session.rollback()

        assert not child.has_guardian and child.pin_hash is None
        ends = set(db.session.scalars(select(Guardianship.end_reason)))
        assert ends == {"15 ans"}
        live = select(Consent.id).where(Consent.withdrawn_at.is_(None))
        assert list(db.session.scalars(live)) == []
        for person, words in (
            (child, "ce compte est maintenant le vôtre"),
            (first, "Lina a 15 ans"),
            (second, "Lina a 15 ans"),
        ):
            mine = select(Notification.text).where(Notification.resident_id == person.id)
            assert any(words in text for text in db.session.scalars(mine))


def test_a_phone_that_spoke_for_someone_of_15_is_its_own_again(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 20, tzinfo=UTC), tick=False):
        child, parent, _other = born_in_2011()
        phone = speaking_for(app, parent, child)
        assert "Bonjour Lina" in phone.get("/moi").get_data(as_text=True)

    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=UTC), tick=False):
        db.session.rollback()
        hand_accounts_over.call_local()

        assert "Bonjour Amina" in phone.get("/moi").get_data(as_text=True)
        assert phone.send(f"/moi/famille/enfants/{child.id}/parler").status_code == 403
