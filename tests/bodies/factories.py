"""Instances at each point of their life, made by their own services."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.accounts.models import Resident
from app.bodies import attendance_services, decision_services, mandate_services, minutes_services
from app.bodies.decision_models import Decision
from app.bodies.meeting_services import convene
from app.bodies.models import CONSEIL, Body, Mandate, Meeting, Membership
from app.core.clock import at, now, today
from app.core.db import atomic, db
from app.core.rights import Role
from tests.factories import make_body, make_resident, make_with_role

EVENING = datetime(2026, 3, 12, 17, 30, tzinfo=UTC)
"""18 h 30 in Paris, on Thursday the 12th of March 2026."""


def make_conseil(name: str = "Conseil de maison") -> Body:
    return make_body(CONSEIL, name)


def make_director(**fields: Any) -> Resident:
    return make_with_role(Role.DIRECTOR, **fields)


def make_referent(body: Body, **fields: Any) -> Resident:
    return make_with_role(Role.REFERENT, body=body, **fields)


@atomic
def make_member(body: Body, resident: Resident | None = None) -> Resident:
    """Someone on the list of a comité; nothing is recorded."""
    resident = resident or make_resident()
    db.session.add(Membership(body_id=body.id, resident_id=resident.id))
    return resident


def make_seat(
    body: Body, resident: Resident | None = None, *, director: Resident | None = None, **fields: Any
) -> Mandate:
    fields.setdefault("college", "habitants")
    fields.setdefault("starts_on", date(2026, 1, 1))
    return mandate_services.give_seat(
        director or make_director(), body, resident or make_resident(), **fields
    )


def make_meeting(body: Body, by: Resident | None = None, **fields: Any) -> Meeting:
    """A meeting convened three weeks ahead, unless told otherwise."""
    fields.setdefault("title", "Réunion de printemps")
    fields.setdefault("starts_at", EVENING)
    fields.setdefault("place", "Grande salle")
    fields.setdefault("agenda", ["Le budget", "La fête"])
    with at(fields.pop("convened_at", fields["starts_at"] - timedelta(days=21))):
        return convene(by or make_director(), body, **fields)


def make_held(
    body: Body, by: Resident | None = None, *, present: list[Resident] | None = None, **fields: Any
) -> Meeting:
    """A meeting that took place two hours long, with someone there."""
    by = by or make_director()
    meeting = make_meeting(body, by, **fields)
    here = present if present is not None else [make_resident()]
    with at(meeting.starts_at + timedelta(hours=2)):
        for resident in here:
            attendance_services.add_attendee(by, meeting, resident)
        attendance_services.close_meeting(by, meeting, now())
    return meeting


def make_minutes(body: Body, by: Resident | None = None, **fields: Any) -> Meeting:
    """A meeting whose minutes are published, two days later."""
    by = by or make_director()
    text = fields.pop("text", "Nous avons parlé des bancs.")
    meeting = make_held(body, by, **fields)
    with at(meeting.starts_at + timedelta(days=2)):
        minutes_services.save_minutes(by, meeting, text, meeting.minutes_version)
        note = "Approuvé par écrit." if body.kind == CONSEIL else ""
        minutes_services.publish_minutes(by, meeting, meeting.edition, approval_note=note)
    return meeting


def make_decision(meeting: Meeting, by: Resident | None = None, **fields: Any) -> Decision:
    fields.setdefault("title", "Installer deux bancs")
    fields.setdefault("outcome", "avis")
    return decision_services.record_decision(by or make_director(), meeting, **fields)


@atomic
def make_many_decisions(meeting: Meeting, count: int, *, after: int = 0) -> None:
    """Rows of a long list, without their history."""
    for rank in range(after + 1, after + count + 1):
        db.session.add(
            Decision(
                body_id=meeting.body_id,
                meeting_id=meeting.id,
                year=2026,
                rank=rank,
                title=f"Décision {rank}",
                outcome="adopte",
                decided_on=today(),
            )
        )


@atomic
def make_many_minutes(body: Body, count: int, *, after: int = 0) -> None:
    """Published meetings of a long list, without what led there."""
    for rank in range(after + 1, after + count + 1):
        db.session.add(
            Meeting(
                body_id=body.id,
                title=f"Réunion {rank}",
                starts_at=EVENING + timedelta(days=rank),
                place="Grande salle",
                status="held",
                minutes="Texte",
                minutes_status="published",
                minutes_year=2026,
                minutes_rank=rank,
                minutes_sha256="0" * 64,
                published_at=EVENING,
            )
        )
