"""Closing later than announced: once, and only where the rules frozen at opening allow it."""

from datetime import datetime

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.voting import mails
from app.voting.events import Kind, append
from app.voting.models import Poll
from app.voting.policies import can_extend_poll, is_open, runs_poll


@atomic
def extend_poll(poll: Poll, by: Resident, closes_at: datetime) -> None:
    """Leave the poll open until later; those who have not voted are told.

    A trigger refuses any other change of the closing time, whoever asks.

    Raises:
        Forbidden: neither the direction nor whoever opened it.
        Conflict: it is over, was extended already, or its rules say nothing of it.
        Invalid: before the present closing time, or past what the rules allow.
    """
    lock(poll)
    check_may_extend(by, poll)
    assert poll.extendable_until is not None
    if closes_at <= poll.closes_at:
        raise Invalid(_("Choisissez un moment après la fermeture prévue."), field="closes_at")
    if closes_at > poll.extendable_until:
        raise Invalid(_("La règle ne permet pas d’aller si loin."), field="closes_at")
    before = poll.closes_at
    poll.extended_from, poll.closes_at = before, closes_at
    db.session.flush()
    moments = {"extended_from": before.isoformat(), "closes_at": closes_at.isoformat()}
    append(poll, Kind.EXTENDED, **moments)
    note(AuditAct.POLL_EXTENDED, by, poll, after=moments)
    mails.tell_extended(poll)


def check_may_extend(by: Resident, poll: Poll) -> None:
    """Spare someone a form that could not be sent; raises as `extend_poll` would."""
    if not runs_poll(by, poll):
        raise Forbidden(_("Vous ne pouvez pas prolonger ce vote."))
    if can_extend_poll(by, poll, now()):
        return
    if not is_open(poll, now()):
        raise Conflict(_("Ce vote n’est pas ouvert : il ne se prolonge pas."))
    if poll.extended_from is not None:
        raise Conflict(_("Ce vote a déjà été prolongé : une fois est le plus."))
    raise Conflict(_("Les règles de ce vote ne permettent pas de le prolonger."))
