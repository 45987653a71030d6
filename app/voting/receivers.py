"""What polls tell the pages of the rooms below: the vote behind a decision, or on a proposal."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.core.i18n import _
from app.core.links import Link, tells_of
from app.voting.mails import path
from app.voting.models import Poll, PollOption

MOST_TOLD = 5


@tells_of("decisions")
def vote_behind(decision_id: int) -> Sequence[Link]:
    """The poll that a decision comes from."""
    polls = db.session.scalars(select(Poll).where(Poll.decision_id == decision_id))
    return [Link(_("Issue du vote : %(title)s", title=poll.title), path(poll)) for poll in polls]


@tells_of("proposals")
def votes_on(proposal_id: int) -> Sequence[Link]:
    """The polls that put a proposal to the vote, the last one first; drafts are not told."""
    polls = db.session.scalars(
        select(Poll)
        .join(PollOption, PollOption.poll_id == Poll.id)
        .where(
            PollOption.proposal_id == proposal_id,
            Poll.status.in_(("scheduled", "open", "closed")),
        )
        .order_by(Poll.id.desc())
        .limit(MOST_TOLD)
    )
    return [Link(_("Le vote : %(title)s", title=poll.title), path(poll)) for poll in polls]
