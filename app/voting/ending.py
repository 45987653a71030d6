"""A secret vote put at a meeting ends before its hour, once everyone on its roll has voted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_services import hold
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict
from app.core.i18n import _, _n
from app.core.typography import time_fr
from app.voting.closing import close_poll
from app.voting.events import Kind, append
from app.voting.models import Emargement, Poll, RollEntry
from app.voting.policies import is_open
from app.voting.reconciling import obstacle


@dataclass(frozen=True)
class Running:
    """A secret vote under way: how many of its roll have voted, never who."""

    poll_id: int
    closes_at: datetime
    size: int
    voted: int

    @property
    def remaining(self) -> int:
        return self.size - self.voted

    @property
    def may_end(self) -> bool:
        """Everyone has voted, or its hour has come."""
        return not self.remaining or self.closes_at <= now()


def running_vote(poll_id: int | None) -> Running | None:
    """The vote that answers a question, while it is open; one statement."""
    signed = (Emargement.poll_id == RollEntry.poll_id) & (
        Emargement.resident_id == RollEntry.resident_id
    )
    row = db.session.execute(
        select(
            Poll.id, Poll.closes_at, func.count(RollEntry.resident_id), func.count(Emargement.day)
        )
        .join(RollEntry, RollEntry.poll_id == Poll.id)
        .outerjoin(Emargement, signed)
        .where(Poll.id == poll_id, Poll.status == "open")
        .group_by(Poll.id, Poll.closes_at)
    ).first()
    return Running(*row) if row else None


@atomic
def end_vote(by: Resident, deliberation: Deliberation) -> None:
    """Close and count the secret vote on a question without waiting for its hour.

    A ballot that is being cast is waited for. The trigger `polls_frozen` refuses an earlier hour
    while anyone on the roll has not signed, whoever asks.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: no vote is open, someone has not voted, the minutes are published, or ballots
            and signatures disagree.
    """
    hold(by, deliberation.meeting_id)
    poll = db.session.get(Poll, deliberation.poll_id) if deliberation.poll_id else None
    if poll is None:
        raise Conflict(_("Aucun vote n’est ouvert sur cette question."))
    lock(poll)
    if poll.status != "open":
        raise Conflict(_("Ce vote est déjà clos, ou annulé."))
    if is_open(poll, now()):
        _end_now(by, poll)
    if not close_poll(poll):
        raise Conflict(obstacle(poll) or _("Ce vote ne peut pas encore être compté."))


def _end_now(by: Resident, poll: Poll) -> None:
    running = running_vote(poll.id)
    remaining = running.remaining if running else 0
    if remaining:
        raise Conflict(
            _n(
                "Il reste %(num)d personne à voter. Attendez-la, ou laissez le vote se fermer de"
                " lui-même à %(hour)s.",
                "Il reste %(num)d personnes à voter. Attendez-les, ou laissez le vote se fermer de"
                " lui-même à %(hour)s.",
                remaining,
                hour=time_fr(poll.closes_at),
            )
        )
    before, poll.closes_at = poll.closes_at, now()
    db.session.flush()
    moment = poll.closes_at.isoformat()
    append(poll, Kind.ENDED, closes_at=moment)
    note(
        AuditAct.POLL_ENDED,
        by,
        poll,
        before={"closes_at": before.isoformat()},
        after={"closes_at": moment},
    )
