"""Open data: the indicators of the projet social, read only."""

from datetime import date
from typing import Any

from apiflask import Schema
from apiflask.fields import Float, List, Nested
from flask import abort

from app.api.answering import REFUSED, Source, day, flag, source, text
from app.api.asking import Day, OneOf, Query
from app.api.blueprint import bp, limit
from app.core.i18n import _
from app.core.policies import public
from app.indicators import periods
from app.indicators.counting import Definition
from app.indicators.details import Detail, detail
from app.indicators.matrix import INDICATORS
from app.indicators.periods import Period
from app.indicators.privacy import Cell
from app.indicators.queries import Figure, threshold, values


class PeriodQuery(Query):
    """Both days are optional: the current civil year by default."""

    debut = Day("Premier jour, AAAA-MM-JJ ; le 1er janvier de cette année sinon", "2026-01-01")
    fin = Day("Dernier jour, compris, AAAA-MM-JJ ; le 31 décembre sinon", "2026-12-31")


class CodePath(Query):
    """Which indicator."""

    code = OneOf("Code de l’indicateur", {"3.2.3": ""} | dict.fromkeys(INDICATORS))


class Amount(Float):
    """A number as it is: whole, or with a fraction; nothing where few people are behind it."""

    def __init__(self) -> None:
        said = {"description": "Vide quand il s’agit de peu de personnes", "example": 128}
        super().__init__(required=True, allow_none=True, metadata=said)

    def _format_num(self, value: Any) -> Any:
        return value


class BesideSchema(Schema):
    code = text("Code", "3.2.1.quartiers")
    unite = text("Ce qui est compté", "quartiers")
    valeur = Amount()


class IndicateurSchema(Schema):
    code = text("Code du projet social", "3.2.3")
    titre = text("Titre du projet social", "Nombre d’habitants impliqués")
    valeur = Amount()
    unite = text("Ce qui est compté", "habitants")
    note = text("Pourquoi la valeur est vide", "moins de 5 personnes", null=True)
    regle = text("Ce qui compte, en une phrase")
    ne_compte_pas = text("Ce qui ne compte pas")
    origine = text("D’où viennent les chiffres")
    estime = flag("Vrai quand c’est une estimation")
    a_cote = List(Nested(BesideSchema), required=True)


class IndicateursSchema(Source):
    debut = day("Premier jour de la période")
    fin = day("Dernier jour de la période, compris")
    indicateurs = List(Nested(IndicateurSchema), required=True)


class MonthSchema(Schema):
    debut = day("Premier jour")
    fin = day("Dernier jour, compris")
    cumul = Amount()


class PlaceSchema(Schema):
    nom = text("Quartier ou instance", "La Source")
    valeur = Amount()


class DetailSchema(Source):
    debut = day("Premier jour de la période")
    fin = day("Dernier jour de la période, compris")
    indicateur = Nested(IndicateurSchema, required=True)
    mois = List(
        Nested(MonthSchema),
        required=True,
        metadata={"description": "Combien depuis le début de la période, à la fin de chaque mois"},
    )
    par_quartier = List(Nested(PlaceSchema), required=True)
    par_instance = List(Nested(PlaceSchema), required=True)


@bp.get("/indicateurs")
@bp.input(PeriodQuery, location="query", arg_name="asked")
@bp.output(IndicateursSchema)
@bp.doc(summary="Les 27 indicateurs du projet social", tags=["Indicateurs"], responses=REFUSED)
@limit
@public
def indicateurs(asked: dict[str, date]) -> dict[str, Any]:
    wanted = _period(asked)
    found = values(wanted.start, wanted.end, public=True)
    return {**_bounds(wanted), "indicateurs": [_shown(figure) for figure in found]}


@bp.get("/indicateurs/<string:code>")
@bp.input(CodePath, location="path", arg_name="path", validation=False)
@bp.input(PeriodQuery, location="query", arg_name="asked")
@bp.output(DetailSchema)
@bp.doc(summary="Un indicateur, par mois et par quartier", tags=["Indicateurs"], responses=REFUSED)
@limit
@public
def indicateur(code: str, path: object, asked: dict[str, date]) -> dict[str, Any]:
    if code not in INDICATORS:
        abort(404)
    wanted = _period(asked)
    found = detail(code, wanted, public=True)
    return {
        **_bounds(wanted),
        "indicateur": _shown(found.figure),
        "mois": _months(found),
        "par_quartier": [_cell(cell) for cell in found.by_quartier],
        "par_instance": [_cell(cell) for cell in found.by_body],
    }


def _period(asked: dict[str, date]) -> Period:
    """The days asked for, the current civil year's where one is missing.

    404 where the last comes before the first, or more than ten years after: no such period.
    """
    year = periods.current_year()
    start, end = asked.get("debut", year.start), asked.get("fin", year.end)
    if not 0 <= (end - start).days <= periods.LONGEST:
        abort(404)
    return periods.of(start, end)


def _bounds(period: Period) -> dict[str, Any]:
    return {**source(), "debut": period.start, "fin": period.end}


def _shown(figure: Figure) -> dict[str, Any]:
    definition: Definition = figure.definition
    return {
        "code": figure.code,
        "titre": figure.indicator.title,
        "valeur": figure.value,
        "unite": definition.words(None),
        "note": _("moins de %(number)d personnes", number=threshold()) if figure.hidden else None,
        "regle": str(definition.explanation),
        "ne_compte_pas": str(definition.excludes),
        "origine": str(definition.source),
        "estime": definition.is_estimate,
        "a_cote": [
            {"code": one.code, "unite": one.words, "valeur": one.value} for one in figure.beside
        ],
    }


def _months(found: Detail) -> list[dict[str, Any]]:
    months = zip(found.period.months(), found.months, strict=True)
    return [
        {"debut": month.start, "fin": month.end, "cumul": so_far}
        for month, (_label, so_far) in months
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    return {"nom": cell.label, "valeur": cell.value}
