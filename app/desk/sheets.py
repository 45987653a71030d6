"""What the desk sees of one person."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.family_models import Household, HouseholdMember
from app.accounts.languages import Language, spoken
from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.db import db


@dataclass(frozen=True)
class Relative:
    """Someone of the same household."""

    id: int
    name: str
    year_of_birth: int | None


@dataclass(frozen=True)
class Home:
    """A household and its other people."""

    id: int
    name: str
    others: list[Relative]


@dataclass(frozen=True)
class Sheet:
    """A person as the desk knows them, in use or joined to another file."""

    person: Resident
    quartier: str | None
    languages: list[Language]
    homes: list[Home]


def sheet_of(resident_id: int) -> Sheet:
    """One person's sheet; 404 when there is no such person, or they were erased."""
    row = db.session.execute(
        select(Resident, Quartier.name)
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Resident.id == resident_id, Resident.erased_at.is_(None))
    ).first()
    if row is None:
        abort(404)
    person, quartier = row
    return Sheet(person, quartier, spoken(person.languages), homes_of(resident_id))


def homes_of(resident_id: int) -> list[Home]:
    """The households someone belongs to, with who else lives there; one statement."""
    mine, theirs = aliased(HouseholdMember), aliased(HouseholdMember)
    rows = db.session.execute(
        select(
            Household.id,
            Household.name,
            Resident.id,
            Resident.full_name,
            Resident.year_of_birth,
        )
        .join(mine, mine.household_id == Household.id)
        .join(theirs, theirs.household_id == Household.id)
        .join(Resident, Resident.id == theirs.resident_id)
        .where(mine.resident_id == resident_id, Resident.erased_at.is_(None))
        .order_by(Household.id, Resident.year_of_birth, Resident.id)
    )
    homes: dict[int, Home] = {}
    for home_id, name, other_id, other, year in rows:
        home = homes.setdefault(home_id, Home(home_id, name, []))
        if other_id != resident_id:
            home.others.append(Relative(other_id, other, year))
    return list(homes.values())
