"""One indicator in full: its months, where it happened, and the acts behind it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.centre.models import Quartier
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import Page, paginate
from app.indicators.audits import is_live
from app.indicators.counting import Definition
from app.indicators.definitions import BY_CODE
from app.indicators.models import Mark
from app.indicators.periods import Period
from app.indicators.privacy import Cell, hide_small, is_small
from app.indicators.queries import Figure, figures, threshold
from app.indicators.wording import act_words
from app.ledger.acts import Act
from app.ledger.models import Entry

LATEST = 6


@dataclass(frozen=True)
class Happened:
    """Acts of one kind, on one day, in one instance; never who."""

    day: date
    text: str
    body: str | None


@dataclass(frozen=True)
class Detail:
    """What the page of an indicator shows.

    `months` and `months_before` are (label, how many since the period began); None where the
    month has not come, or is hidden. `unminuted` counts meetings held without minutes yet.
    """

    figure: Figure
    period: Period
    months: tuple[tuple[str, int | None], ...]
    months_before: tuple[int | None, ...]
    by_quartier: tuple[Cell, ...]
    by_body: tuple[Cell, ...]
    latest: tuple[Happened, ...]
    unminuted: int
    computed_at: datetime

    @property
    def has_before(self) -> bool:
        return any(self.months_before)


def detail(code: str, period: Period, *, public: bool = True) -> Detail:
    """Four statements and the settings, one more for 3.1.3; see `Detail`."""
    definition = BY_CODE[code]
    smallest = threshold() if public and definition.is_people else 0
    figure = figures(period, public=public, only=code)[0]
    if not definition.fed:
        return Detail(figure, period, (), (), (), (), (), 0, now())
    firsts, firsts_before = _first_days(code, period)
    quartiers, bodies = _places(code, period)
    months = [
        (month.label, _until(firsts, month.end, smallest) if month.start <= today() else None)
        for month in period.months()
    ]
    return Detail(
        figure=figure,
        period=period,
        months=tuple(months),
        months_before=tuple(
            _until(firsts_before, month.end, smallest) for month in period.previous.months()
        )[: len(months)],
        by_quartier=hide_small(quartiers, smallest),
        by_body=hide_small(bodies, smallest),
        latest=_latest(definition, period, smallest),
        unminuted=_unminuted(period) if code == "3.1.3" else 0,
        computed_at=now(),
    )


def entries(code: str, period: Period, number: int) -> Page[tuple[Entry, str | None]]:
    """(ledger entry behind the figure, why it was voided if it was), newest first; for the team."""
    void = aliased(Entry)
    query = (
        select(Entry, void.reason)
        .outerjoin(void, void.voids_id == Entry.id)
        .where(
            Entry.voids_id.is_(None),
            Entry.day.between(period.start, period.end),
            BY_CODE[code].clause(),
        )
        .order_by(Entry.day.desc(), Entry.id.desc())
    )
    return paginate(query, number)


def body_label(body_id: object) -> ScalarSelect[str | None]:
    """The name an instance was created under, the latest if it was written again."""
    created = aliased(Entry)
    return (
        select(created.subject_label)
        .where(created.act == Act.BODY_CREATED.value, created.body_id == body_id)
        .order_by(created.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _first_days(code: str, period: Period) -> tuple[dict[date, int], dict[date, int]]:
    """Day → how many units were first seen that day, over the period and the one before."""

    def firsts(what: str, over: Period) -> Select[tuple[str, date, int]]:
        seen = (
            select(func.min(Mark.day).label("day"))
            .where(Mark.code == code, Mark.day.between(over.start, over.end))
            .group_by(Mark.unit)
            .subquery()
        )
        return select(literal(what).label("what"), seen.c.day, func.count().label("n")).group_by(
            seen.c.day
        )

    rows = db.session.execute(
        union_all(firsts("now", period), firsts("before", period.previous))
    ).all()
    return (
        {row.day: row.n for row in rows if row.what == "now"},
        {row.day: row.n for row in rows if row.what == "before"},
    )


def _until(firsts: dict[date, int], last: date, smallest: int) -> int | None:
    total = sum(number for day, number in firsts.items() if day <= last)
    return None if is_small(total, smallest) else total


def _places(code: str, period: Period) -> tuple[list[Cell], list[Cell]]:
    """Cells by quartier and by instance, the largest first; distinct units in each."""
    here = (Mark.code == code, Mark.day.between(period.start, period.end))
    number = func.count(Mark.unit.distinct()).label("n")
    by_quartier = (
        select(
            literal("quartier").label("what"), Mark.quartier_id.label("id"), Quartier.name, number
        )
        .outerjoin(Quartier, Quartier.id == Mark.quartier_id)
        .where(*here)
        .group_by(Mark.quartier_id, Quartier.name)
    )
    counted = select(Mark.body_id, number).where(*here).group_by(Mark.body_id).subquery()
    by_body = select(
        literal("body"),
        counted.c.body_id,
        body_label(counted.c.body_id),
        counted.c.n,
    ).where(counted.c.body_id != 0)
    rows = db.session.execute(union_all(by_quartier, by_body)).all()
    rows = sorted(rows, key=lambda row: (row.id == 0, -row.n, row.name or ""))
    quartiers = [
        Cell(row.name or _("Quartier non précisé"), row.n) for row in rows if row.what == "quartier"
    ]
    bodies = [
        Cell(row.name or _("Instance n° %(number)d", number=row.id), row.n)
        for row in rows
        if row.what == "body"
    ]
    return quartiers, bodies


def _latest(definition: Definition, period: Period, smallest: int) -> tuple[Happened, ...]:
    number = func.count().label("n")
    rows = db.session.execute(
        select(Entry.day, Entry.act, number, body_label(Entry.body_id).label("body"))
        .where(definition.clause(), is_live(), Entry.day.between(period.start, period.end))
        .group_by(Entry.day, Entry.act, Entry.body_id)
        .order_by(Entry.day.desc(), Entry.act)
        .limit(LATEST)
    )
    return tuple(
        Happened(row.day, act_words(row.act, row.n, is_small(row.n, smallest)), row.body)
        for row in rows
    )


def _unminuted(period: Period) -> int:
    """Meetings of the conseil held in the period whose minutes are not published, even later."""
    minutes = aliased(Mark)
    published = (
        select(minutes.id)
        .where(minutes.code == "3.1.3.comptes_rendus", minutes.unit == Mark.unit)
        .exists()
    )
    held = select(func.count(Mark.unit.distinct())).where(
        Mark.code == "3.1.3", Mark.day.between(period.start, period.end), ~published
    )
    return db.session.scalar(held) or 0
