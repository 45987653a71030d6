"""The figures to carry away: workbook, tables, and the page that says what is in them."""

from typing import IO

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.csv import csv_file
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import allowed, public
from app.core.typography import number_fr
from app.core.xlsx import xlsx_file
from app.indicators import report_entries, workbook
from app.indicators.forms import PeriodForm
from app.indicators.periods import Period
from app.indicators.policies import can_see_entries, can_set_target
from app.indicators.queries import figures
from app.indicators.views import bp

FILES_AN_HOUR = "30 per hour"


@bp.context_processor
def _carries_away() -> dict[str, bool]:
    return {"takes_reports": current_user.is_authenticated and can_see_entries(current_user)}


@bp.get("/indicateurs/rapports")
@allowed(can_see_entries)
def reports() -> ResponseReturnValue:
    form = PeriodForm.asked()
    lines = report_entries.volume(form.period)
    page = render_template(
        "indicators/reports.html",
        form=form,
        period=form.period,
        lines=lines,
        most=workbook.MOST_LINES,
        directs=can_set_target(current_user),
    )
    return page, form.status


@bp.get("/indicateurs/classeur.xlsx")
@allowed(can_see_entries)
@limiter.limit(FILES_AN_HOUR, key_func=by_person)
def team_workbook() -> ResponseReturnValue:
    period = _asked()
    if report_entries.volume(period) > workbook.MOST_LINES:
        most = number_fr(workbook.MOST_LINES)
        raise Invalid(
            _("Plus de %(most)s lignes : choisissez une période plus courte, ou le CSV.", most=most)
        )

    def fill(file: IO[bytes]) -> None:
        workbook.write_workbook(file, period, public=False)

    return xlsx_file(f"indicateurs-{_name(period)}-equipe.xlsx", fill)


@bp.get("/indicateurs/chiffres.xlsx")
@public
@limiter.limit(FILES_AN_HOUR, key_func=by_person)
def public_workbook() -> ResponseReturnValue:
    period = _asked()

    def fill(file: IO[bytes]) -> None:
        workbook.write_workbook(file, period, public=True)

    return xlsx_file(f"indicateurs-{_name(period)}.xlsx", fill)


@bp.get("/indicateurs/chiffres.csv")
@public
@limiter.limit(FILES_AN_HOUR, key_func=by_person)
def figures_csv() -> ResponseReturnValue:
    period = _asked()
    found = figures(period, public=not _carries_away()["takes_reports"])
    rows = [workbook.summary_head(period), *workbook.summary_rows(found)]
    return csv_file(f"indicateurs-{_name(period)}.csv", rows)


@bp.get("/indicateurs/registre.csv")
@allowed(can_see_entries)
@limiter.limit(FILES_AN_HOUR, key_func=by_person)
def register_csv() -> ResponseReturnValue:
    period = _asked()
    return csv_file(f"registre-{_name(period)}.csv", report_entries.register(period))


def _asked() -> Period:
    """The period of the address.

    Raises:
        Invalid: no such period; the page of reports lets one choose.
    """
    form = PeriodForm.asked()
    if form.errors:
        said = next(iter(form.errors.values()))
        raise Invalid(str(said[0]))
    return form.period


def _name(period: Period) -> str:
    return period.key if period.key != "dates" else f"{period.start}-{period.end}"
