"""The team's conventions with partners."""

import io

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.partners import conventions as services
from app.partners import follow_queries
from app.partners.blueprint import bp
from app.partners.forms import ConventionForm, filled_convention
from app.partners.models import Convention
from app.partners.policies import can_keep_partners
from app.partners.team_views import found_partner


@bp.get("/partenaires/conventions")
@allowed(can_keep_partners)
def conventions() -> ResponseReturnValue:
    over = request.args.get("toutes") == "oui"
    page = follow_queries.conventions(page_number(), over=over)
    return render_template("partners/conventions.html", page=page, over=over)


@bp.route("/partenaires/<slug>/conventions/nouvelle", methods=["GET", "POST"])
@allowed(can_keep_partners)
def new_convention(slug: str) -> ResponseReturnValue:
    partner, form = found_partner(slug), ConventionForm()
    if form.validate_on_submit():
        upload = form.file.data
        form.attempt(
            lambda: services.save_convention(current_user, partner, form.details(), upload)
        )
        if not form.refused:
            flash(_("La convention est enregistrée."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template(
        "partners/convention.html", form=form, partner=partner, convention=None
    ), form.status


@bp.route("/partenaires/conventions/<int:convention_id>", methods=["GET", "POST"])
@allowed(can_keep_partners)
def edit_convention(convention_id: int) -> ResponseReturnValue:
    convention = db.get_or_404(Convention, convention_id)
    partner, form = convention.partner, ConventionForm(data=filled_convention(convention))
    if form.validate_on_submit():
        given = (form.details(), form.file.data, convention)
        form.attempt(lambda: services.save_convention(current_user, partner, *given))
        if not form.refused:
            flash(_("La convention est enregistrée."), "success")
            return redirect(url_for(".conventions"))
    return render_template(
        "partners/convention.html", form=form, partner=partner, convention=convention
    ), form.status


@bp.route("/partenaires/conventions/<int:convention_id>/reconduire", methods=["GET", "POST"])
@allowed(can_keep_partners)
def renew_convention(convention_id: int) -> ResponseReturnValue:
    convention = db.get_or_404(Convention, convention_id)
    if request.method == "POST":
        new = services.renew(current_user, convention)
        flash(_("La convention qui suit est prête : complétez-la, une fois signée."), "success")
        return redirect(url_for(".edit_convention", convention_id=new.id))
    days = services.following(convention.starts_on, convention.ends_on)
    return render_template("partners/renew.html", convention=convention, days=days)


@bp.post("/partenaires/conventions/<int:convention_id>/defaire")
@allowed(can_keep_partners)
def drop_renewal(convention_id: int) -> ResponseReturnValue:
    services.drop_renewal(current_user, db.get_or_404(Convention, convention_id))
    flash(_("La reconduction est défaite."))
    return redirect(url_for(".conventions"))


@bp.get("/partenaires/conventions/<int:convention_id>/document")
@allowed(can_keep_partners)
def convention_file(convention_id: int) -> Response:
    stored = db.get_or_404(Convention, convention_id).file
    if stored is None:
        abort(404)
    return send_file(
        io.BytesIO(stored.content),
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=stored.name,
    )
