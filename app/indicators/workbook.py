"""The figures of a period as a workbook: one sheet for all, one for each, with its lines."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from app.centre.settings import rule
from app.core.hours import decimal
from app.core.i18n import _
from app.core.typography import date_fr, number_fr, time_fr
from app.core.xlsx import Book, Sheet
from app.indicators import report_entries
from app.indicators.breakdowns import breakdowns
from app.indicators.definitions import BY_CODE
from app.indicators.details import Detail, detail
from app.indicators.matrix import INDICATORS, OBJECTIVE_OF
from app.indicators.measures import as_measured
from app.indicators.periods import Period
from app.indicators.privacy import Cell
from app.indicators.queries import Figure, figures, threshold
from app.indicators.wording import confidence
from app.indicators.yearly import given_out

MOST_LINES = 100_000
"""Lines above which a workbook is made from the command line, not while someone waits."""

SUMMARY_WIDTHS = (9, 60, 12, 22, 44, 12, 14, 16, 44, 50)
SHARE_WIDTHS = (9, 60, 22, 34, 12)
PUBLISHED_WIDTHS = (9, 60, 10, 20, 18, 18, 12)
SHEET_WIDTHS = (26, 44, 22, 14, 8, 16, 16, 12, 10, 10, 12)


def write_workbook(file: IO[bytes], period: Period, *, public: bool) -> None:
    """Write it to a file, in memory that does not grow with the number of lines.

    Args:
        public: small numbers of people hidden, and no line of the register.
    """
    book = Book()
    _summary(book.sheet(_("Les 27 indicateurs"), SUMMARY_WIDTHS), period, public=public)
    _shared_out(book.sheet(_("Répartitions"), SHARE_WIDTHS), period, public=public)
    _published(book.sheet(_("Valeurs publiées"), PUBLISHED_WIDTHS), period, public=public)
    for figure in figures(period, public=public):
        sheet = book.sheet(figure.code, SHEET_WIDTHS)
        _indicator(sheet, detail(figure.code, period, public=public))
        if not public:
            _lines(sheet, figure, period)
    book.save(file)


def summary_head(period: Period) -> tuple[str, ...]:
    """The names of the columns of `summary_rows`."""
    before = period.previous.label if not period.is_running else _("même date, période d’avant")
    return (
        _("Code"),
        _("Indicateur"),
        period.label[:1].upper() + period.label[1:],
        _("Unité"),
        _("À côté"),
        _("Cible"),
        _("Avant : %(period)s", period=before),
        _("Écart avec avant"),
        _("Fiabilité"),
        _("Objectif général"),
    )


def summary_rows(found: Sequence[Figure]) -> list[tuple[object, ...]]:
    """The 27 indicators, a line each; numbers of people too small for the public in words."""
    return [
        (
            figure.code,
            figure.indicator.title,
            few() if figure.hidden else _plain(figure.value),
            figure.words,
            _beside(figure),
            _plain(figure.target),
            few() if figure.before is None else _plain(figure.before),
            _plain(figure.change),
            confidence(figure.definition),
            f"{OBJECTIVE_OF[figure.code].code} {OBJECTIVE_OF[figure.code].title}",
        )
        for figure in found
    ]


def _plain(number: float | None) -> float | None:
    return None if number is None else decimal(number)


def few() -> str:
    """What stands for a number too small to be shown."""
    return _("moins de %(number)d", number=threshold())


def _beside(figure: Figure) -> str:
    shown = (
        f"{few() if other.hidden else number_fr(decimal(other.value or 0))} {other.words}"
        for other in figure.beside
    )
    return " ; ".join(shown)


def _summary(sheet: Sheet, period: Period, *, public: bool) -> None:
    sheet.title(_("%(centre)s : nos chiffres", centre=rule("centre_name")))
    sheet.row((_period_words(period),))
    if public:
        sheet.row((_("Un nombre de personnes plus petit que %(n)d est caché.", n=threshold()),))
    else:
        sheet.row((_("Pour l’équipe : les petits nombres ne sont pas cachés."),))
    sheet.blank()
    sheet.head(summary_head(period))
    for row in summary_rows(figures(period, public=public)):
        sheet.row(row)


def _shared_out(sheet: Sheet, period: Period, *, public: bool) -> None:
    """Each way a figure is shared out; to the public, only where people are counted."""
    sheet.title(_("Répartitions"))
    sheet.row((_period_words(period),))
    sheet.row((_shares_note(public=public),))
    sheet.blank()
    sheet.head((_("Code"), _("Indicateur"), _("Répartition"), _("Ligne"), _("Nombre")))
    for code, indicator in INDICATORS.items():
        if public and not BY_CODE[code].is_people:
            continue
        for one in breakdowns(code, period, public=public):
            for cell in one.cells:
                value = _("caché") if cell.hidden else _plain(cell.value)
                sheet.row((code, indicator.title, one.title, cell.label, value))


def _shares_note(*, public: bool) -> str:
    said = _("L’âge, le sexe et la façon de venir sont ceux du jour de l’acte.")
    if not public:
        return said
    hidden = _(
        "«\u00a0Caché\u00a0»\u00a0: moins de %(n)d personnes, ou un nombre qui permettrait de les "
        "retrouver.",
        n=threshold(),
    )
    return f"{said} {hidden}"


def _published(sheet: Sheet, period: Period, *, public: bool) -> None:
    """What was given out for the years the period touches, beside what is counted now."""
    sheet.title(_("Valeurs publiées"))
    sheet.row((_("Un chiffre publié ne change plus. Une correction faite depuis se lit à côté."),))
    sheet.blank()
    found = given_out(period, public=public)
    if not found:
        sheet.row((_("Aucune année de cette période n’est publiée."),))
        return
    sheet.head(
        (
            _("Code"),
            _("Indicateur"),
            _("Année"),
            _("Publié le"),
            _("Valeur publiée"),
            _("Valeur d’aujourd’hui"),
            _("Écart"),
        )
    )
    for one in found:
        about = (one.code, INDICATORS[one.code].title, one.year, one.on)
        if one.value is None or one.now is None:
            sheet.row((*about, few(), _("caché"), ""))
        else:
            change = _plain(as_measured(BY_CODE[one.code].measure, one.now - one.value))
            sheet.row((*about, _plain(one.value), _plain(one.now), change))


def _indicator(sheet: Sheet, found: Detail) -> None:
    figure, definition = found.figure, found.figure.definition
    sheet.title(f"{figure.code} {figure.indicator.title}")
    value = few() if figure.hidden else number_fr(decimal(figure.value or 0))
    sheet.fact(found.period.label[:1].upper() + found.period.label[1:], f"{value} {figure.words}")
    for other in figure.beside:
        sheet.fact(
            _("À côté"),
            f"{few() if other.hidden else number_fr(decimal(other.value or 0))} {other.words}",
        )
    if figure.target is not None:
        sheet.fact(_("Cible"), number_fr(decimal(figure.target)))
    sheet.fact(_("Comment on compte"), definition.explanation)
    sheet.fact(_("Ce qui ne compte pas"), definition.excludes)
    sheet.fact(_("Source"), definition.source)
    sheet.fact(_("Fiabilité"), confidence(definition))
    sheet.fact(_("Calculé le"), _moment(found.computed_at))
    _months(sheet, found)
    _places(sheet, _("Par quartier"), found.by_quartier)
    _places(sheet, _("Par instance"), found.by_body)


def _months(sheet: Sheet, found: Detail) -> None:
    names = (
        [found.period.label, found.period.previous.label]
        if found.has_before
        else [found.period.label]
    )
    sheet.blank()
    sheet.head((_("Depuis le début, à la fin de"), *names))
    for place, (label, value) in enumerate(found.months):
        before = found.months_before[place : place + 1] if found.has_before else ()
        sheet.row((label, value, *before))


def _places(sheet: Sheet, title: str, cells: Sequence[Cell]) -> None:
    if not cells:
        return
    sheet.blank()
    sheet.head((title, _("Nombre")))
    for cell in cells:
        sheet.row((cell.label, _("caché") if cell.hidden else cell.value))


def _lines(sheet: Sheet, figure: Figure, period: Period) -> None:
    sheet.blank()
    sheet.title(_("Les lignes du registre derrière ce chiffre"))
    sheet.head(report_entries.head())
    for row in report_entries.behind(figure.definition, period):
        sheet.row(row)


def _period_words(period: Period) -> str:
    days = _("du %(first)s au %(last)s", first=date_fr(period.start), last=date_fr(period.end))
    return days if period.key == "dates" else f"{period.label} : {days}"


def _moment(at: datetime) -> str:
    return _("%(day)s à %(time)s", day=date_fr(at), time=time_fr(at))
