"""Minutes as pages show them: what was said of each item, what members ask, what was added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.minutes_models import MinutesAddendum, MinutesComment
from app.bodies.models import AgendaItem, Meeting
from app.core.clock import civil_day
from app.core.db import db
from app.core.i18n import _
from app.core.typography import date_fr


@dataclass(frozen=True)
class Remark:
    """What a member asks; of the whole where there is no item."""

    id: int
    item_id: int | None
    author: str
    text: str
    written_at: datetime
    is_settled: bool


@dataclass(frozen=True)
class Addendum:
    """A correction, and its own seal."""

    rank: int
    text: str
    written_at: datetime
    sha256: str


@dataclass(frozen=True)
class Approval:
    """The meeting whose members approved the minutes."""

    meeting_id: int
    title: str
    starts_at: datetime


def remarks(meeting_id: int) -> list[Remark]:
    """What members said of a draft, in order; one statement."""
    rows = db.session.execute(
        select(
            MinutesComment.id,
            MinutesComment.item_id,
            Resident.display_name,
            MinutesComment.text,
            MinutesComment.written_at,
            MinutesComment.settled_at.is_not(None),
        )
        .join(Resident, Resident.id == MinutesComment.author_id)
        .where(MinutesComment.meeting_id == meeting_id)
        .order_by(MinutesComment.id)
    )
    return [Remark(*row[:5], is_settled=bool(row[5])) for row in rows]


def addenda(meeting_id: int) -> list[Addendum]:
    """What was added to published minutes, in order; one statement."""
    rows = db.session.execute(
        select(
            MinutesAddendum.rank,
            MinutesAddendum.text,
            MinutesAddendum.written_at,
            MinutesAddendum.sha256,
        )
        .where(MinutesAddendum.meeting_id == meeting_id)
        .order_by(MinutesAddendum.rank)
    )
    return [Addendum(*row) for row in rows]


def approval(meeting: Meeting) -> Approval | None:
    """Where they were approved; no statement where that was otherwise."""
    if meeting.approved_in_id is None:
        return None
    there = db.session.get_one(Meeting, meeting.approved_in_id)
    return Approval(there.id, there.title, there.starts_at)


def later_meetings(meeting: Meeting) -> list[Meeting]:
    """Meetings of the same instance held since, which may have approved these minutes."""
    return list(
        db.session.scalars(
            select(Meeting)
            .where(
                Meeting.body_id == meeting.body_id,
                Meeting.status == "held",
                Meeting.starts_at > meeting.starts_at,
            )
            .order_by(Meeting.starts_at)
        )
    )


def items_to_approve(body_id: int) -> list[str]:
    """The points that the next meeting begins with: drafts that were sent to the members."""
    waiting = db.session.scalars(
        select(Meeting.starts_at)
        .where(
            Meeting.body_id == body_id,
            Meeting.circulated_at.is_not(None),
            Meeting.minutes_status != "published",
        )
        .order_by(Meeting.starts_at)
    )
    days = (date_fr(civil_day(starts_at)) for starts_at in waiting)
    return [_("Approbation du compte rendu du %(day)s", day=day) for day in days]


def item_of(meeting_id: int, item_id: int) -> AgendaItem | None:
    """A point of this meeting; None when it has no such point."""
    mine = AgendaItem.id == item_id, AgendaItem.meeting_id == meeting_id
    return db.session.scalar(select(AgendaItem).where(*mine))


def comment_of(meeting_id: int, comment_id: int) -> MinutesComment | None:
    """A remark on this meeting's draft; None when there is no such remark."""
    mine = MinutesComment.id == comment_id, MinutesComment.meeting_id == meeting_id
    return db.session.scalar(select(MinutesComment).where(*mine))
