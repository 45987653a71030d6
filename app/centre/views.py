"""The centre's settings, for its direction."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre import queries, services
from app.centre.forms import CategoryForm, QuartierForm, RulesForm
from app.centre.policies import can_change_settings
from app.centre.settings import RULES, rules
from app.core.i18n import _
from app.core.policies import allowed

bp = Blueprint("centre", __name__, url_prefix="/reglages")


@bp.route("", methods=["GET", "POST"])
@allowed(can_change_settings)
def settings() -> ResponseReturnValue:
    form = RulesForm(data=rules())
    if form.validate_on_submit():
        form.attempt(lambda: services.change_rules(current_user, form.rules()))
        if not form.refused:
            flash(_("Les réglages sont enregistrés."))
            return redirect(url_for(".settings"))
    return render_template("centre/settings.html", form=form, keys=list(RULES)), form.status


@bp.route("/quartiers", methods=["GET", "POST"])
@allowed(can_change_settings)
def quartiers() -> ResponseReturnValue:
    form = QuartierForm()
    if form.validate_on_submit():
        name, is_qpv = str(form.name.data), bool(form.is_qpv.data)
        form.attempt(lambda: services.add_quartier(current_user, name, is_qpv=is_qpv))
        if not form.refused:
            flash(_("Le quartier est ajouté."))
            return redirect(url_for(".quartiers"))
    names = queries.quartiers()
    return render_template("centre/quartiers.html", form=form, quartiers=names), form.status


@bp.route("/categories", methods=["GET", "POST"])
@allowed(can_change_settings)
def categories() -> ResponseReturnValue:
    form = CategoryForm()
    if form.validate_on_submit():
        form.attempt(lambda: services.add_category(current_user, str(form.name.data)))
        if not form.refused:
            flash(_("La catégorie est ajoutée."))
            return redirect(url_for(".categories"))
    names = queries.category_choices()
    return render_template("centre/categories.html", form=form, categories=names), form.status
