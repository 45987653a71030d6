"""Trainings on offer: a fact as soon as they are on the programme, held or not."""

from app.accounts.models import Resident
from app.core.clock import civil_day
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import last_of, record, void
from app.programme.kinds import TRAININGS
from app.programme.models import Session


def sync_offer(session: Session, by: Resident) -> None:
    """Make the ledger say whether this session is a training on offer, and on which day.

    Inside the caller's act. What was said and is no longer true is voided.
    """
    action, day = session.action, civil_day(session.starts_at)
    offered = action.counts_as in TRAININGS and session.status != "cancelled"
    last = last_of(Act.TRAINING_OFFERED, session) if session.id else None
    if last is not None and last[1]:
        entry = last[0]
        if offered and (entry.day, entry.kind) == (day, action.counts_as):
            return
        void(entry, by=by, reason=_("La formation est annulée ou changée."))
    if offered:
        record(
            Act.TRAINING_OFFERED,
            subject=session,
            when=day,
            entered_by=by,
            kind=action.counts_as,
            lead=action.lead,
            offsite=action.is_offsite,
            action_id=action.id,
            quartier_id=action.quartier_id,
        )
