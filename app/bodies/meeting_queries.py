"""One meeting: its page, its sign-in sheet, its minutes."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, false, func, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Resident
from app.bodies.comite_queries import DocumentRow, documents_of_points
from app.bodies.decision_models import Decision
from app.bodies.models import (
    CONSEIL,
    AgendaItem,
    Body,
    Mandate,
    Meeting,
    MeetingAttendance,
    Membership,
)
from app.bodies.queries import (
    DecisionLine,
    decision_columns,
    decision_line,
    live_mandate,
)
from app.centre.settings import rule
from app.core.clock import civil_day
from app.core.db import db
from app.core.hours import hours_fr
from app.core.search_text import fold

MOST_FOUND = 20
SHORTEST_SEARCH = 2


TIMED = re.compile(r"\((\d{1,3})\s*min\)\Z")


@dataclass(frozen=True)
class AgendaRow:
    """A point of the ordre du jour, and the number of the proposal it brings, if any."""

    id: int
    title: str
    proposal_id: int | None
    documents: list[DocumentRow]


@dataclass(frozen=True)
class Presence:
    """How many were there; at the conseil alone, the names of adults, and how many are not."""

    present: int
    excused: int
    names: list[str]
    young: int = 0


@dataclass(frozen=True)
class MeetingPage:
    """What a meeting's page shows besides its own columns."""

    agenda: list[AgendaRow]
    decisions: list[DecisionLine]
    presence: Presence
    notice_days: int
    notice_wanted: int
    minutes_due: date
    minutes_planned: int

    @property
    def planned_time(self) -> str:
        """« 1 h 20 », « 45 min »."""
        return hours_fr(self.minutes_planned / 60)

    @property
    def is_short_notice(self) -> bool:
        return self.notice_days < self.notice_wanted


@dataclass(frozen=True)
class Found:
    """Someone a search found; `hint` tells two people of one name apart."""

    resident_id: int
    name: str
    hint: str


def meeting_with_body(meeting_id: int) -> Meeting | None:
    """A meeting and its instance; one statement."""
    return db.session.scalar(
        select(Meeting)
        .join(Meeting.body)
        .options(contains_eager(Meeting.body))
        .where(Meeting.id == meeting_id)
    )


def meeting_page(meeting: Meeting) -> MeetingPage:
    """What a meeting's page shows; four statements."""
    points = agenda(meeting.id)
    return MeetingPage(
        agenda=points,
        minutes_planned=minutes_planned(points),
        decisions=meeting_decisions(meeting.id),
        presence=presence(meeting),
        notice_days=(civil_day(meeting.starts_at) - civil_day(meeting.convened_at)).days,
        notice_wanted=rule("notice_days"),
        minutes_due=civil_day(meeting.starts_at) + timedelta(days=rule("minutes_days")),
    )


def agenda(meeting_id: int) -> list[AgendaRow]:
    """The ordre du jour, in order; two statements."""
    beside = documents_of_points(meeting_id)
    rows = db.session.execute(
        select(AgendaItem.id, AgendaItem.title, AgendaItem.proposal_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return [AgendaRow(*row, documents=beside.get(row.id, [])) for row in rows]


def minutes_planned(agenda: list[AgendaRow]) -> int:
    """What the points say of their time, « Le budget (20 min) », in minutes together."""
    said = (TIMED.search(row.title) for row in agenda)
    return sum(int(found[1]) for found in said if found)


def meeting_decisions(meeting_id: int) -> list[DecisionLine]:
    """What the meeting decided, in order."""
    rows = db.session.execute(
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .where(Decision.meeting_id == meeting_id)
        .order_by(Decision.rank)
    )
    return [decision_line(row) for row in rows]


def presence(meeting: Meeting) -> Presence:
    """How many were there, and who, at the conseil; one statement."""
    mine = MeetingAttendance.meeting_id == meeting.id
    if meeting.body.kind == CONSEIL:
        rows = db.session.execute(
            select(
                MeetingAttendance.status,
                func.coalesce(MeetingAttendance.kept_name, Resident.display_name),
                # A year of birth alone: whoever may still be under 18 is not named in public.
                func.coalesce(Resident.year_of_birth >= meeting.starts_at.year - 18, false()),
            )
            .join(Resident, Resident.id == MeetingAttendance.resident_id)
            .where(mine)
            .order_by(Resident.folded_name, Resident.id)
        ).all()
        there = [(name, young) for status, name, young in rows if status == "present"]
        names = [name for name, young in there if not young]
        return Presence(len(there), len(rows) - len(there), names, len(there) - len(names))
    present = func.count(case((MeetingAttendance.status == "present", 1)))
    excused = func.count(case((MeetingAttendance.status == "excused", 1)))
    row = db.session.execute(select(present, excused).where(mine)).one()
    return Presence(row[0], row[1], [])


def people_found(words: str, *, full_names: bool) -> list[Found]:
    """Residents by card number, or by the beginning or middle of their names; 20 at most."""
    digits = "".join(words.split())
    query = select(Resident.id, _name(full=full_names), Resident.card_number).order_by(
        Resident.folded_name, Resident.id
    )
    if digits.isascii() and digits.isdigit():
        query = query.where(Resident.card_number == digits[:8])
    else:
        folded = fold(words.replace("\x00", "")[:80])
        if len(folded) < SHORTEST_SEARCH:
            return []
        for word in folded.split()[:6]:
            query = query.where(Resident.folded_name.contains(word, autoescape=True))
    return [
        Found(resident_id, name, f"…{card[-3:]}")
        for resident_id, name, card in db.session.execute(query.limit(MOST_FOUND))
    ]


def _name(*, full: bool) -> Any:
    return Resident.full_name if full else Resident.display_name


def member_ids(meeting: Meeting) -> Select[int]:
    """Ids of the members of a comité, or of who sits at the conseil on the day; a subquery."""
    if meeting.body.kind == CONSEIL:
        return select(Mandate.resident_id).where(
            Mandate.body_id == meeting.body_id, live_mandate(civil_day(meeting.starts_at))
        )
    return select(Membership.resident_id).where(
        Membership.body_id == meeting.body_id, Membership.left_at.is_(None)
    )
