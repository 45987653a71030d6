"""A poll closes later than announced once, where its frozen rules allow it, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Resident
from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.notifications.models import Notification
from app.voting import casting, events
from app.voting.extending import extend_poll
from app.voting.jobs import tend
from app.voting.models import Poll, PollEvent
from tests.factories import make_resident, make_with_role
from tests.support import Ledger
from tests.voting.polls import make_poll, make_voters, yes

pytestmark = pytest.mark.usefixtures("app")

DAY = timedelta(days=1)


def extendable(**fields: Any) -> Poll:
    """A poll of a day, which may last two days more."""
    fields = {"closes_at": now() + DAY, "extension_days": 2, **fields}
    return make_poll(make_with_role(Role.DIRECTOR, standing="team"), **fields)


def director_of(poll: Poll) -> Resident:
    return db.session.get_one(Resident, poll.created_by_id)


def kinds(poll: Poll) -> list[str]:
    query = select(PollEvent.kind).where(PollEvent.poll_id == poll.id).order_by(PollEvent.number)
    return list(db.session.scalars(query))


def test_a_poll_lasts_longer_and_those_who_have_not_voted_are_told(ledger: Ledger) -> None:
    early, late = make_voters(2)
    poll = extendable()
    yes(poll, early)
    before = poll.closes_at

    extend_poll(poll, director_of(poll), before + DAY)

    assert (poll.extended_from, poll.closes_at) == (before, before + DAY)
    told = select(Notification.resident_id).where(Notification.text.contains("prolongé"))
    assert set(db.session.scalars(told)) >= {late.id}
    assert early.id not in set(db.session.scalars(told))
    assert kinds(poll)[-1] == "extended" and list(events.faults(poll)) == []
    with clock.at(before + timedelta(hours=1)):
        assert tend() == (0, 0)
        yes(poll, late)
    with clock.at(before + DAY):
        assert tend() == (0, 1)


def test_only_whoever_runs_the_vote_extends_it() -> None:
    voter = make_resident()
    poll = extendable()

    with pytest.raises(Forbidden):
        extend_poll(poll, voter, poll.closes_at + DAY)

    assert poll.extended_from is None and "extended" not in kinds(poll)


def test_a_vote_is_extended_once_and_no_further_than_its_rules() -> None:
    make_resident()
    poll = extendable()
    by, before = director_of(poll), poll.closes_at

    for wrong in (before, before + 3 * DAY):
        with pytest.raises(Invalid) as refusal:
            extend_poll(poll, by, wrong)
        assert refusal.value.field == "closes_at"
    extend_poll(poll, by, before + DAY)
    with pytest.raises(Conflict, match="une fois"):
        extend_poll(poll, by, before + 2 * DAY)

    assert poll.closes_at == before + DAY and kinds(poll).count("extended") == 1


def test_a_vote_whose_rules_say_nothing_of_it_is_not_extended() -> None:
    make_resident()
    poll = extendable(extension_days=0)

    with pytest.raises(Conflict, match="règles"):
        extend_poll(poll, director_of(poll), poll.closes_at + DAY)

    assert "extended" not in kinds(poll)


def test_a_vote_that_is_over_is_not_opened_again() -> None:
    make_resident()
    poll = extendable()

    with clock.at(poll.closes_at), pytest.raises(Conflict, match="pas ouvert"):
        extend_poll(poll, director_of(poll), poll.closes_at + DAY)

    assert poll.extended_from is None


@pytest.mark.parametrize(
    "change",
    [
        # Later without saying so, past the limit, sooner, and the limit itself.
        "closes_at = extendable_until",
        "extended_from = closes_at, closes_at = :beyond",
        "extended_from = closes_at, closes_at = :sooner",
        "extendable_until = :beyond",
        "extended_from = :sooner, closes_at = extendable_until",
    ],
)
def test_sql_itself_cannot_move_the_closing_otherwise(change: str) -> None:
    make_resident()
    poll = extendable()
    number, closes_at = poll.id, poll.closes_at
    moments = {"beyond": closes_at + 5 * DAY, "sooner": closes_at - timedelta(hours=2)}
    given = {name: _as_kept(moment) for name, moment in moments.items() if f":{name}" in change}

    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text(f"UPDATE polls SET {change}"), given)

    db.session.rollback()
    assert db.session.get_one(Poll, number).closes_at == closes_at


def test_sql_itself_may_extend_once_within_the_rules() -> None:
    make_resident()
    poll = extendable()
    later = "UPDATE polls SET extended_from = closes_at, closes_at = :moment"
    moment = poll.closes_at + DAY

    db.session.execute(text(later), {"moment": _as_kept(moment)})
    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text(later), {"moment": _as_kept(moment + DAY)})


def test_someone_who_votes_in_the_added_time_is_counted_with_the_others() -> None:
    late, *voters = make_voters(3)
    poll = extendable()
    before = poll.closes_at
    extend_poll(poll, director_of(poll), before + DAY)

    with clock.at(before + timedelta(hours=3)):
        yes(poll, *voters)
    with clock.at(before + DAY):
        with pytest.raises(casting.NotOpen):
            yes(poll, late)
        tend()

    assert db.session.get_one(Poll, poll.id).turnout == 2


def _as_kept(moment: Any) -> Any:
    """As the engine compares moments: SQLite as text."""
    if db.engine.dialect.name == "sqlite":
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds")
    return moment
