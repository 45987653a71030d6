"""The one way a proposal changes state, for the services of this feature alone."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.holders import holders
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import Conflict
from app.core.i18n import _
from app.core.rights import Right
from app.ledger.acts import Act, Channel
from app.ledger.services import Actor, Facts, record
from app.notifications.services import notify
from app.proposals.facts import body_facts
from app.proposals.holding import count_admitted
from app.proposals.indexing import index_content, url_of
from app.proposals.labels import LABELS
from app.proposals.models import Proposal, ProposalStep, Status, Support
from app.proposals.workflow import may_follow


class WrongMoment(Conflict):
    """The proposal has gone another way meanwhile."""


def move(
    proposal: Proposal,
    to: Status,
    act: Act | None,
    *,
    by: Resident | None,
    actor: Actor | None = None,
    channel: Channel | None = None,
    reason: str = "",
) -> None:
    """Change a proposal's state, remember it, and tell its author and supporters why.

    Args:
        act: what the ledger records, if anything.
        by: who changes it; nobody for the house itself.
        actor: whose act it is in the ledger, `by` by default.
        channel: how it was done, as the ledger says it; the request's by default.

    Raises:
        WrongMoment: the state it is in now does not lead there.
    """
    lock(proposal)
    if not may_follow(proposal.status, to):
        present = LABELS[Status(proposal.status)].label
        raise WrongMoment(
            _("Ce n’est plus possible : la proposition est « %(now)s ».", now=present)
        )
    add_step(proposal, to, by=by, reason=reason)
    if by is not None and to not in (Status.SUBMITTED, Status.WITHDRAWN):
        before, after = {"status": proposal.status}, {"status": to.value}
        note(
            AuditAct.PROPOSAL_MOVED, by, proposal, before=before, after=after, reason=reason or None
        )
    proposal.status = to.value
    db.session.flush()
    if act is not None:
        whose = actor or by
        entered_by = by if whose is not by else None
        # An act of the house has no quartier but the proposal's.
        place: Facts = {} if whose else {"quartier_id": proposal.quartier_id}
        facts = body_facts(proposal.body, **place)
        record(act, actor=whose, subject=proposal, channel=channel, entered_by=entered_by, **facts)
    news = str(LABELS[to].news) % {"title": proposal.title}
    tell(proposal, news, reason, but=by)


def add_step(proposal: Proposal, to: Status, *, by: Resident | None, reason: str = "") -> None:
    """One more line in the proposal's history."""
    db.session.add(
        ProposalStep(
            proposal_id=proposal.id,
            from_status=proposal.status,
            to_status=to.value,
            reason=reason.strip(),
            by_id=by.id if by else None,
        )
    )


def publish(proposal: Proposal) -> None:
    """Let everyone see it and find it."""
    if proposal.published_at is None:
        proposal.published_at = now()
        count_admitted(proposal.author)
    index_content(proposal)


def tell(proposal: Proposal, text: str, body: str, *, but: Resident | None, url: str = "") -> None:
    """Tell its author and supporters, except who did it."""
    supporters = select(Support.resident_id).where(Support.proposal_id == proposal.id)
    told = (Resident.id == proposal.author_id) | Resident.id.in_(supporters)
    people = db.session.scalars(select(Resident).where(told).order_by(Resident.id)).all()
    _tell(people, text, url or url_of(proposal), body, but)


def tell_deciders(proposal: Proposal, text: str, *, but: Resident | None) -> None:
    """Tell those who decide of it."""
    deciders = holders(Right.DECIDE_PROPOSALS, body_id=proposal.body_id)
    people = db.session.scalars(
        select(Resident).where(Resident.id.in_(deciders)).order_by(Resident.id)
    ).all()
    _tell(people, text, url_of(proposal), "", but)


def tell_if_enough(proposal: Proposal) -> None:
    """Say once that the supports needed are there: its history remembers it."""
    needed = rule("supports_needed")
    if proposal.support_count < needed:
        return
    gathering = Status.GATHERING.value
    told = select(ProposalStep.id).filter_by(
        proposal_id=proposal.id, from_status=gathering, to_status=gathering
    )
    if db.session.scalar(told.limit(1)) is not None:
        return
    reason = _("Les %(count)d soutiens sont réunis.", count=needed)
    add_step(proposal, Status.GATHERING, by=None, reason=reason)
    text = _(
        "« %(title)s » a ses %(count)d soutiens : elle peut passer au vote.",
        title=proposal.title,
        count=needed,
    )
    if proposal.author is not None:
        notify(proposal.author, text, url_of(proposal))
    tell_deciders(proposal, text, but=proposal.author)


def _tell(people: Sequence[Resident], text: str, url: str, body: str, but: Resident | None) -> None:
    for person in people:
        if but is None or person.id != but.id:
            notify(person, text, url, body=body)
