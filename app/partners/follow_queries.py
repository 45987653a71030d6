"""Conventions and social schemes, as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.files import StoredFile
from app.core.pagination import Page, paginate
from app.core.search import subject_ids
from app.partners.models import Convention, Partner, Scheme
from app.partners.terms import ENDED, SOON, state_of


@dataclass(frozen=True)
class ConventionLine:
    """A convention in the team's list; `state` of `partners.terms`, `days_left` below 0 once over.

    `is_followed`: another one renews it. `can_be_dropped`: it is a renewal nobody has signed.
    """

    id: int
    title: str
    partner: str
    slug: str
    starts_on: date
    ends_on: date
    signed_by: str
    file_name: str | None
    state: str
    days_left: int
    is_followed: bool
    can_be_dropped: bool

    @property
    def asks_for_renewal(self) -> bool:
        """Whether someone must think of it now."""
        return self.state in (SOON, ENDED) and not self.is_followed


@dataclass(frozen=True)
class SchemeCard:
    """A social scheme in a list or on its page; `is_past`: it holds no more."""

    id: int
    title: str
    text: str
    audience: str
    where_to_go: str
    source_url: str | None
    valid_from: date | None
    valid_until: date | None
    checked_on: date
    checked_by: str | None
    archived_on: date | None
    is_past: bool
    is_coming: bool


def conventions(number: int, *, partner_id: int = 0, over: bool = False) -> Page[ConventionLine]:
    """Those that run, the nearest end first, or with those renewed or over; two statements."""
    query = _conventions()
    if partner_id:
        query = query.where(Convention.partner_id == partner_id)
    elif not over:
        query = query.where(_following().is_(None))
    page = paginate(
        query.order_by(Convention.ends_on.desc() if over else Convention.ends_on), number
    )
    return Page([_convention(row) for row in page.items], page.number, page.size, page.total)


def to_renew() -> list[ConventionLine]:
    """Those of partners of the directory that end soon or are over, and that nothing follows."""
    rows = db.session.execute(
        _conventions()
        .where(Partner.archived_on.is_(None), _following().is_(None))
        .order_by(Convention.ends_on)
    )
    return [line for row in rows if (line := _convention(row)).asks_for_renewal]


def schemes(
    number: int, *, words: str = "", over: bool = False, archived: bool = False
) -> Page[SchemeCard]:
    """Pages of schemes by title, those that hold no more apart; two statements."""
    query = _schemes().order_by(Scheme.folded_title)
    if archived:
        query = query.where(Scheme.archived_on.is_not(None))
    else:
        holds = or_(Scheme.valid_until.is_(None), Scheme.valid_until >= today())
        query = query.where(Scheme.archived_on.is_(None), ~holds if over else holds)
    found = subject_ids("schemes", words)
    if found is not None:
        query = query.where(Scheme.id.in_(found))
    page = paginate(query, number)
    return Page([_scheme(row) for row in page.items], page.number, page.size, page.total)


def scheme_page(scheme_id: int) -> SchemeCard | None:
    """One page; one statement."""
    row = db.session.execute(_schemes().where(Scheme.id == scheme_id)).first()
    return _scheme(row) if row else None


_next = aliased(Convention)


def _following() -> Any:
    following = select(_next.id).where(_next.follows_id == Convention.id)
    return following.correlate(Convention).scalar_subquery()


def _conventions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Convention.id,
            Convention.title,
            Partner.name.label("partner"),
            Partner.slug,
            Convention.starts_on,
            Convention.ends_on,
            Convention.notice_months,
            Convention.signed_by,
            Convention.follows_id,
            StoredFile.name.label("file_name"),
            _following().label("followed_by"),
        )
        .join(Partner, Partner.id == Convention.partner_id)
        .join(StoredFile, StoredFile.id == Convention.file_id, isouter=True)
    )


def _convention(row: Any) -> ConventionLine:
    day = today()
    unsigned = not row.signed_by and row.file_name is None
    return ConventionLine(
        id=row.id,
        title=row.title,
        partner=row.partner,
        slug=row.slug,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        signed_by=row.signed_by,
        file_name=row.file_name,
        state=state_of(row.starts_on, row.ends_on, row.notice_months, day),
        days_left=(row.ends_on - day).days,
        is_followed=row.followed_by is not None,
        can_be_dropped=row.follows_id is not None and unsigned and row.followed_by is None,
    )


def _schemes() -> Select[*tuple[Any, ...]]:
    return select(
        Scheme,
        case((Resident.erased_at.is_(None), Resident.given_name)).label("by"),
    ).join(Resident, Resident.id == Scheme.checked_by_id, isouter=True)


def _scheme(row: Any) -> SchemeCard:
    scheme, by = row
    day = today()
    return SchemeCard(
        id=scheme.id,
        title=scheme.title,
        text=scheme.text,
        audience=scheme.audience,
        where_to_go=scheme.where_to_go,
        source_url=scheme.source_url,
        valid_from=scheme.valid_from,
        valid_until=scheme.valid_until,
        checked_on=scheme.checked_on,
        checked_by=by,
        archived_on=scheme.archived_on,
        is_past=scheme.valid_until is not None and scheme.valid_until < day,
        is_coming=scheme.valid_from is not None and scheme.valid_from > day,
    )
