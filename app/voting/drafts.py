"""A poll in the making: kept with what was typed, seen by few, edited, put back, deleted."""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from app.accounts.models import Resident
from app.core import search
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.proposals import lifecycle
from app.proposals.models import Proposal
from app.voting import proxies
from app.voting.drafting import Line, PollDraft, Typed, lines_of, rules_of
from app.voting.events import Kind, append, has_begun
from app.voting.listing import KIND
from app.voting.models import Poll, PollOption
from app.voting.policies import can_open_poll
from app.voting.services import check_may_edit, held_by
from app.voting.setting import drop_bench, set_rules

LONGEST = 30_000
"""Characters of everything typed, written as JSON."""

SOME_TIME = timedelta(days=7)
"""From opening to closing, in the row of a draft whose closing is not told yet."""


@atomic
def save_draft(
    by: Resident,
    typed: Typed,
    title: str,
    body_id: int | None,
    draft: PollDraft | None,
    poll: Poll | None = None,
) -> Poll:
    """Keep what was typed, as far as it went; a poll already announced goes back to being a draft.

    Args:
        draft: what the form makes of it, None where some field cannot be read. Where it says all
            that a ballot needs, the draft can be seen as its voters will.

    Raises:
        Forbidden: someone else's, or for an electorate that is not theirs.
        Conflict: it has opened meanwhile.
        Invalid: more than a form holds.
    """
    if not can_open_poll(by, body_id):
        raise Forbidden(_("Vous ne pouvez pas ouvrir ce vote."))
    if len(json.dumps(typed)) > LONGEST:
        raise Invalid(_("Ce brouillon est trop long."))
    if poll is None:
        poll = Poll(created_by_id=by.id)
    else:
        lock(poll)
        check_may_edit(by, poll)
        _take_back(poll, by)
    said = draft or PollDraft(title, "yesno", now() + SOME_TIME, body_id=body_id)
    opens_at = said.opens_at or now()
    closes_at = said.closes_at if said.closes_at > opens_at else opens_at + SOME_TIME
    poll.status = "draft"
    poll.typed = typed
    set_rules(poll, said, _lines(draft), opens_at, closes_at)
    return poll


@atomic
def put_back(poll: Poll, by: Resident) -> None:
    """Take an announced poll back before it opens: it is a draft again.

    Raises:
        Forbidden: someone else's poll.
        Conflict: it has opened meanwhile, or is a draft already.
    """
    lock(poll)
    check_may_put_back(poll, by)
    _take_back(poll, by)
    poll.status = "draft"


def check_may_put_back(poll: Poll, by: Resident) -> None:
    """Whether `put_back` would be done now; raises what it raises."""
    check_may_edit(by, poll)
    if poll.status == "draft":
        raise Conflict(_("Ce vote est déjà un brouillon."))
    if poll.typed is None:
        raise Conflict(_("Ce vote ne peut plus se modifier. Annulez-le, puis ouvrez-en un autre."))


@atomic
def delete_draft(poll: Poll, by: Resident) -> None:
    """Forget a draft, for good.

    Raises:
        Forbidden: someone else's.
        Conflict: it was announced once, or has opened.
    """
    lock(poll)
    check_may_edit(by, poll)
    if poll.status != "draft" or has_begun(poll):
        raise Conflict(_("Ce vote a été annoncé : annulez-le, en disant pourquoi."))
    db.session.execute(delete(PollOption).where(PollOption.poll_id == poll.id))
    db.session.expire(poll, ["options"])
    db.session.delete(poll)


def _take_back(poll: Poll, by: Resident) -> None:
    """Free what an announced poll holds: proposals, tellers, proxies."""
    if poll.status != "scheduled":
        return
    for proposal in held_by(poll).values():
        lifecycle.back_from_vote(proposal, by, _("Le vote n’est plus annoncé."))
    drop_bench(poll)
    proxies.drop_given_before(poll)
    search.unindex(KIND, poll.id)
    append(poll, Kind.TAKEN_BACK)


def _lines(draft: PollDraft | None) -> Sequence[Line]:
    """What would be voted upon; nothing while it is not all said."""
    if draft is None:
        return ()
    wanted = list(dict.fromkeys(draft.proposal_ids))
    rows = db.session.execute(
        select(Proposal.id, Proposal.title).where(Proposal.id.in_(wanted)).order_by(Proposal.id)
    )
    try:
        lines = lines_of(draft, [(row.id, row.title) for row in rows])
        rules_of(draft, lines, [PollOption(id=place) for place, _one in enumerate(lines, start=1)])
    except Invalid:
        return ()
    return lines
