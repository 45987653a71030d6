"""Writing a poll's rules down, for one that is not open yet: a draft, or one that is announced."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _
from app.voting import proxies
from app.voting.drafting import Line, PollDraft, rules_of
from app.voting.models import Poll, PollOption, Teller


def set_rules(
    poll: Poll, draft: PollDraft, lines: Sequence[Line], opens_at: datetime, closes_at: datetime
) -> None:
    """Give a poll everything its draft says, its tellers aside, inside the caller's act.

    Raises:
        Invalid: what was typed cannot be a rule.
    """
    if draft.has_paper and not draft.is_secret:
        raise Invalid(_("Un papier ne porte pas de nom : il faut un vote secret."), "has_paper")
    if poll.id is not None:
        _forget(poll, draft)
    poll.title, poll.text, poll.method = draft.title, draft.text, draft.method
    poll.electorate = "all" if draft.body_id is None else "body"
    poll.body_id = draft.body_id
    poll.is_secret = draft.is_secret
    poll.quorum_percent = draft.quorum_percent
    poll.opens_at, poll.closes_at = opens_at, closes_at
    poll.proxies_most = draft.proxies_most
    poll.has_paper = draft.has_paper
    poll.claims_until = _claims_until(draft, opens_at, closes_at)
    poll.extendable_until = _extendable_until(draft, closes_at)
    poll.options = [
        PollOption(position=place, label=line.label, proposal_id=line.proposal_id)
        for place, line in enumerate(lines, start=1)
    ]
    db.session.add(poll)
    db.session.flush()
    db.session.expire(poll, ["body"])
    # Costs and collèges go by the numbers that options have just received.
    poll.rules = rules_of(draft, lines, poll.options) if lines else {}


def drop_bench(poll: Poll, draft: PollDraft | None = None) -> None:
    """Unname the tellers of a poll, unless its draft names the same: their words still serve."""
    if not poll.tellers_needed:
        return
    named = set(db.session.scalars(select(Teller.resident_id).where(Teller.poll_id == poll.id)))
    wanted = (set(draft.teller_ids), draft.tellers_needed) if draft else None
    if wanted != (named, poll.tellers_needed):
        db.session.execute(delete(Teller).where(Teller.poll_id == poll.id))
        poll.tellers_needed = 0


def _forget(poll: Poll, draft: PollDraft) -> None:
    """What hung from the former rules: options, and proxies given under others."""
    if (poll.body_id, poll.proxies_most) != (draft.body_id, draft.proxies_most):
        proxies.drop_given_before(poll)
    db.session.execute(delete(PollOption).where(PollOption.poll_id == poll.id))
    db.session.expire(poll, ["options"])


def _claims_until(draft: PollDraft, opens_at: datetime, closes_at: datetime) -> datetime | None:
    if not draft.claims_days:
        return None
    return min(opens_at + timedelta(days=draft.claims_days), closes_at)


def _extendable_until(draft: PollDraft, closes_at: datetime) -> datetime | None:
    if not draft.extension_days:
        return None
    return closes_at + timedelta(days=draft.extension_days)
