"""The server dies while minutes are being written: what it said was saved is there, whole."""

import http.client
import json
import threading
import urllib.parse
from datetime import timedelta

from flask import Flask

from app.bodies.minutes_services import items_of
from app.bodies.models import AgendaItem
from app.core.clock import now
from app.core.db import db
from tests.bodies.factories import make_director, make_meeting
from tests.factories import make_body
from tests.integrity.serving import Voter, serving, signed_in

POINTS = 4
ENOUGH = 40
"""Acknowledged saves after which the power goes."""

MOST = 400
"""Saves of each point, had the server lived."""


def save(
    hand: Voter, connection: http.client.HTTPConnection, item: tuple[int, int], version: int
) -> int:
    """What a page sends by itself while one writes; the version answered."""
    meeting_id, item_id = item
    typed = {"text": f"Texte {version + 1}", "version": str(version)}
    fields = {f"point{item_id}-{name}": value for name, value in typed.items()}
    headers = {
        "Cookie": f"session={hand.cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Autosave": "1",
    }
    body = urllib.parse.urlencode({"csrf_token": hand.token, **fields})
    connection.request("POST", f"/reunions/{meeting_id}/points/{item_id}/notes", body, headers)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 200, told
    return int(told["version"])


def test_a_server_killed_amid_notes_loses_none_it_acknowledged(app: Flask) -> None:
    director = make_director()
    agenda = [f"Point {number}" for number in range(POINTS)]
    starts_at = now() - timedelta(hours=1)
    meeting = make_meeting(make_body(), director, starts_at=starts_at, agenda=agenda)
    points = [(meeting.id, item.id) for item in items_of(meeting.id)]
    (hand,) = signed_in(app, [director])
    acknowledged = dict.fromkeys(points, 0)
    with serving() as server:

        def write(point: tuple[int, int]) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            try:
                for version in range(MOST):
                    acknowledged[point] = save(hand, connection, point, version)
                    if sum(acknowledged.values()) >= ENOUGH and server.process.poll() is None:
                        server.kill()
            except (OSError, http.client.HTTPException):
                return

        writers = [threading.Thread(target=write, args=[point]) for point in points]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

    assert ENOUGH <= sum(acknowledged.values()) < POINTS * MOST
    for (_meeting_id, item_id), version in acknowledged.items():
        item = db.session.get_one(AgendaItem, item_id)
        assert item.notes_version in (version, version + 1)
        assert item.notes == (f"Texte {item.notes_version}" if item.notes_version else "")
