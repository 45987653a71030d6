"""Points that people asked for, as a meeting's pages show them."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.preparation_models import AgendaRequest
from app.core.db import db


@dataclass(frozen=True)
class Asked:
    """A point someone asked for; `outcome` is taken, declined or None."""

    id: int
    title: str
    reason: str
    proposal_id: int | None
    author: str
    author_id: int
    outcome: str | None
    answer: str


def requests_on(meeting_id: int, author_id: int | None = None) -> list[Asked]:
    """What was asked for a meeting, perhaps by one person, in order; one statement."""
    query = (
        select(
            AgendaRequest.id,
            AgendaRequest.title,
            AgendaRequest.reason,
            AgendaRequest.proposal_id,
            Resident.display_name,
            AgendaRequest.author_id,
            AgendaRequest.outcome,
            AgendaRequest.answer,
        )
        .join(Resident, Resident.id == AgendaRequest.author_id)
        .where(AgendaRequest.meeting_id == meeting_id)
        .order_by(AgendaRequest.id)
    )
    if author_id is not None:
        query = query.where(AgendaRequest.author_id == author_id)
    return [Asked(*row) for row in db.session.execute(query)]


def request_of(meeting_id: int, request_id: int) -> AgendaRequest | None:
    """A request on this meeting; None when there is no such request."""
    mine = AgendaRequest.id == request_id, AgendaRequest.meeting_id == meeting_id
    return db.session.scalar(select(AgendaRequest).where(*mine))
