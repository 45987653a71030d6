"""What « Ma famille » shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.family_models import (
    GuardianInvitation,
    Guardianship,
    Household,
    HouseholdMember,
)
from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.db import db


@dataclass(frozen=True)
class Answering:
    """Someone who answers for a child, and the link that says so."""

    link_id: int
    guardian_id: int
    name: str
    since: datetime


@dataclass(frozen=True)
class Child:
    """A child of the family; `guardians` from the first."""

    id: int
    name: str
    year_of_birth: int | None
    quartier: str | None
    card_number: str
    is_closed: bool
    guardians: tuple[Answering, ...]


@dataclass(frozen=True)
class Home:
    """A household and the names of who lives there."""

    id: int
    name: str
    members: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Invited:
    """An invitation to answer for a child too."""

    id: int
    child: str
    by: str


@dataclass(frozen=True)
class Family:
    """All that one person's family page shows."""

    children: Sequence[Child]
    guardians: Sequence[Answering]
    homes: Sequence[Home]
    invitations: Sequence[Invited]


def family(person: Resident) -> Family:
    """The family of one person; five statements."""
    return Family(
        children=children_of(person.id),
        guardians=_guardians([person.id])[person.id],
        homes=homes_of(person.id),
        invitations=_invitations(person.id),
    )


def children_of(guardian_id: int) -> list[Child]:
    """The children for whom someone answers today, the eldest first; two statements."""
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.display_name,
            Resident.year_of_birth,
            Quartier.name,
            Resident.card_number,
            Resident.closed_at.is_not(None),
        )
        .join(Guardianship, Guardianship.child_id == Resident.id)
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Guardianship.guardian_id == guardian_id, Guardianship.ended_at.is_(None))
        .order_by(Resident.year_of_birth, Resident.id)
    ).all()
    guardians = _guardians([row.id for row in rows])
    return [Child(*row, tuple(guardians[row.id])) for row in rows]


def homes_of(resident_id: int) -> list[Home]:
    """The households of someone, with who lives there; one statement."""
    theirs = select(HouseholdMember.household_id).where(HouseholdMember.resident_id == resident_id)
    rows = db.session.execute(
        select(Household.id, Household.name, Resident.id, Resident.display_name)
        .join(HouseholdMember, HouseholdMember.household_id == Household.id)
        .join(Resident, Resident.id == HouseholdMember.resident_id)
        .where(Household.id.in_(theirs))
        .order_by(
            Household.id,
            Resident.year_of_birth.is_not(None),
            Resident.year_of_birth,
            Resident.id,
        )
    )
    homes: dict[int, Home] = {}
    for household_id, name, member_id, member in rows:
        homes.setdefault(household_id, Home(household_id, name)).members.append((member_id, member))
    return list(homes.values())


def _guardians(child_ids: Sequence[int]) -> dict[int, list[Answering]]:
    found: dict[int, list[Answering]] = defaultdict(list)
    rows = db.session.execute(
        select(
            Guardianship.child_id,
            Guardianship.id,
            Resident.id,
            Resident.display_name,
            Guardianship.since,
        )
        .join(Resident, Resident.id == Guardianship.guardian_id)
        .where(Guardianship.child_id.in_(child_ids), Guardianship.ended_at.is_(None))
        .order_by(Guardianship.id)
    )
    for row in rows:
        found[row[0]].append(Answering(*row[1:]))
    return found


def _invitations(person_id: int) -> list[Invited]:
    inviter = aliased(Resident)
    rows = db.session.execute(
        select(GuardianInvitation.id, Resident.called, inviter.display_name)
        .join(Resident, Resident.id == GuardianInvitation.child_id)
        .join(inviter, inviter.id == GuardianInvitation.invited_by_id)
        .where(GuardianInvitation.invited_id == person_id, GuardianInvitation.answered_at.is_(None))
        .order_by(GuardianInvitation.id)
    )
    return [Invited(*row) for row in rows]


def someone_else_answers(child_id: int, but: int) -> bool:
    """Whether another guardian, neither gone nor about to go, answers for a child."""
    others = (
        select(Guardianship.id)
        .join(Resident, Resident.id == Guardianship.guardian_id)
        .where(
            Guardianship.child_id == child_id,
            Guardianship.guardian_id != but,
            Guardianship.ended_at.is_(None),
            Resident.closed_at.is_(None),
            Resident.erased_at.is_(None),
            Resident.merged_into_id.is_(None),
        )
    )
    return db.session.scalar(others.limit(1)) is not None


def live_link(guardian_id: int, child_id: int) -> Guardianship | None:
    """The live link between two people, if any."""
    return db.session.scalar(
        select(Guardianship).where(
            Guardianship.guardian_id == guardian_id,
            Guardianship.child_id == child_id,
            Guardianship.ended_at.is_(None),
        )
    )
