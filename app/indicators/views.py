"""The projet social as a living matrix, and a page for each of its figures."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.clock import today
from app.core.csv import csv_file
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public
from app.indicators import exports, linking, queries, services, yearly
from app.indicators.details import detail, entries
from app.indicators.forms import PeriodForm, TargetForm
from app.indicators.matrix import AXES, INDICATORS, OBJECTIVE_OF
from app.indicators.nightly import last_check
from app.indicators.periods import Period
from app.indicators.policies import can_link, can_see_entries, can_set_target
from app.indicators.wording import CHANNELS, KINDS_OF_THINGS, STANDINGS, act_name, confidence

bp = Blueprint("indicators", __name__)


@bp.context_processor
def _rules() -> dict[str, Any]:
    return {"threshold": queries.threshold(), "KINDS_OF_THINGS": KINDS_OF_THINGS}


def is_public() -> bool:
    """Whether whoever reads sees only what everyone may."""
    return not (current_user.is_authenticated and can_see_entries(current_user))


def known(code: str) -> str:
    """The code of an indicator, or a 404."""
    if code not in INDICATORS:
        abort(404)
    return code


@bp.get("/projet-social")
@public
def projet_social() -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = queries.figures(form.period, public=is_public())
    by_code = {figure.code: figure for figure in found}
    page = render_template(
        "indicators/projet_social.html",
        form=form,
        period=form.period,
        axes=AXES,
        figures=by_code,
        serving=linking.serving(),
        links_aims=current_user.is_authenticated and can_link(current_user),
    )
    return page, form.status


@bp.get("/indicateurs")
@public
def index() -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = queries.figures(form.period, public=is_public())
    page = render_template(
        "indicators/index.html",
        form=form,
        period=form.period,
        axes=AXES,
        figures={figure.code: figure for figure in found},
        check=last_check(),
        published_on=yearly.published_on(form.period.year),
        publishes=_may_publish(form.period),
    )
    return page, form.status


@bp.get("/indicateurs/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    return _page(known(code), form, TargetForm(formdata=None))


@bp.get("/indicateurs/<code>.csv")
@public
def download(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    if form.errors:
        return _page(known(code), form, TargetForm(formdata=None))
    found = detail(known(code), form.period, public=is_public())
    return csv_file(f"indicateur-{code}.csv", exports.detail_rows(found))


@bp.get("/indicateurs/<code>/actes")
@allowed(can_see_entries)
def acts(code: str) -> ResponseReturnValue:
    form = PeriodForm.asked()
    found = entries(known(code), form.period, page_number())
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
        why = form.raison.data or ""
        form.attempt(lambda: services.set_target(current_user, known(code), year, value, why))
        if not form.refused:
            flash(_("L’objectif est enregistré."))
            return redirect(url_for(".show", code=code, periode=f"annee-{year}"))
    return _page(known(code), PeriodForm.asked(), form)


def _may_publish(period: Period) -> bool:
    """Whoever sets targets, once the year is over."""
    over = period.year is not None and period.year < today().year
    return over and current_user.is_authenticated and can_set_target(current_user)


def _page(code: str, form: PeriodForm, target_form: TargetForm) -> ResponseReturnValue:
    found = detail(code, form.period, public=is_public())
    aim, published = yearly.aim_and_published(code, form.period)
    may_set = published is None and current_user.is_authenticated and can_set_target(current_user)
    if target_form.annee.data is None:
        target_form.annee.data = str(form.period.year or "")
        target_form.valeur.data = aim.value if aim else None
        target_form.raison.data = aim.reason if aim else ""
    page = render_template(
        "indicators/show.html",
        form=form,
        detail=found,
        figure=found.figure,
        period=form.period,
        objective=OBJECTIVE_OF[code],
        aim=aim,
        published=published,
        confidence=confidence(found.figure.definition),
        target_form=target_form if may_set and form.period.year else None,
        sees_entries=not is_public(),
    )
    return page, max(form.status, target_form.status)
