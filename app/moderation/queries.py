"""The queue, as those who decide read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select, true

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.core.markdown import excerpt
from app.core.pagination import Page, paginate
from app.moderation.kinds import BY_TABLE, Content, Kind
from app.moderation.models import CHILD, CONTEST, FIRST, REPORT, Case, Report
from app.moderation.policies import reach

A_PAGE = 20
EXCERPT = 220
PRESSING = 3
"""So many reports by confirmed people put a content at the top; none hides it."""

OPEN = Case.decided_at.is_(None)
FILTERS: dict[str, ColumnElement[bool]] = {
    "a-lire": OPEN,
    "signales": and_(OPEN, Case.cause == REPORT),
    "en-attente": and_(OPEN, Case.cause.in_((FIRST, CHILD))),
    "contestes": and_(OPEN, Case.cause == CONTEST),
    "traites": Case.decided_at.is_not(None),
}


@dataclass(frozen=True)
class QueueRow:
    """A content to look at, or one that was decided; `days` it has waited."""

    id: int
    kind: Any
    title: str
    text: str
    author: str | None
    cause: str
    reports: int
    is_pressing: bool
    opened_at: datetime
    days: int
    decided_at: datetime | None
    outcome: str | None
    rule: str | None
    visibility: str | None


def within_reach(person: Resident) -> ColumnElement[bool]:
    """The cases that someone reads, before any filter."""
    bodies = reach(person)
    if bodies is None:
        return true()
    return Case.body_id.in_(bodies) if bodies else false()


def counts(person: Resident) -> dict[str, int]:
    """How many cases each filter holds; one statement."""
    columns = [func.count(case((condition, 1))) for condition in FILTERS.values()]
    row = db.session.execute(select(*columns).where(within_reach(person))).one()
    return dict(zip(FILTERS, row, strict=True))


def waiting_count(person: Resident) -> int:
    """How many cases wait for this person; one statement."""
    return db.session.scalar(select(func.count(Case.id)).where(within_reach(person), OPEN)) or 0


def queue(person: Resident, wanted: str, number: int) -> Page[QueueRow]:
    """One page: the most reported first, then the oldest; the latest decided first.

    Two statements, and for each kind of content on the page one more, comments three.
    """
    reports = select(func.count(Report.id)).where(Report.case_id == Case.id).scalar_subquery()
    order: tuple[Any, ...] = (
        case((Case.confirmed_reports >= PRESSING, 0), else_=1),
        Case.opened_at,
        Case.id,
    )
    if wanted == "traites":
        order = (Case.decided_at.desc(), Case.id.desc())
    query = (
        select(Case, Resident.display_name.label("author"), reports.label("reports"))
        .outerjoin(Resident, Resident.id == Case.author_id)
        .where(within_reach(person), FILTERS[wanted])
        .order_by(*order)
    )
    page = paginate(query, number, A_PAGE)
    contents = contents_of([row.Case for row in page.items])
    rows = [_row(row, contents.get(row.Case.id)) for row in page.items]
    return Page(rows, page.number, page.size, page.total)


def next_case(person: Resident, after: Case) -> int | None:
    """The next one to read, once this one is done; one statement."""
    others = (within_reach(person), OPEN, Case.id != after.id)
    pressing = case((Case.confirmed_reports >= PRESSING, 0), else_=1)
    order = (pressing, Case.opened_at, Case.id)
    return db.session.scalar(select(Case.id).where(*others).order_by(*order).limit(1))


Found = tuple[Kind, Content, str, str]


def contents_of(cases: Sequence[Case]) -> dict[int, Found]:
    """Kind, row, title and address of what each case is about, by the case's number."""
    wanted: dict[str, dict[int, int]] = defaultdict(dict)
    for one in cases:
        wanted[one.subject_type][one.subject_id] = one.id
    found: dict[int, Found] = {}
    for table, numbers in wanted.items():
        kind = BY_TABLE[table]
        rows = kind.many(numbers)
        # Held until the titles are made: the session keeps only what someone holds.
        around = kind.around(rows.values())
        for number, content in rows.items():
            title, url = kind.title(content), kind.url(content)
            found[numbers[number]] = (kind, content, title, url)
        del around
    return found


def _row(row: Any, found: Found | None) -> QueueRow:
    one: Case = row.Case
    kind, content, title, _url = found or (BY_TABLE[one.subject_type], None, "", "")
    words = " ".join(kind.words(content).values()) if content else ""
    return QueueRow(
        id=one.id,
        kind=kind.label,
        title=title or _("Contenu disparu"),
        text=excerpt(words, EXCERPT) if words.strip() else "",
        author=row.author,
        cause=one.cause,
        reports=row.reports,
        is_pressing=one.confirmed_reports >= PRESSING,
        opened_at=one.opened_at,
        days=(now() - one.opened_at).days,
        decided_at=one.decided_at,
        outcome=one.outcome,
        rule=one.rule,
        visibility=content.visibility if content else None,
    )
