"""Putting a question to the vote, and cancelling it; see also opening, casting and closing."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import Body
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.proposals import lifecycle
from app.proposals.models import Proposal, Status
from app.voting import mails
from app.voting.bench_services import name_bench
from app.voting.drafting import PollDraft, lines_of, rules_of
from app.voting.events import Kind, append
from app.voting.models import Poll, PollOption
from app.voting.opening import open_poll, withdraw
from app.voting.policies import can_cancel_poll, can_open_poll

SHORTEST = timedelta(minutes=10)
LATE_TYPING = timedelta(minutes=5)


@atomic
def create_poll(by: Resident, draft: PollDraft) -> Poll:
    """Set a poll's rules; it opens now, or by itself at its time.

    Raises:
        Forbidden: neither the direction nor the référent of this comité.
        Invalid: dates, options or rules that cannot be, with the field at fault.
    """
    if not can_open_poll(by, draft.body_id):
        raise Forbidden(_("Vous ne pouvez pas ouvrir ce vote."))
    if draft.body_id is not None and db.session.get(Body, draft.body_id) is None:
        raise Invalid(_("Choisissez qui peut voter."), field="electorate")
    moment = now()
    opens_at = _opening(draft, moment)
    proposals = _proposals(by, draft)
    lines = lines_of(draft, [(proposal.id, proposal.title) for proposal in proposals])
    poll = Poll(
        title=draft.title,
        text=draft.text,
        method=draft.method,
        electorate="all" if draft.body_id is None else "body",
        body_id=draft.body_id,
        is_secret=draft.is_secret,
        quorum_percent=draft.quorum_percent,
        opens_at=opens_at,
        closes_at=draft.closes_at,
        proxies_most=draft.proxies_most,
        has_paper=draft.has_paper,
        claims_until=_claims_until(draft, opens_at),
        extendable_until=_extendable_until(draft),
        created_by_id=by.id,
    )
    poll.options = [
        PollOption(position=place, label=line.label, proposal_id=line.proposal_id)
        for place, line in enumerate(lines, start=1)
    ]
    db.session.add(poll)
    db.session.flush()
    # Costs and collèges go by the numbers that options have just received.
    poll.rules = rules_of(draft, lines, poll.options)
    db.session.flush()
    append(poll, Kind.CREATED)
    if draft.teller_ids:
        name_bench(poll, draft.teller_ids, draft.tellers_needed)
        mails.tell_bench(poll)
    for proposal in proposals:
        lifecycle.put_to_vote(proposal, by)
    if opens_at <= moment and open_poll(poll) and not poll.roll_size:
        raise Invalid(_("Personne ne pourrait voter : cette liste est vide."), "electorate")
    note(AuditAct.POLL_OPENED, by, poll, after={"status": poll.status})
    return poll


@atomic
def cancel_poll(poll: Poll, by: Resident, reason: str) -> None:
    """Cancel a poll: its ballots are destroyed unread, its proposals go back to gathering.

    Raises:
        Forbidden: someone else's poll.
        Conflict: it is closed or cancelled already.
        Invalid: no reason.
    """
    lock(poll)
    if poll.status not in ("scheduled", "open"):
        raise Conflict(_("Ce vote est déjà terminé ou annulé."))
    check_may_cancel(by, poll)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi ce vote est annulé."), field="reason")
    note(AuditAct.POLL_CANCELLED, by, poll, before={"status": poll.status}, reason=reason.strip())
    withdraw(poll, by, reason.strip())


def check_may_cancel(by: Resident, poll: Poll) -> None:
    """Raises Forbidden unless the person may cancel this poll now."""
    if not can_cancel_poll(by, poll):
        raise Forbidden(_("Vous ne pouvez pas annuler ce vote."))


def _opening(draft: PollDraft, moment: datetime) -> datetime:
    opens_at = draft.opens_at or moment
    if opens_at < moment - LATE_TYPING:
        raise Invalid(_("Cette date est passée. Laissez vide pour ouvrir maintenant."), "opens_at")
    opens_at = max(opens_at, moment)
    if draft.closes_at < opens_at + SHORTEST:
        raise Invalid(_("Un vote dure au moins dix minutes."), field="closes_at")
    return opens_at


def _proposals(by: Resident, draft: PollDraft) -> list[Proposal]:
    wanted = list(dict.fromkeys(draft.proposal_ids))
    found = {
        proposal.id: proposal
        for proposal in db.session.scalars(select(Proposal).where(Proposal.id.in_(wanted)))
    }
    for proposal_id in wanted:
        proposal = found.get(proposal_id)
        if proposal is None or proposal.status != Status.GATHERING:
            raise Invalid(_("Une des propositions ne peut pas être mise au vote."), "proposals")
        if not can_open_poll(by, proposal.body_id):
            raise Invalid(_("Une des propositions n’est pas de votre comité."), "proposals")
    return [found[proposal_id] for proposal_id in wanted]


def _claims_until(draft: PollDraft, opens_at: datetime) -> datetime | None:
    if not draft.claims_days:
        return None
    return min(opens_at + timedelta(days=draft.claims_days), draft.closes_at)


def _extendable_until(draft: PollDraft) -> datetime | None:
    if not draft.extension_days:
        return None
    return draft.closes_at + timedelta(days=draft.extension_days)
