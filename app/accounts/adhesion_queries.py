"""Memberships, as the desk and each person see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, select

from app.accounts.adhesion_models import Adhesion, AdhesionPerson, Kind, Payment
from app.accounts.models import Resident
from app.accounts.word_models import ResidentWord, name_words
from app.core.clock import civil_day
from app.core.db import db
from app.core.i18n import _l
from app.core.pagination import Page, paginate
from app.core.search_text import fold

KIND_WORDS: dict[str, Any] = {
    Kind.INDIVIDUAL: _l("Individuelle"),
    Kind.FAMILY: _l("Familiale"),
}
PAYMENT_WORDS: dict[str, Any] = {
    Payment.CASH: _l("espèces"),
    Payment.CHEQUE: _l("chèque"),
    Payment.CARD: _l("carte bancaire"),
    Payment.AID: _l("prise en charge (aide)"),
    Payment.FREE: _l("gratuit"),
}
AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Line:
    """A membership in a list; `fee_cents` in euro cents, `people` how many it covers."""

    id: int
    number: str
    kind: str
    season: int
    fee_cents: int
    payment: str
    holder: str | None
    holder_id: int | None
    people: int
    taken_on: date
    is_cancelled: bool


@dataclass(frozen=True)
class Total:
    """The live memberships of one kind in a season; `cents` in euro cents."""

    kind: str
    count: int
    people: int
    cents: int


@dataclass(frozen=True)
class Receipt:
    """One membership, whole."""

    line: Line
    names: list[str]
    taken_at: datetime
    cancelled_at: datetime | None
    cancel_reason: str | None


def _lines() -> Select[Any]:
    covered = (
        select(func.count())
        .where(AdhesionPerson.adhesion_id == Adhesion.id)
        .correlate(Adhesion)
        .scalar_subquery()
    )
    return select(
        Adhesion.id,
        Adhesion.receipt_year,
        Adhesion.receipt_rank,
        Adhesion.kind,
        Adhesion.season,
        Adhesion.fee_cents,
        Adhesion.payment,
        Resident.full_name.label("holder"),
        Adhesion.holder_id,
        covered.label("people"),
        Adhesion.taken_at,
        Adhesion.cancelled_at,
        Adhesion.cancel_reason,
    ).outerjoin(Resident, Resident.id == Adhesion.holder_id)


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        number=f"{row.receipt_year}-{row.receipt_rank:04d}",
        kind=row.kind,
        season=row.season,
        fee_cents=row.fee_cents,
        payment=row.payment,
        holder=row.holder,
        holder_id=row.holder_id,
        people=row.people,
        taken_on=civil_day(row.taken_at),
        is_cancelled=row.cancelled_at is not None,
    )


def of_season(season: int, typed: str, number: int) -> Page[Line]:
    """A season's memberships, the latest first, that cover someone of these names."""
    query = _lines().where(Adhesion.season == season, *_covering(typed))
    page = paginate(query.order_by(Adhesion.id.desc()), number)
    return Page([_line(row) for row in page.items], page.number, page.size, page.total)


def _covering(typed: str) -> list[ColumnElement[bool]]:
    named = AdhesionPerson.resident_id == ResidentWord.resident_id
    return [
        select(AdhesionPerson.adhesion_id)
        .join(ResidentWord, named)
        .where(
            AdhesionPerson.adhesion_id == Adhesion.id,
            and_(ResidentWord.word >= word, ResidentWord.word < word + AFTER_ALL),
        )
        .exists()
        for word in name_words(fold(typed))
    ]


def totals(season: int) -> list[Total]:
    """The live memberships of a season, by kind."""
    covered = (
        select(AdhesionPerson.adhesion_id, func.count().label("people"))
        .group_by(AdhesionPerson.adhesion_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Adhesion.kind,
            func.count(),
            func.coalesce(func.sum(covered.c.people), 0),
            func.sum(Adhesion.fee_cents),
        )
        .outerjoin(covered, covered.c.adhesion_id == Adhesion.id)
        .where(Adhesion.season == season, Adhesion.cancelled_at.is_(None))
        .group_by(Adhesion.kind)
        .order_by(Adhesion.kind.desc())
    )
    return [Total(kind, count, int(people), int(cents)) for kind, count, people, cents in rows]


def every_line(season: int) -> Iterator[Line]:
    """A season's memberships by number, cancelled ones too, a batch at a time."""
    query = _lines().where(Adhesion.season == season)
    order = (Adhesion.receipt_year, Adhesion.receipt_rank)
    for row in db.session.execute(query.order_by(*order).execution_options(yield_per=500)):
        yield _line(row)


def of_person(resident_id: int) -> list[Line]:
    """The memberships that cover someone, the latest first."""
    query = _lines().join(AdhesionPerson, AdhesionPerson.adhesion_id == Adhesion.id)
    rows = db.session.execute(
        query.where(AdhesionPerson.resident_id == resident_id).order_by(Adhesion.id.desc())
    )
    return [_line(row) for row in rows]


def receipt_of(adhesion_id: int) -> Receipt:
    """One membership with the people it covers; 404 when there is none. Two statements."""
    row = db.session.execute(_lines().where(Adhesion.id == adhesion_id)).first()
    if row is None:
        abort(404)
    names = db.session.scalars(
        select(Resident.full_name)
        .join(AdhesionPerson, AdhesionPerson.resident_id == Resident.id)
        .where(AdhesionPerson.adhesion_id == adhesion_id, Resident.erased_at.is_(None))
        .order_by(Resident.year_of_birth, Resident.id)
    )
    return Receipt(_line(row), list(names), row.taken_at, row.cancelled_at, row.cancel_reason)


def holds(resident_id: int, adhesion_id: int) -> bool:
    """Whether the membership is in this person's name, and its receipt theirs."""
    query = select(Adhesion.id).where(Adhesion.id == adhesion_id, Adhesion.holder_id == resident_id)
    return db.session.scalar(query) is not None
