"""The figures as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from app.core.i18n import _
from app.core.typography import date_fr
from app.indicators.details import Detail
from app.indicators.queries import threshold

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The text, made unable to start a formula when a spreadsheet opens it."""
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """UTF-8 with its mark and semicolons: what French spreadsheets open without asking."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return Response(
        "\ufeff" + buffer.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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
    return [tuple("" if value is None else value for value in row) for row in rows]
