"""A series: its rhythm, its dates looked at, then put on the programme; and school holidays."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.i18n import _, _n
from app.core.policies import allowed
from app.programme import action_queries, series_queries, series_services
from app.programme.blueprint import bp
from app.programme.models import Action
from app.programme.policies import can_run_programme
from app.programme.series_forms import HolidayForm, RhythmForm
from app.programme.series_models import SchoolHoliday
from app.programme.series_services import Planned


@bp.get("/programme/<int:action_id>/serie")
@allowed(can_run_programme)
def series(action_id: int) -> ResponseReturnValue:
    """The rhythm, or once it is told in the address, the dates it gives: « Back » returns there."""
    told = "frequency" in request.args
    form = RhythmForm(formdata=request.args if told else None)
    if not told or request.args.get("etape") == "rythme" or not form.validate():
        return _page(action_id, form)
    action = db.get_or_404(Action, action_id)
    return _page(
        action_id, form, form.attempt(lambda: series_services.preview(action, form.rhythm()))
    )


@bp.post("/programme/<int:action_id>/serie")
@allowed(can_run_programme)
def plan_series(action_id: int) -> ResponseReturnValue:
    action, form, dates = db.get_or_404(Action, action_id), RhythmForm(), None
    if form.validate_on_submit():
        if request.form.get("etape") == "ajouter":
            made = form.attempt(
                lambda: series_services.plan_series(current_user, action, form.rhythm(), _kept())
            )
            if made is not None:
                flash(_planned(made.id), "success")
                return redirect(url_for(".show", action_id=action_id))
        dates = form.attempt(lambda: series_services.preview(action, form.rhythm()))
        if not form.refused:
            return redirect(_address(action_id, form))
    return _page(action_id, form, dates)


@bp.route("/programme/vacances", methods=["GET", "POST"])
@allowed(can_run_programme)
def holidays() -> ResponseReturnValue:
    form = HolidayForm()
    if form.validate_on_submit():
        form.attempt(lambda: series_services.add_holiday(current_user, *form.period()))
        if not form.refused:
            flash(_("La période est notée. Les prochaines séries la sauteront."), "success")
            return redirect(url_for(".holidays"))
    rows = series_queries.holidays()
    return render_template("programme/holidays.html", form=form, holidays=rows), form.status


@bp.post("/programme/vacances/<int:holiday_id>/retirer")
@allowed(can_run_programme)
def remove_holiday(holiday_id: int) -> ResponseReturnValue:
    series_services.remove_holiday(current_user, db.get_or_404(SchoolHoliday, holiday_id))
    flash(_("La période est retirée. Les dates déjà au programme ne changent pas."))
    return redirect(url_for(".holidays"))


def _page(
    action_id: int, form: RhythmForm, dates: list[Planned] | None = None
) -> ResponseReturnValue:
    page = action_queries.action_page(action_id)
    if page is None:
        abort(404)
    shown = {
        "action": page,
        "form": form,
        "dates": dates,
        "kept": _kept() if request.method == "POST" else None,
        "back": _address(action_id, form, etape="rythme") if dates is not None else "",
    }
    template = "programme/series.html" if dates is None else "programme/series_preview.html"
    return render_template(template, **shown), form.status


def _address(action_id: int, form: RhythmForm, **more: Any) -> str:
    """The page of a rhythm, told in its address: it is no secret, and nothing is written."""
    typed = request.form or request.args
    told: dict[str, Any] = {name: typed.getlist(name) for name in form.data if name in typed}
    return url_for(".series", action_id=action_id, **told, **more)


def _kept() -> set[date]:
    """The days ticked on the preview; what is no day is left aside."""
    found = set()
    for typed in request.form.getlist("jour")[:400]:
        try:
            found.add(date.fromisoformat(typed))
        except ValueError:
            continue
    return found


def _planned(series_id: int) -> str:
    many = series_queries.count_dates(series_id)
    return _n("%(num)d date est au programme.", "%(num)d dates sont au programme.", many)
