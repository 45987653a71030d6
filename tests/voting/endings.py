"""A secret vote of a meeting, to be ended."""

from datetime import timedelta

from app.accounts.models import Resident
from app.bodies.deliberation_models import Deliberation
from app.core.clock import at
from app.voting import casting
from app.voting.deliberating import vote_in_secret
from app.voting.ending import end_vote
from app.voting.models import Poll
from tests.bodies.sittings import LATER, Room

SOON = LATER + timedelta(minutes=2)


class Vote:
    """A room whose members vote in secret on one question, for fifteen minutes."""

    def __init__(self, voices: int = 4) -> None:
        self.room = Room(voices)
        self.room.come()
        self.made: Deliberation = self.room.put("poll")
        with at(LATER):
            self.poll: Poll = vote_in_secret(self.room.director, self.made, 15)

    def cast(self, *people: Resident, choice: str = "yes") -> None:
        with at(SOON):
            for person in people:
                casting.cast(self.poll, person, {"choice": choice})

    def end(self, by: Resident | None = None) -> None:
        with at(SOON):
            end_vote(by or self.room.director, self.made)
