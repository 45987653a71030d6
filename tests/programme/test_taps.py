"""A phone's queue of taps: each counts once, in the order of the fingers."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Resident
from app.core.clock import civil_day, now
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import attendance, changes, taps
from app.programme.models import Session, SessionAttendance
from app.programme.tap_models import AttendanceTap
from app.programme.tap_reading import Tap
from app.programme.taps import Answers
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.programme.factories import HOUR, make_session, there
from tests.support import Ledger, Statements

MINUTE = timedelta(minutes=1)


def tap(resident: Resident | None, ago: timedelta = MINUTE, **fields: Any) -> Tap:
    """Someone put on the sheet a minute ago, unless told otherwise."""
    fields.setdefault("adds", True)
    if resident is not None:
        fields["resident_id"] = resident.id
    return Tap(str(uuid4()), now() - ago, **fields)


def take(session: Session, queue: Sequence[Tap]) -> Answers:
    return taps.take_taps(make_with_role(Role.DESK), session, queue)


def test_a_queue_is_written_down_and_each_tap_answered(app: Flask, ledger: Ledger) -> None:
    session, people = make_session(), [make_resident() for _ in "123"]
    queue = [tap(one) for one in people]

    answers = take(session, queue)

    assert answers.taken == [one.client_id for one in queue]
    assert answers.refused == {}
    assert sorted(there(session)) == [one.id for one in people]
    assert ledger.acts() == []


def test_a_queue_sent_twice_counts_once(app: Flask, ledger: Ledger) -> None:
    session = make_session()
    queue = [tap(make_resident()) for _ in "123"]

    first, second = take(session, queue), take(session, queue)
    attendance.close(make_with_role(Role.DESK), session)
    third = take(session, queue)

    assert first.taken == second.taken == third.taken
    assert len(there(session)) == 3
    assert len(ledger.entries(Act.SESSION_ATTENDED)) == 3


def test_two_phones_sending_the_same_person_and_the_same_queue_at_once_count_once(
    app: Flask,
) -> None:
    session, resident, team = make_session(), make_resident(), make_with_role(Role.DESK)
    same = [tap(resident), tap(make_resident())]
    queues = [same, same, [tap(resident)], [tap(resident)]]
    team_id, session_id = team.id, session.id

    def send(queue: list[Tap]) -> None:
        person, found = (
            db.session.get_one(Resident, team_id),
            db.session.get_one(Session, session_id),
        )
        assert taps.take_taps(person, found, queue).refused == {}

    wrong = refused_at_once(app, [partial(send, queue) for queue in queues])

    assert wrong == []
    rows = db.session.scalars(select(SessionAttendance.resident_id)).all()
    assert len(rows) == 2
    assert len(db.session.scalars(select(AttendanceTap.id)).all()) == 4


def test_the_database_itself_refuses_a_tap_a_second_time(app: Flask) -> None:
    session, resident = make_session(), make_resident()
    client_id = str(uuid4())

    def keep() -> None:
        about = {"session_id": session.id, "resident_id": resident.id}
        row = AttendanceTap(client_id=client_id, adds=True, tapped_at=now(), **about)
        atomic(lambda: db.session.add(row))()

    keep()
    with pytest.raises(IntegrityError):
        keep()


def test_what_was_done_last_holds_whichever_phone_comes_back_first(app: Flask) -> None:
    session, stays, goes = make_session(), make_resident(), make_resident()
    late = [tap(stays, 10 * MINUTE, adds=False), tap(goes, 30 * MINUTE)]
    early = [tap(stays, 5 * MINUTE), tap(goes, 20 * MINUTE, adds=False)]

    take(session, early)
    answers = take(session, late)

    assert len(answers.taken) == 2
    assert there(session) == [stays.id]


def test_a_name_taken_off_at_the_desk_is_not_put_back_by_an_older_tap(app: Flask) -> None:
    session, resident = make_session(), make_resident()
    team, old = make_with_role(Role.DESK), tap(resident, 10 * MINUTE)
    attendance.sign(team, session, resident)
    attendance.unsign(team, session, resident.id)

    take(session, [old])

    assert there(session) == []


def test_on_off_and_on_again_in_one_queue_leaves_one_name(app: Flask) -> None:
    session, resident, gone = make_session(), make_resident(), make_resident()
    moments = [(resident, 3, True), (resident, 2, False), (resident, 1, True)]
    moments += [(gone, 3, True), (gone, 2, False), (gone, 1, True), (gone, 0, False)]

    take(session, [tap(who, minutes * MINUTE, adds=adds) for who, minutes, adds in moments])

    assert there(session) == [resident.id]


def test_a_session_closed_or_called_off_meanwhile_refuses_each_tap_with_words(
    app: Flask, ledger: Ledger
) -> None:
    team, closed, off = make_with_role(Role.DESK), make_session(), make_session()
    before = [tap(make_resident())]
    take(closed, before)
    attendance.close(team, closed)
    changes.cancel_session(team, off, "Il pleut.")
    recorded = len(ledger.entries())
    late = [tap(make_resident())]

    told, told_off = take(closed, before + late), take(off, [tap(make_resident())])

    assert told.taken == [before[0].client_id]
    assert "close" in told.refused[late[0].client_id]
    assert ["annulée" in why for why in told_off.refused.values()] == [True]
    assert len(there(closed)) == 1
    assert there(off) == []
    assert len(ledger.entries()) == recorded


def test_cards_are_read_and_an_unknown_one_hurts_no_other(app: Flask) -> None:
    session, resident = make_session(), make_resident("Samba")
    good, bad = tap(None, card=resident.card_number), tap(None, card="00000000")

    answers = take(session, [bad, good])

    assert answers.taken == [good.client_id]
    assert answers.names == {good.client_id: resident.full_name}
    assert list(answers.refused) == [bad.client_id]
    assert there(session) == [resident.id]


def test_someone_whose_file_was_joined_is_signed_under_the_one_that_stays(app: Flask) -> None:
    session, stays = make_session(), make_resident()
    joined = make_resident(merged_into_id=stays.id)

    take(session, [tap(joined), tap(stays)])

    assert there(session) == [stays.id]


def test_moments_stay_between_the_morning_of_the_session_and_now(app: Flask) -> None:
    session = make_session()
    early, late = make_resident(), make_resident()

    take(session, [tap(early, timedelta(days=9)), tap(late, -3 * HOUR)])

    rows = {row.resident_id: row for row in db.session.scalars(select(SessionAttendance))}
    assert civil_day(rows[early.id].signed_at) == civil_day(session.starts_at)
    assert rows[early.id].signed_at <= session.starts_at
    assert rows[late.id].signed_at <= now()


def test_a_hundred_taps_cost_as_many_statements_as_two(app: Flask, statements: Statements) -> None:
    sizes = []
    for number in (2, 100):
        team, session = make_with_role(Role.DESK), make_session()
        queue = [tap(one) for one in [make_resident() for _ in range(number)]]
        statements.reset()
        taps.take_taps(team, session, queue)
        sizes.append(len([one for one in statements.sent if one.startswith("SELECT")]))

    assert sizes[0] == sizes[1] <= 9


def test_residents_send_no_queue(app: Flask) -> None:
    session, resident = make_session(), make_resident()

    with pytest.raises(Forbidden):
        taps.take_taps(resident, session, [tap(resident)])

    assert there(session) == []
