"""What goes: notices closed long ago, and all that hangs from a person who is erased."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_, select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic_unseen, db, rows_touched
from app.entraide.models import HelpMessage, HelpNotice, HelpThread
from app.entraide.signals import gone


@atomic_unseen
def forget_closed() -> int:
    """Delete notices closed for as long as the centre's rule says, with all that was written."""
    before = now() - timedelta(days=rule("help_kept_days"))
    old = select(HelpNotice.id).where(HelpNotice.closed_at < before)
    numbers = list(db.session.scalars(old))
    _say_gone(HelpNotice.id.in_(numbers), HelpThread.notice_id.in_(numbers))
    # Conversations, messages and thanks go with their notice, by the database's own rule.
    return rows_touched(delete(HelpNotice).where(HelpNotice.id.in_(numbers)))


def part_with(person: Resident) -> None:
    """Before a person's rows go: the words of theirs, and to them, wait for nobody any more."""
    own = HelpNotice.author_id == person.id
    of_own = HelpThread.notice_id.in_(select(HelpNotice.id).where(own))
    _say_gone(own, or_(of_own, HelpThread.other_id == person.id))


def _say_gone(notices: ColumnElement[bool], threads: ColumnElement[bool]) -> None:
    within = select(HelpThread.id).where(threads)
    for message in db.session.scalars(
        select(HelpMessage).where(HelpMessage.thread_id.in_(within))
    ).all():
        gone.send(message)
    for notice in db.session.scalars(select(HelpNotice).where(notices)).all():
        gone.send(notice)
