"""Actions and sessions, made with only the fields that matter; each call commits."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.accounts.models import Resident
from app.core.clock import now
from app.core.rights import Role
from app.programme import attendance, services, sheet_queries
from app.programme.models import Action, Session
from app.programme.services import ActionDetails
from tests.factories import make_resident, make_with_role

_numbers = count(1)
HOUR = timedelta(hours=1)


def make_action(**fields: Any) -> Action:
    fields.setdefault("title", f"Action {next(_numbers)}")
    fields.setdefault("kind", "activite")
    return services.create_action(make_with_role(Role.DESK), ActionDetails(**fields))


def make_session(
    action: Action | None = None, starts_at: datetime | None = None, hours: float = 2, **fields: Any
) -> Session:
    """A session that started an hour ago, unless told otherwise."""
    action = action or make_action(**fields)
    starts_at = starts_at or now() - HOUR
    team = make_with_role(Role.DESK)
    return services.add_session(team, action, starts_at, starts_at + hours * HOUR)


def sign(session: Session, role: str = "public", resident: Resident | None = None) -> Resident:
    resident = resident or make_resident()
    attendance.sign(make_with_role(Role.DESK), session, resident, role)
    return resident


def there(session: Session) -> list[int]:
    """Who is on the sheet, by number."""
    return [row.resident_id for row in sheet_queries.signed(session.id)]
