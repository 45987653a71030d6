"""Figures read further: shared out, over an agrément, along a path; and a year given out."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.clock import today
from app.core.forms import Form
from app.core.i18n import _
from app.core.policies import allowed, public
from app.indicators import breakdowns, paths, services, yearly
from app.indicators.forms import EvaluationForm, PeriodForm
from app.indicators.matrix import AXES, INDICATORS, OBJECTIVE_OF, OBJECTIVES
from app.indicators.periods import agrement
from app.indicators.policies import can_see_entries, can_set_target
from app.indicators.views import bp, is_public, known


@bp.get("/indicateurs/<code>/detail")
@public
def shared_out(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = breakdowns.breakdowns(known(code), form.period, public=is_public())
    page = render_template(
        "indicators/shared_out.html",
        form=form,
        period=form.period,
        indicator=INDICATORS[code],
        objective=OBJECTIVE_OF[code],
        breakdowns=found,
    )
    return page, form.status


@bp.get("/projet-social/parcours")
@public
def path_of_residents() -> ResponseReturnValue:
    return render_template("indicators/path.html", cohorts=paths.cohorts(), stages=paths.STAGES)


@bp.get("/projet-social/evaluation")
@public
def evaluation() -> ResponseReturnValue:
    years, found = yearly.side_by_side(public=is_public())
    return render_template(
        "indicators/evaluation.html",
        axes=AXES,
        period=agrement(),
        years=years,
        found=found,
        written=yearly.evaluations(),
        writes=not is_public(),
    )


@bp.route("/projet-social/evaluation/<objective>", methods=["GET", "POST"])
@allowed(can_see_entries)
def write_evaluation(objective: str) -> ResponseReturnValue:
    if objective not in OBJECTIVES:
        abort(404)
    kept = yearly.evaluations().get(objective)
    form = EvaluationForm(text=kept.text if kept else "", version=str(kept.version if kept else 0))
    if form.validate_on_submit():
        text, version = form.text.data or "", int(form.version.data or 0)
        form.attempt(lambda: services.write_evaluation(current_user, objective, text, version))
        if not form.refused:
            flash(_("L’analyse est enregistrée."), "success")
            return redirect(url_for(".evaluation", _anchor=f"objectif-{objective}"))
        form.version.data = str(kept.version if kept else 0)
    return render_template(
        "indicators/write_evaluation.html",
        form=form,
        objective=OBJECTIVES[objective],
        kept=kept,
        period=agrement(),
    ), form.status


@bp.route("/projet-social/annees/<int:year>/publier", methods=["GET", "POST"])
@allowed(can_set_target)
def publish_year(year: int) -> ResponseReturnValue:
    if not 2000 <= year < today().year:
        abort(404)
    form = Form()
    if form.validate_on_submit():
        form.attempt(lambda: services.publish_year(current_user, year))
        if not form.refused:
            flash(_("Les chiffres de %(year)s sont publiés.", year=year), "success")
            return redirect(url_for(".index", periode=f"annee-{year}"))
    return render_template(
        "indicators/publish_year.html", form=form, year=year, done=yearly.published_on(year)
    ), form.status
