"""Who may not write for a time, as the direction reads it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.pagination import Page, paginate
from app.moderation.models import Sanction


@dataclass(frozen=True)
class SanctionRow:
    """A suspension, in force or over."""

    id: int
    resident_id: int
    name: str
    since: datetime
    until: datetime
    reason: str
    by: str | None
    lifted_at: datetime | None
    is_in_force: bool


def sanctions(number: int) -> Page[SanctionRow]:
    """Every suspension, the latest first; two statements."""
    giver = aliased(Resident)
    query = (
        select(Sanction, Resident.display_name.label("name"), giver.display_name.label("by"))
        .join(Resident, Resident.id == Sanction.resident_id)
        .outerjoin(giver, giver.id == Sanction.by_id)
        .order_by(Sanction.id.desc())
    )
    page = paginate(query, number)
    rows = [
        SanctionRow(
            row.Sanction.id,
            row.Sanction.resident_id,
            row.name,
            row.Sanction.since,
            row.Sanction.until,
            row.Sanction.reason,
            row.by,
            row.Sanction.lifted_at,
            row.Sanction.lifted_at is None and row.Sanction.until > now(),
        )
        for row in page.items
    ]
    return Page(rows, page.number, page.size, page.total)


def silences_of(person: Resident) -> list[Sanction]:
    """The suspensions in force of someone, as they read them; no statement for most people."""
    if not person.is_silenced:
        return []
    mine = (Sanction.resident_id == person.id, Sanction.lifted_at.is_(None))
    query = select(Sanction).where(*mine, Sanction.until > now()).order_by(Sanction.id)
    return list(db.session.scalars(query))
