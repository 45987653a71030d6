"""Someone's own calendar: what they registered for, where they help, meetings of their bodies."""

from datetime import date

from sqlalchemy import func, or_, select

from app.accounts.models import Resident
from app.bodies.convocation_models import Convocation
from app.bodies.models import Body, Mandate, Meeting, Membership
from app.core.calendar import Happening
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _
from app.core.mail import address_of
from app.core.security import digest, unseal
from app.core.typography import typo
from app.home.calendar_models import CalendarKey
from app.home.calendar_services import PURPOSE
from app.programme import feed_queries


def secret_of(person: Resident) -> str | None:
    """The secret of someone's address; None when they have none, or when SECRET_KEY changed."""
    key = db.session.get(CalendarKey, person.id)
    return None if key is None else unseal(f"{PURPOSE}|{person.id}", key.sealed)


def owner_of(secret: str) -> Resident | None:
    """Whose calendar a secret opens; nobody's when it was changed, or the account closed."""
    found = db.session.scalars(
        select(Resident)
        .join(CalendarKey, CalendarKey.resident_id == Resident.id)
        .where(CalendarKey.digest == digest(secret))
    ).first()
    return found if found is not None and found.is_active else None


def own_calendar(person: Resident) -> list[Happening]:
    """Sessions and meetings, the earliest first; two statements."""
    found = feed_queries.mine(person) + _meetings(person, today())
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def _meetings(person: Resident, day: date) -> list[Happening]:
    """Those of the bodies where one sits; the link to join from afar stays on the page."""
    joined = select(Membership.body_id).where(
        Membership.resident_id == person.id, Membership.left_at.is_(None)
    )
    seated = select(Mandate.body_id).where(
        Mandate.resident_id == person.id, or_(Mandate.ended_on.is_(None), Mandate.ended_on > day)
    )
    sent = (
        select(func.max(Convocation.sequence))
        .where(Convocation.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    told = (
        select(func.max(Convocation.sent_at))
        .where(Convocation.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Meeting.status,
            Meeting.cancel_reason,
            Meeting.convened_at,
            Body.name,
            sent.label("sequence"),
            told.label("sent_at"),
        )
        .join(Body, Body.id == Meeting.body_id)
        .where(
            Meeting.body_id.in_(joined.union(seated)),
            Meeting.starts_at > now() - feed_queries.BEHIND,
            Meeting.starts_at < now() + feed_queries.AHEAD,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(feed_queries.MOST)
    )
    return [
        Happening(
            kind="reunion",
            number=row.id,
            sequence=row.sequence or 0,
            title=_("Annulé : %(title)s", title=typo(row.title))
            if row.status == "cancelled"
            else typo(row.title),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            text="\n\n".join(part for part in (row.name, row.cancel_reason) if part),
            url=address_of("bodies.meeting", meeting_id=row.id),
            is_cancelled=row.status == "cancelled",
            changed_at=row.sent_at or row.convened_at,
        )
        for row in rows
    ]
