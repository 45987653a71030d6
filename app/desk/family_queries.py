"""Families as the desk sees them, and the accounts it has to hand over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.coming_of_age import REASON
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.core.db import db
from app.core.pagination import Page, paginate


@dataclass(frozen=True)
class LinkRow:
    """A link of someone, with the other person of it. `reason` once ended."""

    id: int
    other_id: int
    name: str
    year_of_birth: int | None
    since: datetime
    ended_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class HandOver:
    """Someone of 15 whose account waits for them at the desk."""

    id: int
    name: str
    year_of_birth: int | None
    since: datetime


def links_of(person: Resident, *, as_child: bool) -> list[LinkRow]:
    """Who answers for someone, or for whom they answer, ended links last; one statement."""
    other = aliased(Resident)
    mine, theirs = Guardianship.guardian_id, Guardianship.child_id
    if as_child:
        mine, theirs = theirs, mine
    rows = db.session.execute(
        select(
            Guardianship.id,
            other.id,
            other.full_name,
            other.year_of_birth,
            Guardianship.since,
            Guardianship.ended_at,
            Guardianship.end_reason,
        )
        .join(other, other.id == theirs)
        .where(mine == person.id)
        .order_by(Guardianship.ended_at.is_not(None), Guardianship.id)
    )
    return [LinkRow(*row) for row in rows]


def to_hand_over(number: int) -> Page[HandOver]:
    """Those who came of age and have no sign-in of their own yet, the first to wait first."""
    since = func.max(Guardianship.ended_at).label("since")
    query = (
        select(Resident.id, Resident.full_name, Resident.year_of_birth, since)
        .join(Guardianship, Guardianship.child_id == Resident.id)
        .where(
            Guardianship.end_reason == REASON,
            Resident.pin_hash.is_(None),
            Resident.password_hash.is_(None),
            Resident.erased_at.is_(None),
            Resident.merged_into_id.is_(None),
        )
        .group_by(Resident.id, Resident.given_name, Resident.family_name, Resident.year_of_birth)
        .order_by(since, Resident.id)
    )
    page = paginate(query, number)
    return Page([HandOver(*row) for row in page.items], page.number, page.size, page.total)
