"""Who voted is known; what they voted is not, by anyone, ever."""

import json
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from app.core.db import Model, db, is_sqlite
from app.core.mail import OutboxMail
from app.ledger.models import Entry
from app.notifications.models import Notification
from app.voting import seal
from app.voting.jobs import tend
from app.voting.keeping import opening_key
from app.voting.models import Emargement, OpenedBallot, Poll, SecretBallot
from tests.voting.polls import after, judge, make_judgment, make_poll, make_voters, no, yes

pytestmark = pytest.mark.usefixtures("app")


def closed_poll(number: int = 30) -> tuple[Poll, list[int]]:
    """Odd voters say yes, even ones no, in the order of their numbers."""
    voters = make_voters(number)
    poll = make_poll()
    for voter in voters:
        (yes if voter.id % 2 else no)(poll, voter)
    ids = [voter.id for voter in voters]
    with after(poll):
        tend()
    return db.session.get_one(Poll, poll.id), ids


def test_before_closing_the_box_tells_nothing_not_even_by_its_size() -> None:
    voters = make_voters(3)
    poll = make_judgment()
    judge(poll, voters[0], 0, 0, 0)
    judge(poll, voters[1], 4, 4, 4)

    payloads = list(db.session.scalars(select(SecretBallot.payload)))

    assert len({len(payload) for payload in payloads}) == 1
    assert len(set(payloads)) == 2
    for payload in payloads:
        assert b"grades" not in payload and b"option" not in payload
        with pytest.raises(seal.BrokenSeal):
            seal.unseal(seal.new_key(), payload)


def test_a_tampered_ballot_does_not_open() -> None:
    key = seal.new_key()
    payload = bytearray(seal.seal(seal.box_of(key), "oui"))
    payload[20] ^= 1

    with pytest.raises(seal.BrokenSeal):
        seal.unseal(key, bytes(payload))


def test_signatures_and_ballots_have_nothing_in_common_but_the_poll() -> None:
    tables = inspect(db.engine)
    signatures = {column["name"] for column in tables.get_columns("emargements")}

    for table in ("secret_ballots", "opened_ballots"):
        shared = signatures & {column["name"] for column in tables.get_columns(table)}
        assert shared == {"poll_id"}


def test_after_closing_no_join_gives_the_votes_back() -> None:
    poll, voters = closed_poll()

    assert db.session.scalars(select(SecretBallot.key)).all() == []
    assert poll.sealing_key is None
    if is_sqlite():
        # Rows without rowid: there is nothing to join on, and keys are random.
        with pytest.raises(Exception, match="rowid"):
            db.session.execute(text("SELECT rowid FROM opened_ballots"))
        db.session.rollback()
        with pytest.raises(Exception, match="rowid"):
            db.session.execute(text("SELECT rowid FROM emargements"))
        db.session.rollback()
        return
    by_transaction = text(
        "SELECT count(*) FROM emargements e JOIN opened_ballots b ON b.xmin = e.xmin"
    )
    assert db.session.scalar(by_transaction) == 0
    assert len(set(db.session.scalars(text("SELECT xmin::text FROM opened_ballots")))) == 1
    assert len(voters) == poll.turnout


def test_ballots_are_not_kept_in_the_order_of_the_votes() -> None:
    poll, voters = closed_poll(60)
    choices = [json.loads(one)["choice"] for one in db.session.scalars(select(OpenedBallot.choice))]
    cast = ["yes" if voter % 2 else "no" for voter in voters]

    assert sorted(choices) == sorted(cast)
    assert choices != cast
    fingerprints = list(db.session.scalars(select(OpenedBallot.fingerprint)))
    assert len(set(fingerprints)) == poll.turnout


def test_the_choice_is_told_nowhere_else() -> None:
    closed_poll()

    written: list[str] = []
    tables: tuple[type[Model], ...] = (Entry, Notification, OutboxMail, Emargement)
    for table in tables:
        for row in db.session.execute(select(table.__table__)):
            written += [str(value) for value in row]
    for word in ("yes", '"no"', "abstain", "choice", "grades"):
        assert not [value for value in written if word in value]


def test_the_ledger_keeps_another_order_than_the_votes() -> None:
    poll, voters = closed_poll(40)

    keys = db.session.scalars(
        select(Entry.participation_key)
        .where(Entry.act == "poll:participated", Entry.subject_id == poll.id)
        .order_by(Entry.id)
    ).all()

    rows = db.session.execute(text("SELECT key, resident_id FROM participations")).all()
    owners = {row.key: row.resident_id for row in rows}
    assert sorted(owners[str(key)] for key in keys) == voters
    assert [owners[str(key)] for key in keys] != voters


@pytest.mark.sqlite
def test_the_files_of_sqlite_keep_no_sealed_ballot() -> None:
    voters = make_voters(3)
    poll = make_poll()
    yes(poll, *voters)
    payloads = list(db.session.scalars(select(SecretBallot.payload)))
    locked = poll.sealing_key
    key = opening_key(poll)
    assert locked is not None and key is not None and key not in locked
    with after(poll):
        tend()
        # What a reader hinders at first is done the minute after.
        tend()
    base = Path(str(db.engine.url.database))
    db.session.remove()
    db.engine.dispose()

    stored = b"".join(path.read_bytes() for path in base.parent.glob(f"{base.name}*"))

    assert not [payload for payload in payloads if payload[:64] in stored]
    assert key not in stored
    assert locked not in stored
