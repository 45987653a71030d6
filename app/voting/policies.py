"""Who may put a question to the vote, answer it, or cancel it."""

from datetime import datetime
from typing import Any, Protocol

from app.accounts.models import Resident
from app.core.rights import Right
from app.voting.results import is_told

EARLY = ("draft", "scheduled")
"""A poll whose rules are not frozen yet."""


class Hours(Protocol):
    """What says whether ballots are accepted."""

    @property
    def status(self) -> str: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


class Poll(Hours, Protocol):
    """What the rules look at: the poll itself, or the page that shows it."""

    @property
    def is_secret(self) -> bool: ...
    @property
    def turnout(self) -> int | None: ...
    @property
    def created_by_id(self) -> int | None: ...
    @property
    def body_id(self) -> int | None: ...


class Counted(Poll, Protocol):
    """What the rule about reading ballots looks at besides."""

    @property
    def result(self) -> dict[str, Any] | None: ...


class Extendable(Poll, Protocol):
    """What the rule about a later closing looks at besides."""

    @property
    def extendable_until(self) -> datetime | None: ...
    @property
    def extended_from(self) -> datetime | None: ...


class Roll(Poll, Protocol):
    """What the rules about the roll look at besides."""

    @property
    def proxies_most(self) -> int: ...
    @property
    def claims_until(self) -> datetime | None: ...
    @property
    def has_paper(self) -> bool: ...
    @property
    def paper_closed_at(self) -> datetime | None: ...


def may_open_polls(person: Resident) -> bool:
    """Someone who may open a poll somewhere: the direction, or a comité's référent."""
    return person.may_somewhere(Right.OPEN_POLLS)


def can_open_poll(person: Resident, body_id: int | None) -> bool:
    """The direction opens any poll; a référent, one for their own comité."""
    return person.may(Right.OPEN_POLLS, body_id=body_id)


def can_see_draft(person: Resident, poll: Poll) -> bool:
    """Its author, and those who could open it."""
    return _is_mine(person, poll) or can_open_poll(person, poll.body_id)


def can_edit_poll(person: Resident, poll: Poll) -> bool:
    """Whoever sees the draft, until it opens."""
    return poll.status in EARLY and can_see_draft(person, poll)


def can_vote(poll: Hours, at: datetime, *, on_roll: bool) -> bool:
    """Someone on the electoral roll, while the poll is open; the clock closes it, not the job."""
    return on_roll and is_open(poll, at)


def is_open(poll: Hours, at: datetime) -> bool:
    """Whether ballots are accepted at this moment."""
    return poll.status == "open" and poll.opens_at <= at < poll.closes_at


def can_cancel_poll(person: Resident, poll: Poll) -> bool:
    """The direction, or whoever opened it, until it is closed."""
    return poll.status in (*EARLY, "open") and runs_poll(person, poll)


def can_extend_poll(person: Resident, poll: Extendable, at: datetime) -> bool:
    """Whoever may cancel it, once, where the rules said so before the vote opened."""
    again = poll.extended_from is None and poll.extendable_until is not None
    return is_open(poll, at) and again and runs_poll(person, poll)


def can_archive_poll(person: Resident, poll: Poll) -> bool:
    """Whoever ran it, or the direction, once it is over."""
    return poll.status in ("closed", "cancelled") and runs_poll(person, poll)


def can_decide_poll(person: Resident, poll: Poll) -> bool:
    """Whoever manages the conseil, or the poll's own comité, once it is counted."""
    right = Right.MANAGE_BODY
    manages = person.may(right) or (
        poll.body_id is not None and person.may(right, body_id=poll.body_id)
    )
    return poll.status == "closed" and manages


def runs_poll(person: Resident, poll: Poll) -> bool:
    """Whoever opened it, or may open and cancel any."""
    return person.may(Right.OPEN_POLLS) or _is_mine(person, poll)


def can_read_ballots(poll: Counted, threshold: int) -> bool:
    """Anyone, once counted; but too few secret ballots would tell who voted what."""
    if poll.status != "closed" or poll.result is None:
        return False
    return is_told(poll.result, is_secret=poll.is_secret, threshold=threshold)


def can_change_proxies(poll: Roll, at: datetime) -> bool:
    """Whether proxies are given and taken back: from the announcement to the closing time."""
    return poll.proxies_most > 0 and poll.status in ("scheduled", "open") and at < poll.closes_at


def can_claim(poll: Roll, at: datetime, *, on_roll: bool) -> bool:
    """Whoever is missing from the roll, while it may be challenged."""
    until = poll.claims_until
    return is_open(poll, at) and not on_roll and until is not None and at < until


def can_answer_claims(person: Resident, poll: Roll) -> bool:
    """Whoever may open this poll: the direction, or the comité's référent."""
    return poll.claims_until is not None and can_open_poll(person, poll.body_id)


def can_run_paper(person: Resident, poll: Roll) -> bool:
    """The team, or the comité's référent, for a poll that has paper ballots."""
    return poll.has_paper and person.may(Right.COUNT_PAPER, body_id=poll.body_id)


def may_run_paper(person: Resident) -> bool:
    """Someone who runs paper votes somewhere."""
    return person.may_somewhere(Right.COUNT_PAPER)


def can_sign_on_paper(poll: Roll, at: datetime) -> bool:
    """From the opening until the paper is said to be complete: a sheet may be typed in late."""
    started = poll.status == "open" and poll.opens_at <= at
    return poll.has_paper and started and poll.paper_closed_at is None


def can_read_paper(poll: Roll, at: datetime) -> bool:
    """After the closing time, until the paper is said to be complete."""
    return can_sign_on_paper(poll, at) and at >= poll.closes_at


def _is_mine(person: Resident, poll: Poll) -> bool:
    return poll.created_by_id is not None and poll.created_by_id == person.id
