"""A poll that is over is put away, by hand or a year later, and can be taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.rights import Role
from app.voting import archiving, events, services
from app.voting.jobs import archive_old_polls, tend
from app.voting.models import Poll
from tests.factories import make_body, make_resident, make_with_role
from tests.voting.polls import after, make_poll, yes
from tests.voting.test_opening import join

pytestmark = pytest.mark.usefixtures("app")


def over() -> Poll:
    voter = make_resident()
    poll = make_poll()
    yes(poll, voter)
    with after(poll):
        tend()
    return poll


def is_archived(poll: Poll) -> bool:
    return db.session.get_one(Poll, poll.id).archived_at is not None


def test_the_direction_puts_a_poll_away_and_takes_it_back() -> None:
    poll, director = over(), make_with_role(Role.DIRECTOR)

    archiving.archive(poll, director)
    put_away = is_archived(poll)
    with pytest.raises(Conflict):
        archiving.archive(poll, director)
    archiving.unarchive(poll, director)

    assert put_away and not is_archived(poll)
    assert list(events.faults(poll)) == []


def test_a_referent_archives_the_vote_they_ran_and_no_other() -> None:
    body = make_body()
    referent = make_with_role(Role.REFERENT, body=body)
    join(body, referent)
    mine = make_poll(referent, body_id=body.id)
    services.cancel_poll(mine, referent, "Une erreur.")
    other = over()

    archiving.archive(mine, referent)
    with pytest.raises(Forbidden):
        archiving.archive(other, referent)

    assert is_archived(mine) and not is_archived(other)


def test_a_vote_under_way_is_not_archived_not_even_by_sql() -> None:
    make_resident()
    director = make_with_role(Role.DIRECTOR)
    poll = make_poll(director)

    with pytest.raises(Forbidden):
        archiving.archive(poll, director)
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE polls SET archived_at = opens_at"))

    db.session.rollback()
    assert not is_archived(poll)


def test_a_year_after_it_is_over_a_poll_archives_itself_unless_taken_back() -> None:
    old, taken_back = over(), over()
    director = make_with_role(Role.DIRECTOR)
    archiving.archive(taken_back, director)
    archiving.unarchive(taken_back, director)

    with clock.at(now() + timedelta(days=300)):
        early = archive_old_polls.call_local()
    with clock.at(now() + timedelta(days=370)):
        late, again = archive_old_polls.call_local(), archive_old_polls.call_local()

    assert (early, late, again) == (0, 1, 0)
    assert is_archived(old) and not is_archived(taken_back)
