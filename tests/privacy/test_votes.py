"""Someone erased while a vote is open: it is still counted, and then nothing ties them to it."""

import pytest

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.ledger.acts import Act
from app.notifications.models import Notification
from app.privacy.erasing import erase
from app.privacy.retention import drop_counted
from app.voting.checking import differences
from app.voting.closing import close_poll, recount
from app.voting.models import Emargement, PublicBallot, RollEntry
from tests.support import Ledger
from tests.voting.polls import after, make_poll, make_voters, no, yes

pytestmark = pytest.mark.usefixtures("app")


def erased(person: Resident) -> int:
    atomic(erase)(person, keeps_writings=True)
    return person.id


def rows(table: type, person_id: int) -> int:
    return db.session.query(table).filter_by(resident_id=person_id).count()


@pytest.mark.parametrize("is_secret", [True, False])
def test_their_ballot_is_counted_and_the_roll_adds_up(is_secret: bool, ledger: Ledger) -> None:
    voters = make_voters(3)
    poll = make_poll(is_secret=is_secret)
    yes(poll, voters[0], voters[1])
    no(poll, voters[2])
    gone = erased(voters[0])

    with after(poll):
        close_poll(poll)

    assert poll.result is not None
    assert poll.result["counts"] == {"yes": 2, "no": 1, "abstain": 0}
    assert (poll.turnout, poll.result["signed"]) == (3, 3)
    assert recount(poll)["counts"] == poll.result["counts"]
    took_part = ledger.entries(Act.POLL_PARTICIPATED)
    assert sorted(entry.participation_key is None for entry in took_part) == [False, False, True]
    assert rows(Notification, gone) == 0


def test_once_counted_the_nightly_round_drops_what_tied_them_to_it() -> None:
    voters = make_voters(2)
    poll = make_poll(is_secret=False)
    yes(poll, *voters)
    gone = erased(voters[0])
    kept = [rows(table, gone) for table in (RollEntry, Emargement, PublicBallot)]
    too_early = drop_counted()
    with after(poll):
        close_poll(poll)

    dropped = drop_counted()

    assert (kept, too_early, dropped) == ([1, 1, 1], 0, 1)
    assert [rows(table, gone) for table in (RollEntry, Emargement, PublicBallot)] == [0, 0, 0]
    assert rows(RollEntry, voters[1].id) == 1
    assert poll.turnout == 2
    assert differences(poll) == []
    assert drop_counted() == 0


def test_who_had_not_voted_leaves_the_roll_at_once_and_its_size_stays() -> None:
    voters = make_voters(2)
    poll = make_poll()
    size = poll.roll_size

    gone = erased(voters[0])

    assert rows(RollEntry, gone) == 0
    assert poll.roll_size == size
