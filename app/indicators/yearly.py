"""A civil year as it was aimed at and published, and the years of an agrément side by side."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal, select

from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.indicators.definitions import BY_CODE
from app.indicators.measures import as_measured
from app.indicators.models import Evaluation, PublishedFigure, PublishedYear, Target
from app.indicators.periods import Period, agrement, civil_year
from app.indicators.privacy import is_small
from app.indicators.queries import Figure, figures, threshold


@dataclass(frozen=True)
class Published:
    """A figure as it was given out, and on what day."""

    value: float
    on: date


@dataclass(frozen=True)
class Years:
    """An indicator over the years of the agrément that have begun, and over the whole."""

    figures: tuple[Figure, ...]
    whole: Figure


def aim_and_published(code: str, period: Period) -> tuple[Target | None, Published | None]:
    """What is aimed at in a civil year, and the figure given out for it; one statement."""
    if period.year is None:
        return None, None
    asked = select(literal(period.year).label("year")).subquery()
    row = db.session.execute(
        select(Target, PublishedFigure.value, PublishedYear.published_on)
        .select_from(asked)
        .outerjoin(Target, (Target.year == asked.c.year) & (Target.code == code))
        .outerjoin(
            PublishedFigure,
            (PublishedFigure.year == asked.c.year) & (PublishedFigure.code == code),
        )
        .outerjoin(PublishedYear, PublishedYear.year == PublishedFigure.year)
    ).one()
    if row.value is None:
        return row.Target, None
    value = as_measured(BY_CODE[code].measure, row.value)
    return row.Target, Published(value, row.published_on)


@dataclass(frozen=True)
class GivenOut:
    """A figure of a published year, as given out and as it is now; None where it is hidden."""

    code: str
    year: int
    on: date
    value: float | None
    now: float | None


def given_out(period: Period, *, public: bool = True) -> list[GivenOut]:
    """The figures of the published years that a period touches; a statement, and one a year.

    Args:
        public: what is or was a small number of people is hidden, both then and now.
    """
    rows = db.session.execute(
        select(PublishedFigure, PublishedYear.published_on)
        .join(PublishedYear, PublishedYear.year == PublishedFigure.year)
        .where(PublishedFigure.year.between(period.start.year, period.end.year))
        .order_by(PublishedFigure.year, PublishedFigure.code)
    ).all()
    present = {
        (year, figure.code): figure
        for year in sorted({row.PublishedFigure.year for row in rows})
        for figure in figures(civil_year(year), public=public)
    }
    smallest = threshold() if public else 0
    found = []
    for row in rows:
        given = row.PublishedFigure
        figure = present[given.year, given.code]
        definition = figure.definition
        few = definition.is_people and is_small(given.value, smallest)
        hidden = few or figure.value is None
        then = None if hidden else as_measured(definition.measure, given.value)
        now = None if hidden else figure.value
        found.append(GivenOut(given.code, given.year, row.published_on, then, now))
    return found


def published_on(year: int | None) -> date | None:
    """The day on which a year was published; one statement."""
    found = db.session.get(PublishedYear, year) if year else None
    return found.published_on if found is not None else None


def side_by_side(*, public: bool = True) -> tuple[list[int], dict[str, Years]]:
    """The years begun, and each indicator over them; one statement a year, and one."""
    period = agrement()
    years = list(range(period.start.year, min(period.end.year, today().year) + 1))
    by_year = [
        {one.code: one for one in figures(civil_year(year), public=public)} for year in years
    ]
    whole = figures(period, public=public)
    return years, {
        one.code: Years(tuple(found[one.code] for found in by_year), one) for one in whole
    }


def evaluations() -> dict[str, Evaluation]:
    """What was written of each objective over the present agrément; one statement."""
    mine = select(Evaluation).where(Evaluation.first_year == rule("agrement_year"))
    return {one.objective: one for one in db.session.scalars(mine)}
