"""Who holds what, and who held it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.accounts.role_models import Grant, live_grant
from app.associations.models import Association
from app.bodies.models import Body
from app.core.clock import today
from app.core.db import db
from app.core.pagination import Page, paginate
from app.core.rights import Role
from app.core.search_text import fold

SIZE = 40


@dataclass(frozen=True)
class Held:
    """A role someone holds or held; `scope` names its comité or association."""

    id: int
    resident_id: int
    person: str
    role: Role
    scope: str | None
    given_at: datetime
    given_by: str | None
    reason: str | None
    ends_on: date | None
    ended_at: datetime | None
    end_reason: str | None
    ended_by: str | None

    @property
    def is_live(self) -> bool:
        """Whether it gives its rights today."""
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= today())


def held(number: int, *, words: str = "", role: str = "", past: bool = False) -> Page[Held]:
    """By role then name, or the ended ones from the last; two statements."""
    query = _roles().where(~live_grant() if past else live_grant())
    if role:
        query = query.where(Grant.role == role)
    for word in fold(words).split():
        query = query.where(Resident.folded_name.contains(word, autoescape=True))
    if past:
        query = query.order_by(
            func.coalesce(Grant.ended_at, Grant.given_at).desc(), Grant.id.desc()
        )
    else:
        query = query.order_by(Grant.role, Resident.folded_name, Grant.id)
    page = paginate(query, number, SIZE)
    return Page([_read(row) for row in page.items], page.number, page.size, page.total)


def counts() -> dict[str, int]:
    """How many hold each role today; one statement."""
    rows = db.session.execute(
        select(Grant.role, func.count()).where(live_grant()).group_by(Grant.role)
    )
    return {role: number for role, number in rows}


def roles_of(resident_id: int) -> list[Held]:
    """Every role of a person, those held today first; one statement."""
    query = _roles().where(Grant.resident_id == resident_id)
    rows = db.session.execute(query.order_by(Grant.ended_at.is_not(None), Grant.id.desc()))
    return [_read(row) for row in rows]


def association_choices() -> list[tuple[int, str]]:
    """(id, name) of the approved associations, by name."""
    rows = db.session.execute(
        select(Association.id, Association.name)
        .where(Association.status == "approved")
        .order_by(Association.folded_name)
    )
    return [(row.id, row.name) for row in rows]


def _roles() -> Select[*tuple[Any, ...]]:
    giver, ender = aliased(Resident), aliased(Resident)
    return (
        select(
            Grant.id,
            Grant.resident_id,
            Resident.full_name,
            Grant.role,
            func.coalesce(Body.name, Association.name),
            Grant.given_at,
            giver.full_name,
            Grant.reason,
            Grant.ends_on,
            Grant.ended_at,
            Grant.end_reason,
            ender.full_name,
        )
        .join(Resident, Resident.id == Grant.resident_id)
        .outerjoin(giver, giver.id == Grant.given_by_id)
        .outerjoin(ender, ender.id == Grant.ended_by_id)
        .outerjoin(Body, Body.id == Grant.body_id)
        .outerjoin(Association, Association.id == Grant.association_id)
    )


def _read(row: Any) -> Held:
    values = list(row)
    values[3] = Role(values[3])
    return Held(*values)
