"""Open data: the indicators of the projet social, read only."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from app.api.schemas import IndicateursSchema, PeriodQuery, RefusalSchema
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.policies import public
from app.indicators import periods
from app.indicators.queries import Figure, threshold, values

bp = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Indicateurs")
NOT_VALID: dict[int | str, dict[str, Any]] = {
    "422": {
        "description": "Dates refusées",
        "content": {"application/json": {"schema": RefusalSchema}},
    }
}


@bp.get("/indicateurs")
@bp.input(PeriodQuery, location="query", arg_name="asked")
@bp.output(IndicateursSchema)
@bp.doc(summary="Les 27 indicateurs du projet social", responses=NOT_VALID)
@public
def indicateurs(asked: dict[str, str]) -> dict[str, Any]:
    start, end = period(asked.get("debut"), asked.get("fin"))
    found = values(start, end, public=True)
    return {
        "debut": start.isoformat(),
        "fin": end.isoformat(),
        "indicateurs": [_shown(figure) for figure in found],
    }


def period(first: str | None, last: str | None) -> tuple[date, date]:
    """The days asked for, the current civil year's where one is missing.

    Raises:
        Invalid: a date that is none, or an end before the start.
    """
    year = periods.current_year()
    start = _day("debut", first) if first is not None else year.start
    end = _day("fin", last) if last is not None else year.end
    if end < start:
        raise Invalid(_("La date de fin vient avant la date de début."), field="fin")
    return start, end


def _day(name: str, typed: str) -> date:
    try:
        day = date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        day = None
    if day is None or not periods.FIRST_YEAR <= day.year < periods.LAST_YEAR:
        raise Invalid(_("%(name)s : écrivez une date comme 2026-03-15.", name=name), field=name)
    return day


def _shown(figure: Figure) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": figure.code,
        "titre": figure.indicator.title,
        "valeur": figure.value,
        "unite": figure.definition.words(None),
    }
    if figure.hidden:
        shown["note"] = _("moins de %(number)d personnes", number=threshold())
    return shown
