"""Every minute: open the polls whose time has come, close those whose time is over."""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import job
from app.voting.archiving import archive_old
from app.voting.closing import close_poll
from app.voting.models import Poll
from app.voting.opening import open_poll
from app.voting.reminding import due, remind
from app.voting.sweeping import sweep

SWEPT_AGAIN = timedelta(minutes=5)


def tend() -> tuple[int, int]:
    """How many polls were opened and closed; each in its own transaction."""
    opened = sum(_attempt(open_poll, poll_id) for poll_id in _due("scheduled"))
    closed = sum(_attempt(close_poll, poll_id) for poll_id in _due("open"))
    if not closed and _just_emptied():
        sweep()
    return opened, closed


@job(every_minute=True)
def tend_polls() -> int:
    """Open, close and recall what is due; running it twice changes nothing more."""
    return sum(tend()) + sum(_attempt(remind, poll_id) for poll_id in due())


@job(every_hour=True)
def archive_old_polls() -> int:
    """Put away the polls that have been over for a year."""
    return archive_old()


def _attempt(act: Callable[[Poll], bool], poll_id: int) -> bool:
    """One poll that cannot be opened or counted keeps no other waiting."""
    try:
        return act(db.session.get_one(Poll, poll_id))
    except Exception:
        current_app.logger.exception("poll %s", poll_id)
        return False


def _just_emptied() -> bool:
    """Whether a box was emptied minutes ago: someone reading may have hindered the sweep."""
    recent = (Poll.is_secret, Poll.closed_at > now() - SWEPT_AGAIN)
    emptied = db.session.scalar(select(Poll.id).where(*recent).limit(1)) is not None
    # A reader of our own would hinder it too.
    db.session.rollback()
    return emptied


def _due(status: str) -> list[int]:
    limit = Poll.opens_at if status == "scheduled" else Poll.closes_at
    return list(
        db.session.scalars(
            select(Poll.id).where(Poll.status == status, limit <= now()).order_by(Poll.id)
        )
    )
