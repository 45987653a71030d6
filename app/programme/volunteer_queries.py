"""The hands that an action asks for, as the team reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.clock import now, today
from app.core.db import db
from app.core.typography import datetime_fr
from app.programme.models import Session
from app.programme.registration_models import VolunteerNeed, VolunteerSignup


@dataclass(frozen=True)
class NeedLine:
    """A task, the date it is for, where it is for one alone, and how many offered in all."""

    id: int
    label: str
    wanted: int
    starts_at: datetime | None
    offered: int


def needs_of(action_id: int) -> list[NeedLine]:
    """Every task of an action; one statement."""
    offered = (
        select(func.count())
        .where(VolunteerSignup.need_id == VolunteerNeed.id)
        .correlate(VolunteerNeed)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            VolunteerNeed.id, VolunteerNeed.label, VolunteerNeed.wanted, Session.starts_at, offered
        )
        .outerjoin(Session, Session.id == VolunteerNeed.session_id)
        .where(VolunteerNeed.action_id == action_id)
        .order_by(VolunteerNeed.id)
    )
    return [NeedLine(*row) for row in rows]


def dates_to_come(action_id: int) -> list[tuple[int, str]]:
    """The sessions to come of an action, in words, 60 at most; one statement."""
    rows = db.session.execute(
        select(Session.id, Session.starts_at)
        .where(
            Session.action_id == action_id, Session.status == "planned", Session.starts_at > now()
        )
        .order_by(Session.starts_at)
        .limit(60)
    )
    return [(row.id, datetime_fr(row.starts_at, today())) for row in rows]
