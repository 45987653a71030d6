"""A question put at a meeting goes to a secret vote on phones, for a few minutes."""

from datetime import timedelta

from app.accounts.models import Resident
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_polls import prepare_poll
from app.bodies.models import Meeting
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic, db
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.voting.drafting import LONGEST_LABEL, PollDraft
from app.voting.models import Poll
from app.voting.proxies import give
from app.voting.services import create_poll

MINUTES = (15, 30, 60)
MOST_PROXIES = 3


@atomic
def vote_in_secret(by: Resident, deliberation: Deliberation, minutes: int) -> Poll:
    """Open a poll for or against, for the members who are in the room, or represented there.

    Those who hold a procuration for the meeting vote with it there too.

    Args:
        minutes: one of MINUTES; the poll closes and is counted by itself.

    Raises:
        Forbidden: the person does not conduct the meeting, or opens no poll there.
        Conflict: as `prepare_poll`, or a poll answers this question already.
        Invalid: another number of minutes.
    """
    if minutes not in MINUTES:
        raise Invalid(_("Choisissez une durée de la liste."), field="minutes")
    present, represented = prepare_poll(by, deliberation)
    if deliberation.poll_id is not None:
        before = db.session.get(Poll, deliberation.poll_id)
        if before is not None and before.status != "cancelled":
            raise Conflict(_("Un vote est déjà ouvert sur cette question."))
    meeting = db.session.get_one(Meeting, deliberation.meeting_id)
    title = deliberation.question
    if len(title) > LONGEST_LABEL:
        title = title[: LONGEST_LABEL - 1] + "…"
    poll = create_poll(
        by,
        PollDraft(
            title=title,
            text=_("Question posée à la réunion « %(title)s ».", title=meeting.title)
            + (f"\n\n{deliberation.question}" if title != deliberation.question else ""),
            method="yesno",
            closes_at=now() + timedelta(minutes=minutes, seconds=1),
            body_id=meeting.body_id,
            is_secret=True,
            settings={"base": "expressed"},
            proxies_most=min(MOST_PROXIES, rule("procurations_most")),
            among=tuple(seat.resident_id for seat in (*present, *represented)),
        ),
    )
    deliberation.poll_id = poll.id
    for seat in represented:
        principal = db.session.get_one(Resident, seat.resident_id)
        give(poll, principal, db.session.get_one(Resident, seat.holder_id))
    return poll
