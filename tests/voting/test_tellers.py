"""Several people keep the key of the box: none of them opens it alone, nor does the server."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.clock import now
from app.core.db import db, is_sqlite
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.notifications.models import Notification
from app.voting import bench_services, seal, services, shares
from app.voting.jobs import tend
from app.voting.models import OpenedBallot, Poll, SecretBallot, Teller
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import after, make_poll, make_voters, yes
from tests.voting.tellers import named, ready

pytestmark = pytest.mark.usefixtures("app")


def test_the_vote_waits_for_each_teller_and_then_opens() -> None:
    poll, people = named()
    first, second, third = people
    for person in (first, second):
        words = " ".join(bench_services.take_words(poll, person))
        bench_services.prove_words(poll, person, words)
    tend()
    assert db.session.get_one(Poll, poll.id).status == "scheduled"

    words = " ".join(bench_services.take_words(poll, third))
    bench_services.prove_words(poll, third, words)

    opened = db.session.get_one(Poll, poll.id)
    assert (opened.status, opened.sealing_key) == ("open", None)
    assert len(opened.box_key or b"") == 32


def test_a_teller_who_noted_badly_takes_others() -> None:
    poll, people = named()
    lost = " ".join(bench_services.take_words(poll, people[0]))
    kept = " ".join(bench_services.take_words(poll, people[0]))

    with pytest.raises(Invalid):
        bench_services.prove_words(poll, people[0], lost)
    bench_services.prove_words(poll, people[0], kept)

    with pytest.raises(Conflict):
        bench_services.take_words(poll, people[0])


def test_while_the_vote_is_open_nothing_in_the_database_opens_the_box() -> None:
    poll, _words = ready()
    tellers = list(db.session.scalars(select(Teller)))
    payload = db.session.scalars(select(SecretBallot.payload)).first()
    assert payload is not None

    for teller in tellers:
        assert teller.given_share is None
        for key in (teller.public_key, (teller.sealed_share or b"")[:32]):
            with pytest.raises(seal.BrokenSeal):
                seal.unseal(key or b"", payload)
    assert poll.sealing_key is None


def test_enough_words_after_closing_count_the_ballots_and_leave_no_key(ledger: Ledger) -> None:
    poll, words = ready()
    first, second, _third = words
    with after(poll):
        tend()
        assert db.session.get_one(Poll, poll.id).status == "open"

        bench_services.give_words(poll, first, words[first])
        assert db.session.get_one(Poll, poll.id).status == "open"
        assert db.session.scalars(select(OpenedBallot)).all() == []

        bench_services.give_words(poll, second, words[second])

    closed = db.session.get_one(Poll, poll.id)
    assert (closed.status, closed.turnout) == ("closed", 4)
    assert closed.result is not None
    assert db.session.scalars(select(SecretBallot)).all() == []
    for teller in db.session.scalars(select(Teller)):
        assert (teller.sealed_share, teller.given_share) == (None, None)


def test_tellers_are_called_once_when_the_vote_is_over() -> None:
    poll, words = ready()
    with after(poll):
        tend()
        tend()

    for person in words:
        told = db.session.scalars(
            select(Notification.text).where(
                Notification.resident_id == person.id, Notification.text.startswith("L’urne attend")
            )
        ).all()
        assert len(told) == 1


def test_words_come_neither_too_soon_nor_from_someone_else_nor_twice() -> None:
    poll, words = ready()
    first, second, _third = words
    with pytest.raises(Conflict):
        bench_services.give_words(poll, first, words[first])
    with after(poll):
        with pytest.raises(Forbidden):
            bench_services.give_words(poll, make_resident(), words[first])
        with pytest.raises(Invalid):
            bench_services.give_words(poll, first, words[second])
        bench_services.give_words(poll, first, words[first])
        with pytest.raises(Conflict):
            bench_services.give_words(poll, first, words[first])

    given = db.session.scalars(select(Teller).where(Teller.given_at.is_not(None))).all()
    assert [teller.resident_id for teller in given] == [first.id]


def test_a_box_that_cannot_be_opened_is_cancelled_unread() -> None:
    poll, _words = ready()
    director = make_with_role(Role.DIRECTOR)

    services.cancel_poll(poll, director, "Deux feuilles sont perdues.")

    assert db.session.scalars(select(SecretBallot)).all() == []
    assert {teller.sealed_share for teller in db.session.scalars(select(Teller))} == {None}


@pytest.mark.parametrize(
    ("count", "needed", "fields"),
    [(1, 2, {}), (8, 2, {}), (3, 1, {}), (3, 4, {}), (3, 2, {"is_secret": False})],
)
def test_a_bureau_that_cannot_be_is_refused(
    count: int, needed: int, fields: dict[str, Any]
) -> None:
    people = [make_resident().id for _ in range(count)]

    with pytest.raises(Invalid):
        make_poll(teller_ids=people, tellers_needed=needed, **fields)

    assert db.session.scalars(select(Poll)).all() == []


def test_the_database_keeps_the_box_of_an_opened_poll_as_it_is() -> None:
    poll, _words = ready()

    for field, value in (("tellers_needed", 3), ("box_key", bytes(32)), ("sealing_key", bytes(32))):
        with pytest.raises(IntegrityError):
            db.session.query(Poll).filter_by(id=poll.id).update({field: value})
        db.session.rollback()


def test_tellers_acts_are_in_the_audit_log_without_their_words() -> None:
    poll, words = ready()
    with after(poll):
        for person in list(words)[:2]:
            bench_services.give_words(poll, person, words[person])

    noted = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act.startswith("teller:")).order_by(AuditEntry.id)
    ).all()
    assert [entry.act for entry in noted] == ["teller:ready"] * 3 + ["teller:gave"] * 2
    assert {str(entry.details) for entry in noted} == {"{}"}


def test_a_teller_takes_and_gives_words_on_their_phone(app: Flask, client: Visitor) -> None:
    voters = make_voters(1)
    poll, people = named(2)
    pages = [Visitor(app).sign_in(person) for person in people]
    papers = []
    for page in pages:
        shown = page.send(f"/scrutins/{poll.id}/bureau/mots")
        paper = " ".join(re.findall(r"<li><strong[^>]*>(.+?)</strong>", shown.text))
        papers.append(paper)
        assert shown.headers["Cache-Control"] == "no-store"
        assert len(paper.split()) == 12
        assert "Retapez vos douze mots" in page.get(f"/scrutins/{poll.id}/bureau").text
        wrong = page.send(f"/scrutins/{poll.id}/bureau/preuve", {"words": "soleil"})
        assert wrong.status_code == 422
        page.send(f"/scrutins/{poll.id}/bureau/preuve", {"words": paper})
    yes(poll, *voters)
    assert client.sign_in(make_resident()).get(f"/scrutins/{poll.id}/bureau").status_code == 404

    with after(poll):
        for page, paper in zip(pages, papers, strict=True):
            page.send(f"/scrutins/{poll.id}/bureau/ouverture", {"words": paper})
        tend()
        result = client.get(f"/scrutins/{poll.id}")

    assert db.session.get_one(Poll, poll.id).status == "closed"
    assert "partagée entre 2 personnes" in result.text


def test_a_vote_whose_tellers_never_came_is_withdrawn() -> None:
    poll, _people = named()

    with after(poll):
        tend()

    assert db.session.get_one(Poll, poll.id).status == "cancelled"


def test_a_vote_to_come_waits_for_its_hour_even_when_all_are_ready() -> None:
    people = [make_resident() for _ in range(2)]
    poll = make_poll(
        opens_at=now() + timedelta(minutes=20),
        teller_ids=[one.id for one in people],
        tellers_needed=2,
    )
    for person in people:
        words = " ".join(bench_services.take_words(poll, person))
        bench_services.prove_words(poll, person, words)

    assert db.session.get_one(Poll, poll.id).status == "scheduled"


def test_no_share_that_was_given_stays_in_the_files_of_the_database() -> None:
    poll, words = ready()
    opened = [
        shares.open_share(
            shares.key_of(said),
            db.session.get_one(Teller, (poll.id, person.id)).sealed_share or b"",
        )
        for person, said in words.items()
    ]

    with after(poll):
        for person, said in list(words.items())[:2]:
            bench_services.give_words(poll, person, said)
        # What a reader hinders at first is done the minute after.
        tend()
    assert db.session.get_one(Poll, poll.id).status == "closed"
    stored = _stored()
    assert stored
    assert not [share for share in opened if share.encode() in stored]


def _stored() -> bytes:
    """Every byte that the engine keeps of the tellers: the whole database, for SQLite."""
    if is_sqlite():
        base = Path(str(db.engine.url.database))
        db.session.remove()
        db.engine.dispose()
        return b"".join(path.read_bytes() for path in sorted(base.parent.glob(f"{base.name}*")))
    pages = text("SELECT pg_read_binary_file(pg_relation_filepath('poll_tellers'))")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        return bytes(connection.scalar(pages) or b"")
