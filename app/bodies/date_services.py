"""A meeting's day, chosen together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from app.accounts.models import Resident
from app.bodies.date_queries import ChosenSlot
from app.bodies.meeting_services import convene
from app.bodies.models import Body, Meeting
from app.bodies.policies import can_answer_dates, can_convene
from app.bodies.preparation_models import DateAnswer, DatePoll, DateSlot
from app.bodies.queries import is_member
from app.bodies.telling import path, tell_members
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _

ANSWERS = ("yes", "maybe", "no")
MOST_SLOTS = 10


@atomic
def ask_dates(by: Resident, body: Body, title: str, slots: Sequence[datetime]) -> DatePoll:
    """Ask the members which of these days suits them.

    Args:
        slots: two to ten aware moments, still to come.

    Raises:
        Forbidden: only who manages the instance may, while it is open.
        Invalid: too few or too many, twice the same, or a moment that has passed.
    """
    lock(body)
    if not can_convene(by, body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction convoquent."))
    if not 2 <= len(slots) <= MOST_SLOTS:
        raise Invalid(_("Proposez de deux à dix dates."), field="slots")
    if len(set(slots)) < len(slots):
        raise Invalid(_("La même date est écrite deux fois."), field="slots")
    if min(slots) <= now():
        raise Invalid(_("Choisissez des dates à venir."), field="slots")
    poll = DatePoll(
        body_id=body.id,
        title=title,
        asked_by_id=by.id,
        slots=[DateSlot(starts_at=moment) for moment in sorted(slots)],
    )
    db.session.add(poll)
    db.session.flush()
    tell_members(
        body,
        _("Quelle date vous convient ? %(title)s", title=title),
        path("bodies.dates", date_poll_id=poll.id),
        details=_("Répondez en une minute : oui, s’il le faut, ou non."),
    )
    return poll


@atomic
def answer_dates(by: Resident, poll: DatePoll, answers: Mapping[int, str]) -> None:
    """Say which days suit, anew each time; a day without an answer has none.

    Args:
        answers: yes, maybe or no, by slot.

    Raises:
        Forbidden: not a member.
        Conflict: the date was chosen meanwhile.
        Invalid: no such slot or answer.
    """
    lock(poll)
    if not can_answer_dates(by, poll.body, is_member=is_member(poll.body_id, by.id)):
        raise Forbidden(_("Seuls les membres répondent ici."))
    if poll.closed_at is not None:
        raise Conflict(_("La date est déjà choisie."))
    mine = {slot.id for slot in poll.slots}
    if not set(answers) <= mine or not set(answers.values()) <= set(ANSWERS):
        raise Invalid(_("Choisissez une réponse de la liste."))
    db.session.execute(
        delete(DateAnswer).where(DateAnswer.resident_id == by.id, DateAnswer.slot_id.in_(mine))
    )
    if answers:
        rows = [{"slot_id": key, "resident_id": by.id, "answer": answers[key]} for key in answers]
        db.session.execute(insert(DateAnswer), rows)


@atomic
def close_dates(by: Resident, poll: DatePoll, meeting: Meeting | None = None) -> None:
    """The day is chosen, with the meeting that was convened for it; or nobody asks any more.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: closed already.
    """
    lock(poll)
    if not can_convene(by, poll.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction convoquent."))
    if poll.closed_at is not None:
        raise Conflict(_("La date est déjà choisie."))
    poll.closed_at = now()
    poll.meeting_id = meeting.id if meeting is not None else None


@atomic
def convene_on(by: Resident, body: Body, slot: ChosenSlot | None, **meeting: Any) -> Meeting:
    """Convene a meeting, and close the question about its day if one led there.

    Raises:
        As `meeting_services.convene` and `close_dates`.
    """
    convened = convene(by, body, **meeting)
    if slot is not None:
        close_dates(by, db.session.get_one(DatePoll, slot.date_poll_id), convened)
    return convened
