"""The shared tablets, as the team sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.pagination import Page, paginate
from app.desk.models import Kiosk


@dataclass(frozen=True)
class KioskLine:
    """A tablet in the list."""

    id: int
    name: str
    opened_at: datetime
    opened_by: str | None
    last_used_at: datetime | None
    closed_at: datetime | None


def kiosks(number: int) -> Page[KioskLine]:
    """The open ones first, then those that were, the newest first."""
    page = paginate(
        select(
            Kiosk.id,
            Kiosk.name,
            Kiosk.opened_at,
            Resident.full_name.label("opened_by"),
            Kiosk.last_used_at,
            Kiosk.closed_at,
        )
        .outerjoin(Resident, Resident.id == Kiosk.opened_by_id)
        .order_by(Kiosk.closed_at.is_not(None), Kiosk.id.desc()),
        number,
    )
    return Page([KioskLine(*row) for row in page.items], page.number, page.size, page.total)


def open_kiosk(kiosk_id: int) -> Kiosk | None:
    """One of the tablets in use."""
    return db.session.scalar(select(Kiosk).where(Kiosk.id == kiosk_id, Kiosk.closed_at.is_(None)))
