"""The figures as rows for a spreadsheet."""

from app.core.hours import decimal
from app.core.i18n import _
from app.core.typography import date_fr
from app.indicators.details import Detail
from app.indicators.queries import threshold


def detail_rows(detail: Detail) -> list[tuple[object, ...]]:
    """Every number of an indicator's page, hidden where the page hides it."""
    few = _("moins de %(number)d", number=threshold())
    figure = detail.figure
    rows: list[tuple[object, ...]] = [
        (_("Rubrique"), _("Libellé"), _("Valeur")),
        (_("Indicateur"), f"{figure.code} {figure.indicator.title}", ""),
        (_("Période"), detail.period.label, ""),
        (_("Calculé le"), date_fr(detail.computed_at), ""),
        (_("Total"), figure.definition.words(None), few if figure.hidden else figure.value),
    ]
    if figure.target is not None:
        rows.append((_("Objectif"), detail.period.label, figure.target))
    rows += [(_("À part"), it.words, few if it.hidden else it.value) for it in figure.beside]
    rows += [
        (_("Depuis le début de la période"), label, "" if value is None else value)
        for label, value in detail.months
    ]
    for title, cells in (
        (_("Par instance"), detail.by_body),
        (_("Par quartier"), detail.by_quartier),
    ):
        rows += [(title, cell.label, _("caché") if cell.hidden else cell.value) for cell in cells]
    return [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: object) -> object:
    return "" if value is None else decimal(value) if isinstance(value, float) else value
