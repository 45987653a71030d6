"""What becomes of a proposal: sent, admitted, refused, merged, voted, withdrawn."""

from sqlalchemy import func, insert, literal, select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act, Channel
from app.ledger.services import last_of
from app.proposals.models import Proposal, Status, Support
from app.proposals.moves import WrongMoment, move, publish, tell_deciders, tell_if_enough
from app.proposals.policies import can_decide, can_submit, can_withdraw, is_author


@atomic
def submit(proposal: Proposal, by: Resident) -> None:
    """Send a draft to those who decide.

    Raises:
        Forbidden: not the author, or a person not confirmed yet.
        Invalid: a child's, for another comité than that of children.
        WrongMoment: it is no longer a draft.
    """
    if not is_author(by, proposal):
        raise Forbidden(_("Seul l’auteur envoie sa proposition."))
    check_takes_part(by, proposal.body_theme, field="body_id")
    check_may_write(by)
    if not can_submit(by, proposal):
        raise Forbidden(_("Cette proposition est déjà envoyée."))
    move(proposal, Status.SUBMITTED, Act.PROPOSAL_SUBMITTED, by=by)
    tell_deciders(proposal, _("« %(title)s » attend votre examen.", title=proposal.title), but=by)


@atomic
def withdraw(proposal: Proposal, by: Resident, reason: str = "") -> None:
    """The author takes the proposal back, before the vote.

    Raises:
        Forbidden: not the author, or too late.
    """
    if not can_withdraw(by, proposal):
        raise Forbidden(_("Vous ne pouvez pas retirer cette proposition."))
    move(proposal, Status.WITHDRAWN, Act.PROPOSAL_WITHDRAWN, by=by, reason=reason)


@atomic
def admit(proposal: Proposal, by: Resident) -> None:
    """Publish a proposal: it now gathers supports, and counts as its author's contribution.

    Raises:
        Forbidden: only those who decide of it.
        WrongMoment: it does not wait to be examined.
    """
    _check_decides(by, proposal)
    sent = last_of(Act.PROPOSAL_SUBMITTED, proposal)
    # It is their author's contribution, who may have sent it at the desk or on a shared tablet.
    channel = Channel(sent[0].channel) if sent else None
    author = proposal.author
    move(proposal, Status.GATHERING, Act.PROPOSAL_ADMITTED, by=by, actor=author, channel=channel)
    publish(proposal)


@atomic
def refuse(proposal: Proposal, by: Resident, reason: str, *, shown: bool = True) -> None:
    """Say no, and why. `shown` publishes the proposal with its answer.

    Raises:
        Forbidden: only those who decide of it.
        Invalid: no reason.
        WrongMoment: it does not wait to be examined.
    """
    _check_decides(by, proposal)
    _check_reason(reason)
    move(proposal, Status.REFUSED, Act.PROPOSAL_REFUSED, by=by, reason=reason)
    if shown:
        publish(proposal)


@atomic
def merge(proposal: Proposal, target: Proposal, by: Resident, reason: str) -> None:
    """Join a proposal to another one, which receives its supporters, once each.

    Raises:
        Forbidden: only those who decide of both.
        Invalid: no reason, or a target that gathers no supports.
        WrongMoment: the proposal has gone another way.
    """
    _check_decides(by, proposal)
    _check_decides(by, target)
    _check_reason(reason)
    # Always in the same order: two merges at once never wait for each other.
    for row in sorted((proposal, target), key=lambda one: one.id):
        lock(row)
    if target.id == proposal.id or target.status != Status.GATHERING or not target.is_shown:
        raise Invalid(
            _("Choisissez une autre proposition, qui cherche des soutiens."), field="target_id"
        )
    move(proposal, Status.MERGED, Act.PROPOSAL_MERGED, by=by, reason=reason)
    proposal.merged_into_id = target.id
    _carry_supports(proposal, target)


def _carry_supports(proposal: Proposal, target: Proposal) -> None:
    already = select(Support.resident_id).where(Support.proposal_id == target.id)
    carried = select(literal(target.id), Support.resident_id, Support.given_at).where(
        Support.proposal_id == proposal.id, Support.resident_id.not_in(already)
    )
    if target.author_id is not None:
        carried = carried.where(Support.resident_id != target.author_id)
    names = ["proposal_id", "resident_id", "given_at"]
    db.session.execute(insert(Support).from_select(names, carried))
    standing = select(func.count()).where(Support.proposal_id == target.id)
    target.support_count = db.session.scalar(standing) or 0
    tell_if_enough(target)


@atomic
def put_to_vote(proposal: Proposal, by: Resident, reason: str = "") -> None:
    """A poll takes the proposal in; who may do so is the poll's own rule.

    Raises:
        WrongMoment: it does not gather supports, or a moderator has hidden it.
    """
    if not proposal.is_shown:
        raise WrongMoment(_("Cette proposition est masquée par la modération."))
    move(proposal, Status.VOTING, Act.PROPOSAL_PUT_TO_VOTE, by=by, reason=reason)


@atomic
def back_from_vote(proposal: Proposal, by: Resident | None, reason: str) -> None:
    """The poll was cancelled: supports are gathered again.

    Silent in the ledger, where the poll's own cancellation is written.

    Raises:
        WrongMoment: it was not in a vote.
    """
    move(proposal, Status.GATHERING, None, by=by, reason=reason)


@atomic
def settle_vote(proposal: Proposal, adopted: bool, reason: str) -> None:
    """The vote has spoken: nobody in particular decides.

    Raises:
        WrongMoment: it was not in a vote.
    """
    if adopted:
        move(proposal, Status.ADOPTED, Act.PROPOSAL_ADOPTED, by=None, reason=reason)
    else:
        move(proposal, Status.NOT_ADOPTED, Act.PROPOSAL_NOT_ADOPTED, by=None, reason=reason)


def _check_decides(person: Resident, proposal: Proposal) -> None:
    if not can_decide(person, proposal):
        raise Forbidden(_("Seuls le référent du comité et la direction en décident."))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Dites pourquoi : l’auteur le lira."), field="reason")
