"""Someone writes to the database behind the site's back: it is found, and says where."""

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import Executable, delete, insert, text, update

from app.core.db import atomic, db, is_sqlite
from app.voting.checking import differences
from app.voting.closing import recount
from app.voting.exports import ballots_csv
from app.voting.jobs import tend
from app.voting.models import (
    Emargement,
    OpenedBallot,
    Poll,
    PollEvent,
    PollOption,
    RollEntry,
    SecretBallot,
)
from app.voting.reconciling import obstacle
from app.voting.seal import seal
from tests.voting.polls import after, make_poll, make_voters, no, yes

pytestmark = pytest.mark.usefixtures("app")


def voted() -> Poll:
    """An open secret poll: three « pour », two « contre », one more person on the roll."""
    voters = make_voters(6)
    poll = make_poll()
    yes(poll, *voters[:3])
    no(poll, *voters[3:5])
    return poll


def slip_one_in(poll: Poll) -> None:
    assert poll.box_key is not None
    payload = seal(poll.box_key, '{"choice":"yes"}')
    row = {"key": b"k" * 16, "poll_id": poll.id, "payload": payload, "tag": b"t" * 32}
    db.session.execute(insert(SecretBallot).values(**row))


def replace_one(poll: Poll) -> None:
    assert poll.box_key is not None
    ballot = db.session.query(SecretBallot).first()
    assert ballot is not None
    ballot.payload = seal(poll.box_key, '{"choice":"yes"}')


def take_one_out(_poll: Poll) -> None:
    ballot = db.session.query(SecretBallot).first()
    db.session.delete(ballot)


def add_a_signature(poll: Poll) -> None:
    signed = db.session.query(Emargement.resident_id)
    left = db.session.query(RollEntry.resident_id).filter(RollEntry.resident_id.not_in(signed))
    row = {"poll_id": poll.id, "resident_id": left.limit(1).scalar(), "channel": "online"}
    db.session.execute(insert(Emargement).values(**row, day=poll.opens_at.date()))


def turn_one(poll: Poll) -> None:
    """A ballot of the box under another key: copied, its content unknown."""
    ballot = db.session.query(SecretBallot).first()
    assert ballot is not None
    row = {"poll_id": poll.id, "payload": ballot.payload, "tag": ballot.tag}
    taken = db.session.query(SecretBallot).filter(SecretBallot.key != ballot.key).first()
    assert taken is not None
    db.session.delete(taken)
    db.session.flush()
    db.session.execute(insert(SecretBallot).values(key=b"k" * 16, **row))


@pytest.mark.parametrize(
    "touch", [slip_one_in, replace_one, take_one_out, add_a_signature, turn_one]
)
def test_a_box_that_was_touched_is_not_counted(touch: Callable[[Poll], None]) -> None:
    poll = voted()
    assert obstacle(poll) is None

    atomic(touch)(poll)

    with after(poll):
        assert tend() == (0, 0)
    assert "arrêté" in (obstacle(db.session.get_one(Poll, poll.id)) or "")
    assert db.session.get_one(Poll, poll.id).result is None


def an_opened_ballot(poll: Poll) -> None:
    ballot = db.session.query(OpenedBallot).filter_by(choice='{"choice":"no"}').first()
    assert ballot is not None
    ballot.choice = '{"choice":"yes"}'


def a_ballot_more(poll: Poll) -> None:
    row = {"fingerprint": "f" * 64, "poll_id": poll.id, "choice": '{"choice":"no"}'}
    db.session.execute(insert(OpenedBallot).values(**row))


def the_figures(poll: Poll) -> None:
    result = dict(poll.result or {})
    poll.result = {**result, "counts": {**result["counts"], "yes": 5, "no": 0}}


def a_line_of_the_roll(poll: Poll) -> None:
    db.session.execute(delete(RollEntry).where(RollEntry.poll_id == poll.id))


def an_option(poll: Poll) -> None:
    _without_guard("poll_options_no_update", update(PollOption).values(label="Autre chose"))


LAST_LINE = PollEvent.kind == "closed"


def a_line_of_the_journal(poll: Poll) -> None:
    where = (PollEvent.poll_id == poll.id, PollEvent.kind == "opened")
    event = db.session.query(PollEvent).filter(*where).one()
    forged = {**event.facts, "roll": 99}
    forgery = update(PollEvent).where(*where).values(facts=forged)
    _without_guard("poll_events_no_update", forgery)


def _without_guard(name: str, forgery: Executable) -> None:
    """With the guard of the table taken away, as whoever owns the database can."""
    if not is_sqlite():
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        db.session.execute(forgery)
        return
    guard = text("SELECT sql FROM sqlite_master WHERE name = :name")
    kept = db.session.scalar(guard, {"name": name})
    db.session.execute(text(f"DROP TRIGGER {name}"))
    db.session.execute(forgery)
    db.session.execute(text(str(kept)))


def all_of_it_but_the_journal(poll: Poll) -> None:
    """Ballots, figures and digest say the same, and something else than on the day of the count."""
    db.session.execute(
        update(OpenedBallot)
        .where(OpenedBallot.poll_id == poll.id)
        .values(choice='{"choice":"yes"}')
        .execution_options(synchronize_session=False)
    )
    digest = hashlib.sha256(ballots_csv(poll).encode("utf-8-sig")).hexdigest()
    poll.result = {**(poll.result or {}), **recount(poll), "sha256": digest}


def the_quorum(poll: Poll) -> None:
    poll.result = {**(poll.result or {}), "quorum_met": False}


def the_question(poll: Poll) -> None:
    poll.title = "Des bancs partout ?"


def the_voters(poll: Poll) -> None:
    poll.turnout = 3


def the_end_of_the_journal(poll: Poll) -> None:
    forgery = delete(PollEvent).where(PollEvent.poll_id == poll.id, LAST_LINE)
    _without_guard("poll_events_no_delete", forgery)


def the_whole_journal(poll: Poll) -> None:
    forgery = delete(PollEvent).where(PollEvent.poll_id == poll.id)
    _without_guard("poll_events_no_delete", forgery)


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (an_opened_ballot, "sha256"),
        (a_ballot_more, "sha256"),
        (the_figures, "counts"),
        (a_line_of_the_roll, "roll"),
        (an_option, "rules"),
        (a_line_of_the_journal, "journal"),
        (all_of_it_but_the_journal, "ballots"),
        (the_quorum, "quorum_met"),
        (the_question, "rules"),
        (the_voters, "turnout"),
        (the_end_of_the_journal, "journal"),
        (the_whole_journal, "journal"),
    ],
)
def test_a_published_result_that_was_touched_is_told(
    touch: Callable[[Poll], None], said: str
) -> None:
    poll = voted()
    with after(poll):
        tend()
    closed = db.session.get_one(Poll, poll.id)
    assert closed.status == "closed"
    assert differences(closed) == []

    atomic(touch)(closed)

    db.session.expire_all()
    assert said in differences(db.session.get_one(Poll, poll.id))


def test_the_journal_of_a_poll_cannot_be_rewritten() -> None:
    poll = voted()

    for statement in (update(PollEvent).values(kind="closed"), delete(PollEvent)):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()
    assert db.session.query(PollEvent).filter_by(poll_id=poll.id).count() == 2
