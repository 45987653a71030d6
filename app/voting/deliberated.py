"""What a poll answers to a question put at a meeting: its links there, and its result."""

from collections.abc import Sequence

from sqlalchemy import select

from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_polls import answer, deliberation_of
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.core.links import Link, tells_of
from app.core.typography import time_fr
from app.voting.mails import path
from app.voting.models import Poll
from app.voting.results import told
from app.voting.wording import Option


@tells_of("deliberations")
def vote_on(deliberation_id: int) -> Sequence[Link]:
    """The secret vote that answers a question of a meeting; one statement."""
    polls = db.session.scalars(
        select(Poll)
        .join(Deliberation, Deliberation.poll_id == Poll.id)
        .where(Deliberation.id == deliberation_id)
    )
    return [Link(_words(poll), path(poll)) for poll in polls]


def settle_question(poll: Poll) -> None:
    """Write the result under the question it answers, if there is one, inside the closing.

    Figures that would tell who voted what are left out, as on the poll's own page.
    """
    question = deliberation_of(poll.id)
    result = poll.result
    if question is None or result is None:
        return
    options = [Option(one.id, one.label, one.proposal_id) for one in poll.options]
    threshold = rule("public_threshold")
    why = told(result, options, is_secret=poll.is_secret, threshold=threshold)
    is_adopted = bool(result["quorum_met"] and result["winners"])
    # The question stands just above, wherever this is read: it is not said again.
    head = _("Vote secret : adopté.") if is_adopted else _("Vote secret : non adopté.")
    said = " ".join((head, *why))
    answer(question, is_adopted=is_adopted, said=said)


def _words(poll: Poll) -> str:
    if poll.status == "open" and poll.closes_at > now():
        return _("Voter en secret, jusqu’à %(hour)s", hour=time_fr(poll.closes_at))
    if poll.status == "closed":
        return _("Le résultat du vote secret")
    if poll.status == "cancelled":
        return _("Le vote secret a été annulé")
    return _("Le vote secret")
