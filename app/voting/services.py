"""Putting a question to the vote, and cancelling it; see also opening, casting and closing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import Body
from app.core import search
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.proposals import lifecycle
from app.proposals.models import Proposal, Status
from app.voting import mails
from app.voting.bench_services import name_bench
from app.voting.drafting import PollDraft, Typed, lines_of, rules_of
from app.voting.events import Kind, append, has_begun
from app.voting.listing import KIND
from app.voting.models import Poll, PollOption
from app.voting.opening import open_poll, poll_proposals, withdraw
from app.voting.policies import can_cancel_poll, can_edit_poll, can_open_poll, can_see_draft
from app.voting.setting import drop_bench, set_rules

SHORTEST = timedelta(minutes=10)
LATE_TYPING = timedelta(minutes=5)


@atomic
def create_poll(by: Resident, draft: PollDraft, typed: Typed | None = None) -> Poll:
    """Set a poll's rules; it opens now, or by itself at its time.

    `typed`: what the form held, to be edited until then.

    Raises:
        Forbidden: neither the direction nor the référent of this comité.
        Invalid: dates, options or rules that cannot be, with the field at fault.
    """
    poll = Poll(created_by_id=by.id)
    _announce(poll, by, draft, typed)
    return poll


@atomic
def publish(poll: Poll, by: Resident, draft: PollDraft, typed: Typed | None = None) -> None:
    """Put a draft to the vote, or change the rules of a poll that has not opened yet.

    Raises:
        Forbidden: someone else's poll, or for an electorate that is not theirs.
        Conflict: it has opened meanwhile, or is over.
        Invalid: as `create_poll`.
    """
    lock(poll)
    check_may_edit(by, poll)
    _announce(poll, by, draft, typed)


def check_may_edit(by: Resident, poll: Poll) -> None:
    """Spare someone a form that could not be sent.

    Raises:
        Conflict: the rules are frozen, or the poll is over.
        Forbidden: someone else's poll.
    """
    if not can_see_draft(by, poll):
        raise Forbidden(_("Vous ne pouvez pas modifier ce vote."))
    if not can_edit_poll(by, poll):
        raise Conflict(_("Ce vote s’est ouvert : ses règles ne changent plus."))


def check_draft(by: Resident, poll: Poll, draft: PollDraft) -> None:
    """Whether a draft could be put to the vote now; raises as `create_poll` otherwise."""
    _check_electorate(by, draft)
    _opening(draft, now())
    proposals = _proposals(by, draft, held_by(poll))
    lines = lines_of(draft, [(proposal.id, proposal.title) for proposal in proposals])
    rules_of(draft, lines, [PollOption(id=place) for place, _line in enumerate(lines, start=1)])


def held_by(poll: Poll) -> dict[int, Proposal]:
    """The proposals that an announced poll keeps from being put to another vote, by number."""
    if poll.status != "scheduled":
        return {}
    held = poll_proposals(poll).values()
    return {proposal.id: proposal for proposal in held if proposal.status == Status.VOTING}


def _announce(poll: Poll, by: Resident, draft: PollDraft, typed: Typed | None) -> None:
    """Check everything, write the rules down, and open where it is time."""
    _check_electorate(by, draft)
    moment = now()
    opens_at = _opening(draft, moment)
    held = held_by(poll)
    proposals = _proposals(by, draft, held)
    lines = lines_of(draft, [(proposal.id, proposal.title) for proposal in proposals])
    again = has_begun(poll)
    drop_bench(poll, draft)
    set_rules(poll, draft, lines, opens_at, draft.closes_at)
    poll.status = "scheduled"
    poll.typed = typed
    db.session.flush()
    append(poll, Kind.REVISED if again else Kind.CREATED)
    names = [option.label for option in poll.options]
    search.index(KIND, poll.id, poll.title, mails.path(poll), poll.text, *names)
    if draft.teller_ids and not poll.tellers_needed:
        name_bench(poll, draft.teller_ids, draft.tellers_needed)
        mails.tell_bench(poll)
    wanted = {proposal.id for proposal in proposals}
    for proposal in proposals:
        if proposal.id not in held:
            lifecycle.put_to_vote(proposal, by)
    for number, proposal in held.items():
        if number not in wanted:
            lifecycle.back_from_vote(proposal, by, _("Elle n’est plus dans ce vote."))
    if opens_at <= moment and open_poll(poll, draft.among) and not poll.roll_size:
        raise Invalid(_("Personne ne pourrait voter : cette liste est vide."), "electorate")
    note(AuditAct.POLL_OPENED, by, poll, after={"status": poll.status})


@atomic
def cancel_poll(poll: Poll, by: Resident, reason: str) -> None:
    """Cancel a poll: its ballots are destroyed unread, its proposals go back to gathering.

    Raises:
        Forbidden: someone else's poll.
        Conflict: it is closed or cancelled already.
        Invalid: no reason.
    """
    lock(poll)
    if poll.status not in ("draft", "scheduled", "open"):
        raise Conflict(_("Ce vote est déjà terminé ou annulé."))
    check_may_cancel(by, poll)
    if poll.status == "draft" and not has_begun(poll):
        raise Conflict(_("Personne ne connaît ce brouillon : supprimez-le, sans raison à donner."))
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
    if draft.closes_at <= opens_at:
        raise Invalid(_("Choisissez une fermeture après l’ouverture."), field="closes_at")
    if draft.closes_at < opens_at + SHORTEST:
        raise Invalid(_("Un vote dure au moins dix minutes."), field="closes_at")
    return opens_at


def _check_electorate(by: Resident, draft: PollDraft) -> None:
    if not can_open_poll(by, draft.body_id):
        raise Forbidden(_("Vous ne pouvez pas ouvrir ce vote."))
    if draft.body_id is not None and db.session.get(Body, draft.body_id) is None:
        raise Invalid(_("Choisissez qui peut voter."), field="electorate")


def _proposals(by: Resident, draft: PollDraft, held: Collection[int]) -> list[Proposal]:
    wanted = list(dict.fromkeys(draft.proposal_ids))
    found = {
        proposal.id: proposal
        for proposal in db.session.scalars(select(Proposal).where(Proposal.id.in_(wanted)))
    }
    for proposal_id in wanted:
        proposal = found.get(proposal_id)
        if proposal is None or (proposal.status != Status.GATHERING and proposal.id not in held):
            raise Invalid(_("Une des propositions ne peut pas être mise au vote."), "proposals")
        if not can_open_poll(by, proposal.body_id):
            raise Invalid(_("Une des propositions n’est pas de votre comité."), "proposals")
    return [found[proposal_id] for proposal_id in wanted]
