"""The server dies while phones send their queues: what it said was taken is there, once."""

import http.client
import json
import threading
from collections.abc import Sequence
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from app.core.db import atomic, db
from app.core.rights import Role
from app.programme import taps
from app.programme.models import Session, SessionAttendance
from app.programme.tap_models import AttendanceTap
from app.programme.tap_reading import read_taps
from tests.factories import make_resident, make_with_role
from tests.integrity.serving import Voter, serving, signed_in
from tests.programme.factories import make_session

PHONES, PEOPLE, SENT_AT_ONCE = 4, 400, 5
ENOUGH = 60
"""Acknowledged taps after which the power goes."""

Lines = list[dict[str, object]]


def send(
    phone: Voter, connection: http.client.HTTPConnection, session_id: int, lines: Lines
) -> list[str]:
    """A request of the page: a part of its queue; the taps it may forget."""
    headers = {
        "Cookie": f"session={phone.cookie}",
        "Content-Type": "application/json",
        "X-CSRFToken": phone.token,
    }
    path = f"/seances/{session_id}/presences/envoi"
    connection.request("POST", path, json.dumps({"taps": lines}), headers)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 200, told
    assert told["refused"] == {}
    taken: list[str] = told["taken"]
    return taken


def queues(people: Sequence[int]) -> list[Lines]:
    """Every phone signs everyone, each in an order of its own: all meet on the same people."""
    step = len(people) // PHONES
    orders = [[*people[number * step :], *people[: number * step]] for number in range(PHONES)]
    return [
        [{"id": str(uuid4()), "ago": 60_000, "adds": True, "person": one} for one in order]
        for order in orders
    ]


def test_a_server_killed_while_queues_arrive_loses_no_sign_in_and_has_none_twice(
    app: Flask,
) -> None:
    session_id, team = make_session().id, make_with_role(Role.DESK)
    people = [one.id for one in atomic(lambda: [make_resident() for _ in range(PEOPLE)])()]
    hands = signed_in(app, [team] * PHONES)
    lines = queues(people)
    acknowledged: list[set[str]] = [set() for _ in range(PHONES)]
    with serving() as server:

        def hold(number: int) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            try:
                for start in range(0, PEOPLE, SENT_AT_ONCE):
                    part = lines[number][start : start + SENT_AT_ONCE]
                    acknowledged[number].update(send(hands[number], connection, session_id, part))
                    if sum(map(len, acknowledged)) >= ENOUGH and server.process.poll() is None:
                        server.kill()
            except (OSError, http.client.HTTPException):
                return

        phones = [threading.Thread(target=hold, args=[number]) for number in range(PHONES)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()

    sure = set().union(*acknowledged)
    assert ENOUGH <= len(sure) < PHONES * PEOPLE
    known = set(db.session.scalars(select(AttendanceTap.client_id)))
    assert sure <= known
    whose = {str(line["id"]): line["person"] for queue in lines for line in queue}
    there = db.session.scalars(select(SessionAttendance.resident_id)).all()
    assert {whose[one] for one in known} == set(there)
    assert len(there) == len(set(there))

    # The power is back: each phone sends what nobody acknowledged, some of it taken before.
    session = db.session.get_one(Session, session_id)
    for number, queue in enumerate(lines):
        rest = [line for line in queue if line["id"] not in acknowledged[number]]
        for start in range(0, len(rest), 200):
            sent = read_taps({"taps": rest[start : start + 200]})
            assert taps.take_taps(team, session, sent).refused == {}

    everyone = db.session.scalars(select(SessionAttendance.resident_id)).all()
    assert sorted(everyone) == sorted(people)
    assert len(db.session.scalars(select(AttendanceTap.id)).all()) == PHONES * PEOPLE
