"""Two years without news: two warnings, then erased; a sign of life is enough to stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.accounts import services as accounts
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.adhesion_models import Adhesion, AdhesionPerson
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.bodies.models import Mandate
from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.ledger.acts import Act
from app.ledger.services import record
from app.privacy import inactivity
from app.privacy.inactivity import warn_and_erase
from app.privacy.models import ErasureRequest
from tests.factories import make_body, make_resident, make_with_role
from tests.privacy.test_leaving import make_child

pytestmark = pytest.mark.usefixtures("app")

LAST_SEEN = date(2024, 1, 9)
TWO_YEARS = datetime(2026, 1, 10, 3, tzinfo=UTC)
FIRST, SECOND = TWO_YEARS - timedelta(days=30), TWO_YEARS - timedelta(days=7)


def make_silent(**fields: Any) -> Resident:
    fields.setdefault("last_seen_on", LAST_SEEN)
    return make_resident(registered_at=datetime(2023, 9, 1, tzinfo=UTC), **fields)


def on(moment: datetime) -> dict[str, int]:
    with time_machine.travel(moment, tick=False):
        return warn_and_erase()


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxMail.to).order_by(OutboxMail.id)))


def test_warned_thirty_days_and_seven_days_before_then_erased() -> None:
    person = make_silent(email="amina@example.org")
    a_day = timedelta(days=1)

    said = [on(day) for day in (FIRST - 2 * a_day, FIRST, FIRST, FIRST + a_day, SECOND, SECOND)]
    before = person.erased_at
    last = [on(day) for day in (TWO_YEARS - a_day, TWO_YEARS, TWO_YEARS)]

    assert [one["warned"] for one in said] == [0, 1, 0, 0, 1, 0]
    assert mails() == []
    assert before is None
    assert [one["inactive"] for one in last] == [0, 1, 0]
    assert person.erased_at is not None


def test_each_warning_is_a_mail_that_gives_the_day() -> None:
    make_silent(email="amina@example.org")
    on(FIRST)
    text = db.session.scalars(select(OutboxMail.text)).one()

    assert mails() == ["amina@example.org"]
    assert "10 janvier 2026" in text


def test_a_register_long_asleep_still_gets_both_warnings_and_their_delays() -> None:
    person = make_silent(last_seen_on=date(2019, 1, 1))
    day = timedelta(days=1)

    said = [on(TWO_YEARS + n * day) for n in (0, 1, 22, 23, 24, 29)]
    kept = person.erased_at
    last = on(TWO_YEARS + 30 * day)

    assert [one["warned"] for one in said] == [1, 0, 0, 1, 0, 0]
    assert kept is None
    assert last["inactive"] == 1


def seen_again(person: Resident) -> None:
    person.last_seen_on = today()


def came(person: Resident) -> None:
    record(Act.SESSION_ATTENDED, actor=person)


def has_role(person: Resident) -> None:
    db.session.add(Grant(resident_id=person.id, role=Role.DESK.value))


def has_seat(person: Resident) -> None:
    body = make_body("conseil")
    db.session.flush()
    db.session.add(
        Mandate(body_id=body.id, resident_id=person.id, college="habitants", starts_on=LAST_SEEN)
    )


def has_adhesion(person: Resident) -> None:
    taken = Adhesion(
        kind="individual",
        season=2025,
        fee_cents=500,
        payment="especes",
        receipt_year=2025,
        receipt_rank=1,
        holder_id=person.id,
    )
    db.session.add(taken)
    db.session.flush()
    db.session.add(AdhesionPerson(adhesion_id=taken.id, resident_id=person.id, season=2025))


@pytest.mark.parametrize("sign", [seen_again, came, has_role, has_seat, has_adhesion])
def test_a_sign_of_life_forgives_the_warnings(sign: Callable[[Resident], None]) -> None:
    person = make_silent()
    on(FIRST)
    on(SECOND)
    with time_machine.travel(SECOND + timedelta(days=1), tick=False):
        atomic(sign)(person)

    said = on(TWO_YEARS)

    assert (said["heard"], said["inactive"]) == (1, 0)
    assert (person.inactivity_warnings, person.erased_at) == (0, None)


def test_a_child_whose_profile_is_used_is_not_silent() -> None:
    mother = make_resident()
    child = make_child(mother)
    accounts.open_sign_in(mother, "a" * 64, "password", None)
    sign_in = db.session.get_one(SignIn, "a" * 64)
    accounts.act_for(sign_in, child, ActingAs.GUARDIAN, None)

    accounts.stop_acting(sign_in)

    assert child.last_seen_on == today()


def test_the_desk_keeps_someone_who_answered_the_telephone() -> None:
    desk, person = make_with_role(Role.DESK), make_silent(email=None, email_confirmed_at=None)
    on(FIRST)
    (listed,) = inactivity.silent_people(1).items

    with time_machine.travel(FIRST, tick=False):
        inactivity.keep_account(desk, person)

    assert (listed.id, listed.has_email, listed.leaves_on) == (person.id, False, TWO_YEARS.date())
    assert inactivity.silent_people(1).total == 0
    assert on(TWO_YEARS)["inactive"] == 0


def test_only_the_team_keeps_an_account() -> None:
    person = make_silent()
    on(FIRST)

    with pytest.raises(Forbidden):
        inactivity.keep_account(make_resident(), person)

    assert person.inactivity_warnings == 1


def test_what_they_published_stays_without_their_name() -> None:
    person = make_silent()
    for day in (FIRST, SECOND, TWO_YEARS):
        on(day)

    (request,) = db.session.query(ErasureRequest)

    assert request.keeps_writings
    assert request.asked_by_id is None
    assert person.erased_at is not None
