"""The rules of the centre, section by section."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre import queries, services
from app.centre.age_bands import labels
from app.centre.blueprint import bp
from app.centre.forms import rules_form
from app.centre.policies import can_change_settings
from app.centre.rule_shape import SECTIONS
from app.centre.rule_table import RULES
from app.centre.settings import default, rules, versions
from app.centre.weighing import Weight, weight_of
from app.centre.wording import in_words
from app.core.i18n import _
from app.core.policies import allowed


@bp.get("")
@allowed(can_change_settings)
def settings() -> ResponseReturnValue:
    values = rules()
    said = {key: in_words(key, values[key]) for key in RULES}
    own = {key for key in RULES if said[key] != in_words(key, default(key))}
    return render_template(
        "centre/settings.html", sections=SECTIONS, rules=RULES.values(), said=said, own=own
    )


@bp.route("/regles/<section>", methods=["GET", "POST"])
@allowed(can_change_settings)
def section(section: str) -> ResponseReturnValue:
    if section not in SECTIONS:
        abort(404)
    values = rules()
    form = rules_form(section)(data=values)
    if form.validate_on_submit():
        weight = None if form.is_sure else weight_of(form.rules(), form.from_day)
        if weight is not None:
            return _are_you_sure(section, weight)
        changed = form.attempt(
            lambda: services.change_rules(current_user, form.rules(), form.from_day)
        )
        if changed is not None:
            if changed:
                flash(_("Les réglages sont enregistrés."), "success")
            else:
                flash(
                    _(
                        "Rien n’a changé : ces réglages valent déjà aujourd’hui. Pour changer le"
                        " jour d’un réglage, remettez d’abord ce qu’il disait avant."
                    )
                )
            return redirect(url_for(".section", section=section))
    return render_template(
        "centre/section.html",
        form=form,
        section=section,
        sections=SECTIONS,
        rules=RULES,
        defaults={key: in_words(key, default(key)) for key in form.keys},
        own={key for key in form.keys if in_words(key, values[key]) != in_words(key, default(key))},
        bands=labels(tuple(values["age_bands"])),
        changes=queries.rule_changes(),
        dated={key: said for key in form.keys if len(said := versions(key)) > 1},
        in_words=in_words,
    ), form.status


def _are_you_sure(section: str, weight: Weight) -> ResponseReturnValue:
    """What a rule would change of years gone by, and all that was typed, to send once more."""
    typed = {name: value for name, value in request.form.items() if name != "csrf_token"}
    return render_template(
        "centre/since_long_ago.html", section=section, weight=weight, typed={**typed, "sure": "oui"}
    )


@bp.post("/regles/<section>/<key>/defaut")
@allowed(can_change_settings)
def reset(section: str, key: str) -> ResponseReturnValue:
    if key not in RULES or RULES[key].section != section:
        abort(404)
    services.reset_rule(current_user, key)
    flash(_("« %(label)s » a repris sa valeur par défaut.", label=RULES[key].label), "success")
    return redirect(url_for(".section", section=section))
