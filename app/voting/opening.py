"""Opening a poll, at its time: the rules and the electoral roll are frozen; or withdrawing it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import after_commit, atomic, db, lock
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record
from app.proposals import lifecycle
from app.proposals.models import Proposal
from app.voting import mails, proxies
from app.voting.electorate import electors
from app.voting.events import Kind, append, roll_facts, rules_facts
from app.voting.keeping import bench_is_ready, empty_hands, prepare_box
from app.voting.models import (
    Poll,
    PollOption,
    PublicBallot,
    PublicChange,
    RollEntry,
    SecretBallot,
)
from app.voting.paper_models import PaperBatch
from app.voting.roll_models import Proxy
from app.voting.sweeping import sweep_soon


@atomic
def open_poll(poll: Poll, among: Collection[int] | None = None) -> bool:
    """Freeze the rules and the electoral roll, and call to vote; False when it is not the time.

    Args:
        among: numbers of those who have a voice in the room; without, the whole electorate.
    """
    lock(poll)
    if poll.status != "scheduled" or now() < poll.opens_at:
        return False
    if now() >= poll.closes_at:
        withdraw(poll, None, _("Le vote n’a pas pu s’ouvrir à temps."))
        return True
    if not bench_is_ready(poll):
        return False
    columns = ["poll_id", "resident_id"]
    db.session.execute(insert(RollEntry).from_select(columns, electors(poll, among)))
    poll.roll_size = db.session.scalar(
        select(func.count()).select_from(RollEntry).where(RollEntry.poll_id == poll.id)
    )
    proxies.drop_idle(poll)
    poll.quorum_represented = bool(rule("poll_quorum_represented"))
    if poll.is_secret:
        prepare_box(poll)
    poll.status = "open"
    poll.typed = None
    db.session.flush()
    append(
        poll,
        Kind.OPENED,
        closes_at=poll.closes_at.isoformat(),
        **rules_facts(poll),
        **roll_facts(poll),
    )
    record(Act.POLL_OPENED, subject=poll, **body_facts(poll))
    mails.tell_opened(poll)
    return True


def withdraw(poll: Poll, by: Resident | None, reason: str) -> None:
    """Cancel inside the caller's act, whoever asks: destroy the ballots, free the proposals."""
    proposals = {} if poll.status == "draft" else poll_proposals(poll)
    for table in (SecretBallot, PublicBallot, PublicChange, PaperBatch, Proxy):
        db.session.execute(delete(table).where(table.poll_id == poll.id))
    empty_hands(poll)
    poll.status = "cancelled"
    poll.typed = None
    poll.cancel_reason = reason
    poll.closed_at = now()
    db.session.flush()
    for proposal in proposals.values():
        lifecycle.back_from_vote(proposal, by, _("Le vote est annulé : %(why)s", why=reason))
    append(poll, Kind.CANCELLED)
    record(Act.POLL_CANCELLED, actor=by, subject=poll, **body_facts(poll))
    mails.tell_cancelled(poll)
    after_commit(sweep_soon)


def body_facts(poll: Poll) -> Any:
    """What the ledger notes of the body that votes."""
    if poll.body is None:
        return {}
    return {"body_id": poll.body.id, "body_kind": poll.body.kind}


def poll_proposals(poll: Poll) -> dict[int, Proposal]:
    """The proposals voted upon, by the option that stands for them."""
    rows = db.session.execute(
        select(PollOption.id, Proposal)
        .join(Proposal, Proposal.id == PollOption.proposal_id)
        .where(PollOption.poll_id == poll.id)
        .order_by(Proposal.id)
    )
    return {option_id: proposal for option_id, proposal in rows}
