"""Putting away the polls that are over: they leave the list, nothing of them is lost."""

from datetime import timedelta

from sqlalchemy import exists, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _
from app.voting.events import Kind, append
from app.voting.models import Poll, PollEvent
from app.voting.policies import can_archive_poll

KEPT_IN_LIST = timedelta(days=365)


@atomic
def archive(poll: Poll, by: Resident) -> None:
    """Take a poll that is over out of the list.

    Raises:
        Forbidden: neither the direction nor whoever opened it, or it is not over.
        Conflict: it is archived already.
    """
    _hold(poll, by)
    if poll.archived_at is not None:
        raise Conflict(_("Ce vote est déjà aux archives."))
    _put_away(poll)
    note(AuditAct.POLL_ARCHIVED, by, poll, after={"archived": True})


@atomic
def unarchive(poll: Poll, by: Resident) -> None:
    """Put an archived poll back in the list, for good.

    Raises:
        Forbidden: neither the direction nor whoever opened it.
        Conflict: it is not archived.
    """
    _hold(poll, by)
    if poll.archived_at is None:
        raise Conflict(_("Ce vote n’est pas aux archives."))
    poll.archived_at = None
    append(poll, Kind.UNARCHIVED)
    note(AuditAct.POLL_ARCHIVED, by, poll, after={"archived": False})


@atomic
def archive_old() -> int:
    """Put away what has been over for a year, unless someone took it back; how many."""
    taken_back = exists().where(
        PollEvent.poll_id == Poll.id, PollEvent.kind == Kind.UNARCHIVED.value
    )
    polls = db.session.scalars(
        select(Poll)
        .where(
            Poll.status.in_(("closed", "cancelled")),
            Poll.archived_at.is_(None),
            Poll.closed_at < now() - KEPT_IN_LIST,
            ~taken_back,
        )
        .order_by(Poll.id)
        .with_for_update(of=Poll)
    ).all()
    for poll in polls:
        _put_away(poll)
    return len(polls)


def _hold(poll: Poll, by: Resident) -> None:
    lock(poll)
    if not can_archive_poll(by, poll):
        raise Forbidden(_("Vous ne pouvez pas archiver ce vote."))


def _put_away(poll: Poll) -> None:
    poll.archived_at = now()
    db.session.flush()
    append(poll, Kind.ARCHIVED)
