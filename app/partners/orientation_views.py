"""The team counts orientations, and takes back what was counted by mistake."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.partners import orientations as services
from app.partners import queries
from app.partners.blueprint import bp
from app.partners.forms import OrientationForm, ReasonForm
from app.partners.models import Partner
from app.partners.policies import can_keep_partners
from app.partners.spans import span_of, spans


@bp.route("/partenaires/orientations", methods=["GET", "POST"])
@allowed(can_keep_partners)
def orientations() -> ResponseReturnValue:
    form = OrientationForm().offering(
        queries.partner_choices(), quartier_choices(), services.age_bands()
    )
    if form.validate_on_submit():
        partner = db.session.get(Partner, form.partner_id.data)
        form.attempt(lambda: services.orient(current_user, partner, form.orientation()))
        if not form.refused:
            flash(_("C’est compté, sans aucun nom."), "success")
            return redirect(url_for(".orientations"))
    span = span_of(request.args.get("periode", ""))
    return render_template(
        "partners/orientations.html",
        form=form,
        page=services.lines(page_number(), span.since, span.until),
        counts=services.counts(span.since, span.until),
        span=span,
        spans=spans(),
    ), form.status


@bp.route("/partenaires/orientations/<int:orientation_id>/annuler", methods=["GET", "POST"])
@allowed(can_keep_partners)
def undo_orientation(orientation_id: int) -> ResponseReturnValue:
    line = services.line(orientation_id)
    if line is None:
        abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        reason = str(form.reason.data)
        form.attempt(lambda: services.undo(current_user, orientation_id, reason))
        if not form.refused:
            flash(_("L’orientation est annulée."))
            return redirect(url_for(".orientations"))
    return render_template("partners/undo_orientation.html", form=form, line=line), form.status
