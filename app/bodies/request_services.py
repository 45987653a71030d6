"""Points of the ordre du jour that members and residents ask for."""

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.meeting_services import MOST_ITEMS, check_agenda, titles_of
from app.bodies.models import AgendaItem, Meeting
from app.bodies.policies import can_ask_for_item, can_change_agenda
from app.bodies.preparation_models import AgendaRequest
from app.bodies.telling import path
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.notifications.services import notify

MOST_WAITING = 3
"""Requests of one person on one meeting that wait for an answer."""


@atomic
def ask_for_item(
    by: Resident, meeting: Meeting, title: str, *, reason: str = "", proposal_id: int | None = None
) -> AgendaRequest:
    """Ask that a point, perhaps a proposal, be on the ordre du jour.

    Raises:
        Forbidden: the person does not take part here, or the meeting is over.
        Invalid: no such proposal, the same point twice, or too many that wait.
    """
    lock(meeting)
    if not can_ask_for_item(by, meeting):
        raise Forbidden(_("Vous ne pouvez pas proposer de point à cette réunion."))
    waiting = select(func.count(AgendaRequest.id)).where(
        AgendaRequest.meeting_id == meeting.id,
        AgendaRequest.author_id == by.id,
        AgendaRequest.outcome.is_(None),
    )
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Invalid(_("Trois de vos points attendent déjà une réponse pour cette réunion."))
    mine = AgendaRequest.meeting_id == meeting.id, AgendaRequest.author_id == by.id
    if title in db.session.scalars(select(AgendaRequest.title).where(*mine)).all():
        raise Invalid(_("Vous avez déjà demandé ce point."), field="title")
    request = AgendaRequest(
        meeting_id=meeting.id,
        author_id=by.id,
        title=title,
        reason=reason,
        proposal_id=proposal_id,
    )
    unknown = _("Il n’y a pas de proposition n° %(number)s.", number=proposal_id)
    with unique_or(Invalid(unknown, field="proposal_id")):
        db.session.add(request)
    return request


@atomic
def take_item(by: Resident, request: AgendaRequest) -> None:
    """Put the point at the end of the ordre du jour, and tell who asked for it.

    The members read the whole ordre du jour when it is sent: one mail a point would be too many.

    Raises:
        Forbidden: the person does not manage the meeting, or it is over.
        Conflict: answered already.
        Invalid: the point is there already, or there are too many.
    """
    meeting = _hold(by, request)
    titles = titles_of(meeting)
    if len(titles) >= MOST_ITEMS:
        raise Invalid(_("%(count)d points au plus.", count=MOST_ITEMS))
    check_agenda([*titles, request.title])
    db.session.add(
        AgendaItem(
            meeting_id=meeting.id,
            position=len(titles) + 1,
            title=request.title,
            proposal_id=request.proposal_id,
        )
    )
    request.outcome = "taken"
    text = _("Votre point est à l’ordre du jour : %(title)s", title=request.title)
    notify(request.author, text, path("bodies.meeting", meeting_id=meeting.id))


@atomic
def decline_item(by: Resident, request: AgendaRequest, answer: str) -> None:
    """Say no, and why; who asked is told.

    Raises:
        Forbidden, Conflict: as `take_item`.
        Invalid: no reason.
    """
    meeting = _hold(by, request)
    if not answer.strip():
        raise Invalid(_("Dites pourquoi ce point n’est pas retenu."), field="answer")
    request.outcome, request.answer = "declined", answer.strip()
    text = _("Votre point n’est pas retenu cette fois : %(title)s", title=request.title)
    notify(
        request.author,
        text,
        path("bodies.meeting", meeting_id=meeting.id),
        body=request.answer,
    )


def _hold(by: Resident, request: AgendaRequest) -> Meeting:
    meeting = db.session.get_one(Meeting, request.meeting_id)
    lock(meeting)
    lock(request)
    if not can_change_agenda(by, meeting):
        raise Forbidden(_("Cet ordre du jour ne peut plus changer."))
    if request.outcome is not None:
        raise Conflict(_("Ce point a déjà sa réponse."))
    return meeting
