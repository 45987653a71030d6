"""Every minute: open the polls whose time has come, close those whose time is over."""

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import job
from app.voting.closing import close_poll
from app.voting.models import Poll
from app.voting.opening import open_poll


def tend() -> tuple[int, int]:
    """How many polls were opened and closed; each in its own transaction."""
    opened = sum(open_poll(db.session.get_one(Poll, poll_id)) for poll_id in _due("scheduled"))
    closed = sum(close_poll(db.session.get_one(Poll, poll_id)) for poll_id in _due("open"))
    return opened, closed


@job(every_minute=True)
def tend_polls() -> int:
    """Open and close what is due; running it twice changes nothing more."""
    return sum(tend())


def _due(status: str) -> list[int]:
    limit = Poll.opens_at if status == "scheduled" else Poll.closes_at
    return list(
        db.session.scalars(
            select(Poll.id).where(Poll.status == status, limit <= now()).order_by(Poll.id)
        )
    )
