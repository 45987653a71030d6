"""The pages of the conseil: who sits, and the minutes of every instance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from app.accounts.models import Resident
from app.bodies.comite_queries import minutes_number
from app.bodies.labels import COLLEGES
from app.bodies.models import Body, Mandate, Meeting
from app.core.db import db
from app.core.pagination import Page, paginate


@dataclass(frozen=True)
class Seat:
    """Someone who sits at the conseil."""

    mandate_id: int
    name: str
    college: str
    is_titulaire: bool
    is_voting: bool
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class MinutesRow:
    """Published minutes, in a list."""

    meeting_id: int
    number: str | None
    title: str
    body_name: str
    starts_at: datetime
    published_at: datetime | None


def seats(body_id: int | None) -> dict[str, list[Seat]]:
    """Who sits, by collège in their order, the titulaires first; one statement."""
    rows = db.session.execute(
        select(
            Mandate.id,
            Resident.display_name.label("name"),
            Mandate.college,
            Mandate.is_titulaire,
            Mandate.is_voting,
            Mandate.starts_on,
            Mandate.ends_on,
        )
        .join(Resident, Resident.id == Mandate.resident_id)
        .where(Mandate.body_id == body_id, Mandate.ended_on.is_(None))
        .order_by(Mandate.is_titulaire.desc(), Resident.folded_name, Mandate.id)
    )
    found: dict[str, list[Seat]] = {college: [] for college in COLLEGES}
    for row in rows:
        seat = Seat(
            mandate_id=row.id,
            name=row.name,
            college=row.college,
            is_titulaire=row.is_titulaire,
            is_voting=row.is_voting,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        found[seat.college].append(seat)
    return found


def latest_minutes(limit: int, body_id: int | None = None) -> list[MinutesRow]:
    """The last published minutes, the newest first; one statement."""
    return [_row(row) for row in db.session.execute(_minutes(body_id, None).limit(limit))]


def minutes_page(number: int, body_id: int | None, year: int | None) -> Page[MinutesRow]:
    """Published minutes, the newest first, perhaps of one instance or one year."""
    page = paginate(_minutes(body_id, year), number)
    return Page([_row(row) for row in page.items], page.number, page.size, page.total)


def minutes_years() -> list[int]:
    """Years that have published minutes, the newest first."""
    years = db.session.scalars(
        select(Meeting.minutes_year)
        .where(Meeting.minutes_year.is_not(None))
        .distinct()
        .order_by(Meeting.minutes_year.desc())
    )
    return [year for year in years if year is not None]


def body_choices() -> list[tuple[int, str, str]]:
    """(id, slug, name) of every instance, the conseil first; one statement."""
    rows = db.session.execute(
        select(Body.id, Body.slug, Body.name).order_by(Body.kind.desc(), Body.name)
    )
    return [(row.id, row.slug, row.name) for row in rows]


def _minutes(body_id: int | None, year: int | None) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Meeting.id,
            Meeting.minutes_year,
            Meeting.minutes_rank,
            Meeting.title,
            Body.name,
            Meeting.starts_at,
            Meeting.published_at,
        )
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.minutes_status == "published")
        .order_by(Meeting.minutes_year.desc(), Meeting.minutes_rank.desc())
    )
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    if year is not None:
        query = query.where(Meeting.minutes_year == year)
    return query


def _row(row: Row[*tuple[Any, ...]]) -> MinutesRow:
    meeting_id, year, rank, *rest = row
    return MinutesRow(meeting_id, minutes_number(year, rank), *rest)
