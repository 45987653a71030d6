"""Two people who no longer write to each other here."""

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.models import Resident
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _
from app.entraide.models import HelpBlock, HelpNotice, HelpThread
from app.entraide.policies import takes_part


def are_apart(one_id: int, other_id: int) -> bool:
    """Whether either asked for no more words from the other; one statement."""
    both = or_(_blocks(one_id, other_id), _blocks(other_id, one_id))
    return db.session.scalar(select(HelpBlock.blocker_id).where(both).limit(1)) is not None


def has_stopped(blocker_id: int, blocked_id: int) -> bool:
    """Whether the first asked for no more words from the second; one statement."""
    asked = select(HelpBlock.blocker_id).where(_blocks(blocker_id, blocked_id))
    return db.session.scalar(asked) is not None


def apart_from(person_id: int) -> ColumnElement[bool]:
    """Condition on HelpNotice: its author and this person are apart."""
    theirs = and_(
        HelpBlock.blocker_id == HelpNotice.author_id, HelpBlock.blocked_id == person_id
    ) | and_(HelpBlock.blocker_id == person_id, HelpBlock.blocked_id == HelpNotice.author_id)
    return select(HelpBlock.blocker_id).where(theirs).correlate(HelpNotice).exists()


def partner_of(person: Resident, thread: HelpThread) -> Resident:
    """The other of the two."""
    return thread.notice.author if person.id == thread.other_id else thread.other


@atomic
def stop(thread: HelpThread, by: Resident) -> None:
    """Want no more words from the other, here and under any other notice; they are not told.

    Silent: nothing came of it.

    Raises:
        Forbidden: someone else's conversation.
        Conflict: stopped already.
    """
    if not takes_part(by, thread):
        raise Forbidden(_("Cet échange n’est pas le vôtre."))
    with unique_or(Conflict(_("Vous avez déjà arrêté cet échange."))):
        db.session.add(HelpBlock(blocker_id=by.id, blocked_id=partner_of(by, thread).id))


@atomic
def resume(thread: HelpThread, by: Resident) -> None:
    """Take it back. Silent: nothing came of it.

    Raises:
        Forbidden: someone else's conversation, or it was not they who stopped.
    """
    if takes_part(by, thread):
        asked = db.session.get(HelpBlock, (by.id, partner_of(by, thread).id))
        if asked is not None:
            db.session.delete(asked)
            return
    raise Forbidden(_("Vous ne pouvez pas reprendre cet échange."))


def _blocks(blocker_id: int, blocked_id: int) -> ColumnElement[bool]:
    return and_(HelpBlock.blocker_id == blocker_id, HelpBlock.blocked_id == blocked_id)
