"""Reminding those who have not voted, once, some hours before the closing time."""

from datetime import timedelta

from sqlalchemy import select

from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.voting import mails
from app.voting.events import Kind, append
from app.voting.models import Poll


@atomic
def remind(poll: Poll) -> bool:
    """Call those of the roll who have not voted; False where it is not the time, or was done.

    Under the lock of the poll's row: two workers at once remind once.
    """
    lock(poll)
    if not _is_due(poll):
        return False
    poll.reminded_at = now()
    append(poll, Kind.REMINDED)
    mails.remind(poll)
    return True


def due() -> list[int]:
    """The polls that may want a reminder now; `remind` looks again."""
    if not rule("poll_reminder_hours"):
        return []
    before = now() + timedelta(hours=rule("poll_reminder_hours"))
    waiting = (Poll.status == "open", Poll.reminded_at.is_(None))
    soon = (Poll.closes_at > now(), Poll.closes_at <= before)
    polls = db.session.scalars(select(Poll).where(*waiting, *soon).order_by(Poll.id))
    return [poll.id for poll in polls if _is_due(poll)]


def _is_due(poll: Poll) -> bool:
    ahead = timedelta(hours=rule("poll_reminder_hours"))
    # A vote of one evening has just been announced: nobody has forgotten it.
    lasts_longer = poll.closes_at - poll.opens_at > ahead
    waits = poll.status == "open" and poll.reminded_at is None
    return (
        bool(ahead) and lasts_longer and waits and poll.closes_at - ahead <= now() < poll.closes_at
    )
