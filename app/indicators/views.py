"""The projet social as a living matrix, and a page for each of its figures."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.csv import csv_file
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public
from app.indicators import exports, queries, services
from app.indicators.details import detail, entries
from app.indicators.forms import PeriodForm, TargetForm
from app.indicators.matrix import AXES, INDICATORS, OBJECTIVE_OF
from app.indicators.nightly import last_check
from app.indicators.policies import can_see_entries, can_set_target
from app.indicators.wording import CHANNELS, STANDINGS, act_name, confidence

bp = Blueprint("indicators", __name__)


@bp.context_processor
def _rules() -> dict[str, int]:
    return {"threshold": queries.threshold()}


def _is_public() -> bool:
    return not (current_user.is_authenticated and can_see_entries(current_user))


def _known(code: str) -> str:
    if code not in INDICATORS:
        abort(404)
    return code


@bp.get("/projet-social")
@public
def projet_social() -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = queries.figures(form.period, public=_is_public())
    by_code = {figure.code: figure for figure in found}
    page = render_template(
        "indicators/projet_social.html", form=form, period=form.period, axes=AXES, figures=by_code
    )
    return page, form.status


@bp.get("/indicateurs")
@public
def index() -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = queries.figures(form.period, public=_is_public())
    page = render_template(
        "indicators/index.html",
        form=form,
        period=form.period,
        axes=AXES,
        figures={figure.code: figure for figure in found},
        check=last_check(),
    )
    return page, form.status


@bp.get("/indicateurs/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    return _page(_known(code), form, TargetForm(formdata=None))


@bp.get("/indicateurs/<code>.csv")
@public
def download(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    if form.errors:
        return _page(_known(code), form, TargetForm(formdata=None))
    found = detail(_known(code), form.period, public=_is_public())
    return csv_file(f"indicateur-{code}.csv", exports.detail_rows(found))


@bp.get("/indicateurs/<code>/actes")
@allowed(can_see_entries)
def acts(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = entries(_known(code), form.period, page_number())
    page = render_template(
        "indicators/acts.html",
        form=form,
        period=form.period,
        indicator=INDICATORS[code],
        entries=found,
        act_name=act_name,
        channels=CHANNELS,
        standings=STANDINGS,
    )
    return page, form.status


@bp.post("/indicateurs/<code>/objectif")
@allowed(can_set_target)
def set_target(code: str) -> ResponseReturnValue:
    form = TargetForm()
    year, value = form.year, form.valeur.data
    if form.validate_on_submit():
        form.attempt(lambda: services.set_target(current_user, _known(code), year, value))
        if not form.refused:
            flash(_("L’objectif est enregistré."))
            return redirect(url_for(".show", code=code, periode=f"annee-{year}"))
    return _page(_known(code), PeriodForm.asked(), form)


def _page(code: str, form: PeriodForm, target_form: TargetForm) -> ResponseReturnValue:
    found = detail(code, form.period, public=_is_public())
    may_set = current_user.is_authenticated and can_set_target(current_user)
    if target_form.annee.data is None:
        target_form.annee.data = str(form.period.year or "")
        target_form.valeur.data = found.figure.target
    page = render_template(
        "indicators/show.html",
        form=form,
        detail=found,
        figure=found.figure,
        period=form.period,
        objective=OBJECTIVE_OF[code],
        confidence=confidence(found.figure.definition),
        target_form=target_form if may_set and form.period.year else None,
        sees_entries=not _is_public(),
    )
    return page, max(form.status, target_form.status)
