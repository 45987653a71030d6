"""One indicator in full: its months, where it happened, and the acts behind it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.centre.models import Quartier
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import Page, paginate
from app.indicators.counting import Definition
from app.indicators.definitions import BY_CODE
from app.indicators.measures import Units, shown
from app.indicators.models import Mark
from app.indicators.periods import Period
from app.indicators.privacy import Cell, hide_small, is_small
from app.indicators.queries import Figure, figures, threshold
from app.indicators.readings import counted, lines
from app.indicators.series import added_by_month
from app.indicators.versions import Series, series
from app.indicators.windows import Window, month_number
from app.indicators.wording import act_words
from app.ledger.acts import Act
from app.ledger.live import is_live, is_no_void
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

    `series` are the versions of a rule that changed within the period (see `versions`).
    `months` and `months_before` are (label, how many since the period began); None where the
    month has not come, or is hidden. `unminuted` counts meetings held without minutes yet.
    """

    figure: Figure
    period: Period
    months: tuple[tuple[str, float | None], ...]
    months_before: tuple[float | None, ...]
    by_quartier: tuple[Cell, ...]
    by_body: tuple[Cell, ...]
    latest: tuple[Happened, ...]
    unminuted: int
    series: tuple[Series, ...]
    computed_at: datetime

    @property
    def has_before(self) -> bool:
        return any(self.months_before)


def detail(code: str, period: Period, *, public: bool = True) -> Detail:
    """Five statements and the settings, one more for 3.1.3, and for each version of a rule that
    changed meanwhile; see `Detail`.
    """
    definition = BY_CODE[code]
    smallest = threshold() if public and definition.is_people else 0
    figure = figures(period, public=public, only=code)[0]
    added = added_by_month(definition, period)
    # What spans the period was there before it: only this period's months are shown.
    added_before = {} if definition.spans else added_by_month(definition, period.previous)
    there = 0
    if definition.spans and figure.value is not None:
        there = int(figure.value) - sum(added.values())
    quartiers, bodies = _places(definition, period)

    def so_far(added: dict[int, int], last: date, there: int = 0) -> float | None:
        last_month = month_number(last)
        total = there + sum(n for month, n in added.items() if month <= last_month)
        number = shown(definition.measure, total)
        return None if is_small(number, smallest) else number

    months = [
        (month.label, so_far(added, month.end, there) if month.start <= today() else None)
        for month in period.months()
    ]
    return Detail(
        figure=figure,
        period=period,
        months=tuple(months),
        months_before=tuple(
            so_far(added_before, month.end) for month in period.previous.months() if added_before
        )[: len(months)],
        by_quartier=hide_small(quartiers, smallest),
        by_body=hide_small(bodies, smallest),
        latest=_latest(definition, period, smallest),
        unminuted=_unminuted(period) if code == "3.1.3" else 0,
        series=series(definition, period, figure.value, smallest),
        computed_at=now(),
    )


def entries(code: str, period: Period, number: int) -> Page[tuple[Entry, str | None]]:
    """(ledger entry behind the figure, why it was voided if it was), newest first; for the team."""
    void = aliased(Entry)
    query = (
        select(Entry, void.reason)
        .outerjoin(void, void.voids_id == Entry.id)
        .where(
            is_no_void(),
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


def _places(definition: Definition, period: Period) -> tuple[list[Cell], list[Cell]]:
    """Cells by quartier and by instance, the largest first; distinct units in each."""
    read = lines([definition], [period]).cte("read")
    by_quartier = counted(select(read), "quartier_id").subquery()
    by_body = counted(select(read), "body_id").subquery()
    kind = "units0" if isinstance(definition.measure, Units) else "total0"
    quartiers = select(
        literal("quartier").label("what"),
        by_quartier.c.quartier_id.label("id"),
        Quartier.name,
        by_quartier.c[kind].label("n"),
    ).outerjoin(Quartier, Quartier.id == by_quartier.c.quartier_id)
    bodies = select(
        literal("body"), by_body.c.body_id, body_label(by_body.c.body_id), by_body.c[kind]
    ).where(by_body.c.body_id != 0)
    rows = [row for row in db.session.execute(union_all(quartiers, bodies)) if row.n]
    rows = sorted(rows, key=lambda row: (row.id == 0, -row.n, row.name or ""))

    quartiers_cells, bodies_cells = [], []
    for row in rows:
        number = shown(definition.measure, int(row.n))
        if row.what == "quartier":
            quartiers_cells.append(Cell(row.name or _("Quartier non précisé"), number))
        else:
            name = row.name or _("Instance n° %(number)d", number=row.id)
            bodies_cells.append(Cell(name, number))
    return quartiers_cells, bodies_cells


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
    number = Window(period.start, period.end).within_marks()
    held = select(func.count(Mark.unit.distinct())).where(
        Mark.code == "3.1.3", number > 0, ~published
    )
    return db.session.scalar(held) or 0
