"""The figures of the yearly survey: what is counted, and what is typed in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.administration import senacs_queries, senacs_services
from app.administration.blueprint import bp
from app.administration.senacs_forms import SurveyForm, survey_form
from app.core.clock import today
from app.core.csv import csv_file
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import allowed
from app.core.xlsx import table_book, xlsx_file
from app.indicators.periods import FIRST_YEAR, LAST_YEAR
from app.indicators.policies import can_set_target

YEARS_OFFERED = 4
WIDTHS = (24, 26, 60, 14, 14, 60, 40)


@bp.get("/senacs")
@allowed(can_set_target)
def senacs() -> ResponseReturnValue:
    year = _year(request.args.get("annee", str(today().year - 1)))
    found = senacs_queries.answers(year)
    return _page(year, found, survey_form(found, filled=True))


@bp.post("/senacs/<int:year>")
@allowed(can_set_target)
@limiter.limit("60 per hour", key_func=by_person)
def save_senacs(year: int) -> ResponseReturnValue:
    found = senacs_queries.answers(_year(str(year)))
    form = survey_form(found)
    form.attempt(lambda: senacs_services.save_answers(current_user, year, form.typed))
    if form.refused:
        return _page(year, found, form)
    flash(_("Vos réponses sont enregistrées."))
    return redirect(url_for(".senacs", annee=year))


@bp.get("/senacs.csv")
@allowed(can_set_target)
def senacs_csv() -> ResponseReturnValue:
    year = _year(request.args.get("annee", ""))
    return csv_file(f"senacs-{year}.csv", senacs_queries.rows(year))


@bp.get("/senacs.xlsx")
@allowed(can_set_target)
def senacs_xlsx() -> ResponseReturnValue:
    year = _year(request.args.get("annee", ""))
    book = table_book(f"SENACS {year}", WIDTHS, senacs_queries.rows(year))
    return xlsx_file(f"senacs-{year}.xlsx", book.save)


def _year(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) == 4
    if not known or not FIRST_YEAR <= int(text) < LAST_YEAR:
        abort(404)
    return int(text)


def _page(year: int, found: senacs_queries.Answers, form: SurveyForm) -> ResponseReturnValue:
    to_fill = sum(it.value is None for _title, rows in found for it in rows)
    page = render_template(
        "administration/senacs.html",
        year=year,
        years=[(str(today().year - n), str(today().year - n)) for n in range(YEARS_OFFERED)],
        sections=found,
        to_fill=to_fill,
        form=form,
    )
    return page, form.status
