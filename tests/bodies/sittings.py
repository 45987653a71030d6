"""Meetings under way, with seats to fill them."""

from datetime import timedelta
from typing import Any

from app.accounts.models import Resident
from app.bodies import attendance_services, deliberation_consent, deliberation_services
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_queries import DeliberationLine, deliberations_of
from app.bodies.deliberation_services import Hands
from app.bodies.models import AgendaItem, Body, Meeting
from app.core.clock import at
from app.core.db import db
from tests.bodies.factories import EVENING, make_conseil, make_director, make_meeting, make_seat
from tests.factories import make_resident

LATER = EVENING + timedelta(minutes=20)
"""Twenty minutes into the meeting."""


class Room:
    """A conseil that meets: its director, its members with a voice, its first point."""

    def __init__(self, voices: int = 4, **fields: Any) -> None:
        self.director = make_director()
        self.body: Body = make_conseil()
        self.people = [make_resident(f"Membre{number}") for number in range(voices)]
        self.seats = [
            make_seat(self.body, person, director=self.director) for person in self.people
        ]
        self.meeting: Meeting = make_meeting(self.body, self.director, **fields)

    def come(self, *people: Resident) -> None:
        """They sign in; everybody, when nobody is named."""
        for person in people or self.people:
            self.mark(person, "present")

    def mark(self, person: Resident, state: str) -> str | None:
        with at(LATER):
            return attendance_services.mark(self.director, self.meeting, person, state)

    @property
    def item(self) -> AgendaItem:
        mine = db.session.query(AgendaItem).filter_by(meeting_id=self.meeting.id)
        return mine.order_by(AgendaItem.position).first() or AgendaItem()

    def put(self, way: str = "hands", text: str = "Des bancs.") -> Deliberation:
        """A question put to them."""
        with at(LATER):
            return deliberation_services.put(
                self.director, self.item, question="Voulons-nous des bancs ?", way=way, text=text
            )


def only_line(room: Room) -> DeliberationLine:
    """The one question of the meeting."""
    (line,) = deliberations_of(room.meeting.id)
    return line


def count(room: Room, made: Deliberation, *hands: int) -> None:
    """Hands for, against, abstaining, taking no part."""
    with at(LATER):
        deliberation_services.count_hands(room.director, made, Hands(*hands))


def say(room: Room, made: Deliberation, member: Resident, voice: str, reason: str = "") -> None:
    with at(LATER):
        deliberation_consent.say(room.director, made, member, voice, reason)
