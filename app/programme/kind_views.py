"""The direction's list of kinds."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectField, StringField

from app.centre.policies import can_change_settings
from app.core.db import db
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.policies import allowed
from app.programme import kind_queries, kind_services
from app.programme.blueprint import bp
from app.programme.kinds import KINDS
from app.programme.models import ActionKind


class RenameForm(Form):
    label = StringField(_l("Nom"), validators=[required(), at_most(60)])


class KindForm(RenameForm):
    counts_as = SelectField(_l("Compte comme"), choices=options(KINDS.items()), default="activite")


@bp.route("/programme/types", methods=["GET", "POST"])
@allowed(can_change_settings)
def kinds() -> ResponseReturnValue:
    form = KindForm()
    if form.validate_on_submit():
        label, counts_as = str(form.label.data), str(form.counts_as.data)
        form.attempt(lambda: kind_services.add_kind(current_user, label, counts_as))
        if not form.refused:
            flash(_("Le type est ajouté."), "success")
            return redirect(url_for(".kinds"))
    page = render_template("programme/kinds.html", form=form, kinds=kind_queries.lines())
    return page, form.status


@bp.route("/programme/types/<kind_code>", methods=["GET", "POST"])
@allowed(can_change_settings)
def kind(kind_code: str) -> ResponseReturnValue:
    row = db.get_or_404(ActionKind, kind_code)
    form = RenameForm(label=row.label)
    if form.validate_on_submit():
        form.attempt(lambda: kind_services.rename_kind(current_user, row, str(form.label.data)))
        if not form.refused:
            flash(_("C’est enregistré."), "success")
            return redirect(url_for(".kinds"))
    words = str(KINDS[row.counts_as])
    return render_template("programme/kind.html", form=form, kind=row, words=words), form.status


@bp.post("/programme/types/<kind_code>/retrait")
@allowed(can_change_settings)
def archive_kind(kind_code: str) -> ResponseReturnValue:
    row = db.get_or_404(ActionKind, kind_code)
    kind_services.archive_kind(current_user, row, away=True)
    flash(_("Ce type n’est plus proposé. Vous pouvez le remettre."), "success")
    return redirect(url_for(".kinds"))


@bp.post("/programme/types/<kind_code>/retour")
@allowed(can_change_settings)
def restore_kind(kind_code: str) -> ResponseReturnValue:
    row = db.get_or_404(ActionKind, kind_code)
    kind_services.archive_kind(current_user, row, away=False)
    flash(_("Ce type est de nouveau proposé."), "success")
    return redirect(url_for(".kinds"))
