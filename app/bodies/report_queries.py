"""What an instance did over some days, for the annual report: meetings and decisions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from app.bodies.decision_models import Decision
from app.bodies.models import Body, Meeting, MeetingAttendance
from app.core.clock import PARIS
from app.core.db import db

MOST_SHOWN = 200
"""Lines of a list on paper."""


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that took place; `has_quorum` is None where none was counted."""

    title: str
    starts_at: datetime
    present: int
    has_quorum: bool | None
    minutes_number: str | None


@dataclass(frozen=True)
class MadeDecision:
    """A decision and what has become of it since."""

    number: str
    title: str
    outcome: str
    decided_on: date


def held_meetings(kind: str, start: date, end: date) -> list[HeldMeeting]:
    """The meetings of instances of a kind, the oldest first; one statement."""
    present = (
        select(func.count())
        .where(MeetingAttendance.meeting_id == Meeting.id, MeetingAttendance.status == "present")
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Meeting, present)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            Body.kind == kind,
            Meeting.status == "held",
            Meeting.starts_at >= datetime.combine(start, time(), PARIS),
            Meeting.starts_at < datetime.combine(end + timedelta(days=1), time(), PARIS),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_SHOWN)
    )
    return [
        HeldMeeting(it.title, it.starts_at, there, it.has_quorum, it.minutes_number)
        for it, there in rows
    ]


def made_decisions(kind: str, start: date, end: date) -> list[MadeDecision]:
    """The decisions of instances of a kind, the oldest first; one statement."""
    rows = db.session.scalars(
        select(Decision)
        .join(Body, Body.id == Decision.body_id)
        .where(Body.kind == kind, Decision.decided_on.between(start, end))
        .order_by(Decision.year, Decision.rank)
        .limit(MOST_SHOWN)
    )
    return [MadeDecision(it.number, it.title, it.outcome, it.decided_on) for it in rows]
