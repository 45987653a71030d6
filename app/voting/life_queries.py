"""What the page of a poll offers to those who run it, and what it became."""

from dataclasses import dataclass

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.voting.models import Poll
from app.voting.policies import (
    can_archive_poll,
    can_cancel_poll,
    can_decide_poll,
    can_edit_poll,
    can_extend_poll,
    runs_poll,
)
from app.voting.queries import PollPage
from app.voting.reconciling import obstacle


@dataclass(frozen=True)
class LifePart:
    """What someone may do of a poll; all empty for most people.

    `obstacle`: what forbids its count, for those who run it alone.
    """

    runs: bool = False
    may_edit: bool = False
    may_cancel: bool = False
    may_extend: bool = False
    may_archive: bool = False
    may_decide: bool = False
    obstacle: str | None = None


def life_part(page: PollPage, person: Resident | None) -> LifePart:
    """The part of a poll's page about its life."""
    if person is None:
        return LifePart()
    runs = runs_poll(person, page)
    stuck = runs and page.phase == "counting"
    return LifePart(
        runs=runs,
        may_edit=page.is_editable and can_edit_poll(person, page),
        may_cancel=can_cancel_poll(person, page),
        may_extend=can_extend_poll(person, page, now()),
        may_archive=can_archive_poll(person, page),
        may_decide=page.decision_number is None and can_decide_poll(person, page),
        obstacle=obstacle(db.session.get_one(Poll, page.id)) if stuck else None,
    )
