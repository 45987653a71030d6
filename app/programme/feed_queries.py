"""Sessions as other people's calendars take them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.calendar import Happening
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.core.mail import address_of
from app.core.typography import typo
from app.programme.models import Action, Session
from app.programme.queries import Filters
from app.programme.registration_models import Registration, VolunteerSignup
from app.programme.registration_queries import theirs

BEHIND, AHEAD = timedelta(days=31), timedelta(days=400)
MOST = 600


def offered(filters: Filters) -> list[Happening]:
    """What the programme holds, from a month ago to a year ahead, the first 600; one statement."""
    return _happenings(*filters.conditions())


def mine(resident: Resident) -> list[Happening]:
    """Where someone, or one of theirs, is registered or waits, or they help; one statement.

    Nobody is named: who reads these calendars is not ours to say.
    """
    placed = select(Registration.session_id).where(Registration.resident_id.in_(theirs(resident)))
    helping = select(VolunteerSignup.session_id).where(VolunteerSignup.resident_id == resident.id)
    return _happenings(or_(Session.id.in_(placed), Session.id.in_(helping)))


def _happenings(*conditions: ColumnElement[bool]) -> list[Happening]:
    rows = db.session.execute(
        select(
            Session.id,
            Session.action_id,
            Session.sequence,
            Session.changed_at,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Session.cancel_reason,
            Action.title,
            Action.description,
            Action.place,
            Quartier.name.label("quartier"),
        )
        .join(Action, Action.id == Session.action_id)
        .outerjoin(Quartier, Quartier.id == Action.quartier_id)
        .where(Session.ends_at > now() - BEHIND, Session.starts_at < now() + AHEAD, *conditions)
        .order_by(Session.starts_at, Session.id)
        .limit(MOST)
    )
    return [_happening(row) for row in rows]


def _happening(row: Any) -> Happening:
    cancelled, title = row.status == "cancelled", typo(row.title)
    said = _("Annulé : %(reason)s", reason=typo(row.cancel_reason or "")) if cancelled else ""
    return Happening(
        kind="seance",
        number=row.id,
        sequence=row.sequence,
        title=_("Annulé : %(title)s", title=title) if cancelled else title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=_joined(", ", (row.place, row.quartier)),
        text=_joined("\n\n", (said, typo(row.description))),
        url=address_of("programme.show", action_id=row.action_id),
        is_cancelled=cancelled,
        changed_at=row.changed_at,
    )


def _joined(between: str, parts: Iterable[str | None]) -> str:
    return between.join(part for part in parts if part)
