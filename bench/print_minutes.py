"""Publish ten pages of minutes in a migrated database, and time their PDF beside typst alone."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

from pypdf import PdfReader

from app import create_app
from app.bodies import attendance_services, meeting_services, minutes_services
from app.bodies.minutes_pdf import minutes_pdf
from app.bodies.minutes_services import items_of
from app.bodies.models import Meeting
from app.core import pdf
from app.core.clock import at, now
from app.core.db import db
from app.core.rights import Role
from tests.factories import make_body, make_resident, make_with_role

POINTS = 27
SAID = (
    "La directrice présente les trois enveloppes de l’année, et ce que les comités en disent.\n\n"
    "- **12 000 €** pour les bancs et les arbres\n- 5 000 € pour la fête\n- 3 000 € en réserve\n\n"
    "Plusieurs membres demandent que les habitants soient consultés *avant* l’été. D’autres "
    "rappellent que la Ville attend une réponse. Le débat est long, et chacun y prend part. "
    "On convient de revenir devant le conseil avec un calendrier, quartier par quartier.\n\n"
) * 2


def written() -> int:
    """Published minutes of so many points; the meeting's number."""
    by, body = make_with_role(Role.DIRECTOR), make_body()
    starts_at = now() - timedelta(days=9)
    with at(starts_at - timedelta(days=12)):
        meeting = meeting_services.convene(
            by,
            body,
            title="Réunion longue",
            starts_at=starts_at,
            place="Grande salle",
            agenda=[f"Point {number} de la réunion" for number in range(1, POINTS + 1)],
        )
    with at(starts_at + timedelta(hours=3)):
        attendance_services.add_attendee(by, meeting, make_resident())
        attendance_services.close_meeting(by, meeting, now())
    for item in items_of(meeting.id):
        minutes_services.save_notes(by, item, SAID, 0)
    minutes_services.publish_minutes(by, meeting, POINTS)
    return meeting.id


def milliseconds(work: Callable[[int], bytes], turn: int) -> float:
    begun = time.perf_counter()
    work(turn)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    times = int(sys.argv[1])
    with create_app().app_context():
        number = written()
        asked: list[tuple[Any, ...]] = []
        compile_it = pdf._compiled

        def site(turn: int) -> bytes:
            db.session.rollback()
            meeting = db.session.get_one(Meeting, number)
            # typst remembers what it laid out: each turn has a document it never saw.
            items = items_of(number)
            for item in items:
                db.session.expunge(item)
                item.notes = item.notes.replace("12", str(turn + 12))
            return minutes_pdf(meeting, items, is_whole=True)

        def watched(template: str, inputs: dict[str, str], standard: Any) -> bytes:
            asked.append((template, inputs, standard))
            return compile_it(template, inputs, standard)

        def alone(turn: int) -> bytes:
            template, inputs, standard = asked[0]
            unseen = inputs["data"].replace("12", str(turn + 5000))
            return compile_it(template, {"data": unseen}, standard)

        with patch.object(pdf, "_compiled", watched):
            pages = len(PdfReader(BytesIO(site(0))).pages)
        pairs = [(milliseconds(site, turn), milliseconds(alone, turn)) for turn in range(times)]
        ours, theirs = (statistics.median(spent) for spent in zip(*pairs, strict=True))
    print(f"{pages} pages: {ours:.0f} ms, typst alone {theirs:.0f} ms: {ours / theirs:.2f} times")


if __name__ == "__main__":
    main()
