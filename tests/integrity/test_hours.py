"""A vote opens and closes at its moment, on the night when an hour comes twice too."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.accounts.models import Resident
from app.core import clock
from app.core.db import db
from app.core.rights import Role
from app.core.typography import datetime_fr
from app.voting import casting
from app.voting.jobs import tend
from app.voting.models import Emargement, Poll
from tests.factories import make_with_role
from tests.support import Visitor
from tests.voting.polls import make_poll, make_voters, yes

pytestmark = pytest.mark.usefixtures("app")

SECOND = timedelta(seconds=1)
EVE = datetime(2026, 10, 24, 12, tzinfo=UTC)
TWICE = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""02:30 in Paris for the first time; it is 02:30 again an hour later."""
TYPED = {
    "title": "Des bancs ?",
    "method": "yesno",
    "electorate": "all",
    "secrecy": "secret",
    "base": "expressed",
    "quorum_percent": "0",
}


def closing_at(moment: datetime) -> tuple[Poll, list[Resident]]:
    """A poll opened the day before, and three people of its roll."""
    with clock.at(EVE):
        voters = make_voters(3)
        return make_poll(closes_at=moment), voters


@pytest.mark.parametrize("closes_at", [TWICE, TWICE + timedelta(hours=1)])
def test_the_clock_turned_back_neither_shortens_nor_lengthens_a_vote(closes_at: datetime) -> None:
    poll, (early, late, later) = closing_at(closes_at)

    with clock.at(closes_at - SECOND):
        yes(poll, early)
        assert tend() == (0, 0)
    # From here, and when the clocks of the town show the same hour again, it is over.
    for moment, person in ((closes_at, late), (closes_at + timedelta(minutes=45), later)):
        with clock.at(moment), pytest.raises(casting.NotOpen):
            yes(poll, person)
    with clock.at(closes_at):
        assert tend() == (0, 1)

    assert db.session.get_one(Poll, poll.id).turnout == 1


def test_a_vote_opens_at_its_second_and_not_before() -> None:
    opens_at = TWICE + timedelta(hours=1)
    with clock.at(EVE):
        (person,) = make_voters(1)
        poll = make_poll(opens_at=opens_at, closes_at=opens_at + timedelta(hours=1))

    with clock.at(opens_at - SECOND):
        assert tend() == (0, 0)
        with pytest.raises(casting.NotOpen):
            yes(poll, person)
    with clock.at(opens_at):
        assert tend() == (1, 0)
        yes(poll, person)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-10-25T01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25T02:30", TWICE),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        # There is no such hour that night: it is the one the clock shows instead.
        ("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_typed_that_night_is_the_first_of_the_two(
    client: Visitor, typed: str, meant: datetime
) -> None:
    with clock.at(EVE):
        make_voters(1)
        client.sign_in(make_with_role(Role.DIRECTOR))
        answer = client.send("/scrutins/nouveau", TYPED | {"closes_at": typed})
        assert answer.status_code == 302
        said = client.get(answer.location).text

    poll = db.session.query(Poll).one()
    assert poll.closes_at == meant
    assert datetime_fr(meant, EVE.date()) in said


def test_ten_minutes_are_ten_minutes_when_the_hour_comes_twice(client: Visitor) -> None:
    dates = {"opens_at": "2026-10-25T02:55", "closes_at": "2026-10-25T03:00"}
    with clock.at(EVE):
        make_voters(1)
        client.sign_in(make_with_role(Role.DIRECTOR))
        answer = client.send("/scrutins/nouveau", TYPED | dates)

    assert answer.status_code == 302
    poll = db.session.query(Poll).one()
    assert poll.closes_at - poll.opens_at == timedelta(minutes=65)


def test_a_signature_bears_the_day_of_the_town() -> None:
    poll, (person, *_others) = closing_at(TWICE + timedelta(hours=3))

    with clock.at(datetime(2026, 10, 24, 22, 30, tzinfo=UTC)):
        yes(poll, person)

    assert db.session.query(Emargement).one().day == date(2026, 10, 25)
