"""Who may put a question to the vote, answer it, or cancel it."""

from datetime import datetime
from typing import Protocol

from app.accounts.models import Resident
from app.core.rights import Right


class Poll(Protocol):
    """What the rules look at: the poll itself, or the page that shows it."""

    @property
    def status(self) -> str: ...
    @property
    def is_secret(self) -> bool: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def turnout(self) -> int | None: ...
    @property
    def created_by_id(self) -> int | None: ...


def may_open_polls(person: Resident) -> bool:
    """Someone who may open a poll somewhere: the direction, or a comité's référent."""
    return person.may_somewhere(Right.OPEN_POLLS)


def can_open_poll(person: Resident, body_id: int | None) -> bool:
    """The direction opens any poll; a référent, one for their own comité."""
    return person.may(Right.OPEN_POLLS, body_id=body_id)


def can_vote(poll: Poll, at: datetime, *, on_roll: bool) -> bool:
    """Someone on the electoral roll, while the poll is open; the clock closes it, not the job."""
    return on_roll and is_open(poll, at)


def is_open(poll: Poll, at: datetime) -> bool:
    """Whether ballots are accepted at this moment."""
    return poll.status == "open" and poll.opens_at <= at < poll.closes_at


def can_cancel_poll(person: Resident, poll: Poll) -> bool:
    """The direction, or whoever opened it, until it is closed."""
    mine = poll.created_by_id is not None and poll.created_by_id == person.id
    return poll.status in ("scheduled", "open") and (person.may(Right.OPEN_POLLS) or mine)


def can_read_ballots(poll: Poll, threshold: int) -> bool:
    """Anyone, once counted; but too few secret ballots would tell who voted what."""
    enough = not poll.is_secret or (poll.turnout or 0) >= threshold
    return poll.status == "closed" and enough
