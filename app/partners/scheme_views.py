"""The veille: social schemes, for anyone to read and the team to keep."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public
from app.partners import follow_queries
from app.partners import schemes as services
from app.partners.blueprint import bp, keeps_partners
from app.partners.forms import SchemeForm, filled_scheme
from app.partners.models import Scheme
from app.partners.policies import can_keep_partners


@bp.get("/dispositifs")
@public
def schemes() -> ResponseReturnValue:
    words, team = request.args.get("q", "").strip()[:200], keeps_partners()
    asked = request.args.get("voir", "")
    archived = team and asked == "ranges"
    over = asked == "finis"
    page = follow_queries.schemes(page_number(), words=words, over=over, archived=archived)
    shown = "ranges" if archived else "finis" if over else ""
    return render_template("partners/schemes.html", page=page, words=words, team=team, shown=shown)


@bp.get("/dispositifs/<int:scheme_id>")
@public
def scheme(scheme_id: int) -> ResponseReturnValue:
    page, team = follow_queries.scheme_page(scheme_id), keeps_partners()
    if page is None or (page.archived_on is not None and not team):
        abort(404)
    return render_template("partners/scheme.html", scheme=page, team=team)


@bp.route("/dispositifs/nouveau", methods=["GET", "POST"])
@allowed(can_keep_partners)
def new_scheme() -> ResponseReturnValue:
    form = SchemeForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: services.save_scheme(current_user, form.details()))
        if made is not None:
            flash(_("La page est en ligne."), "success")
            return redirect(made.path)
    return render_template("partners/scheme_form.html", form=form, scheme_id=None), form.status


@bp.route("/dispositifs/<int:scheme_id>/modifier", methods=["GET", "POST"])
@allowed(can_keep_partners)
def edit_scheme(scheme_id: int) -> ResponseReturnValue:
    row = db.get_or_404(Scheme, scheme_id)
    form = SchemeForm(data=filled_scheme(row))
    if form.validate_on_submit():
        form.attempt(lambda: services.save_scheme(current_user, form.details(), row))
        if not form.refused:
            flash(_("La page est enregistrée, et vérifiée d’aujourd’hui."), "success")
            return redirect(url_for(".scheme", scheme_id=scheme_id))
    return render_template("partners/scheme_form.html", form=form, scheme_id=scheme_id), form.status


@bp.post("/dispositifs/<int:scheme_id>/verifier")
@allowed(can_keep_partners)
def check_scheme(scheme_id: int) -> ResponseReturnValue:
    services.check_scheme(current_user, db.get_or_404(Scheme, scheme_id))
    flash(_("C’est noté : vérifié aujourd’hui."), "success")
    return redirect(url_for(".scheme", scheme_id=scheme_id))


@bp.post("/dispositifs/<int:scheme_id>/ranger")
@allowed(can_keep_partners)
def archive_scheme(scheme_id: int) -> ResponseReturnValue:
    services.archive_scheme(current_user, db.get_or_404(Scheme, scheme_id), archived=True)
    flash(_("La page est rangée. Vous pouvez la remettre."))
    return redirect(url_for(".scheme", scheme_id=scheme_id))


@bp.post("/dispositifs/<int:scheme_id>/remettre")
@allowed(can_keep_partners)
def restore_scheme(scheme_id: int) -> ResponseReturnValue:
    services.archive_scheme(current_user, db.get_or_404(Scheme, scheme_id), archived=False)
    flash(_("La page est de nouveau en ligne."), "success")
    return redirect(url_for(".scheme", scheme_id=scheme_id))
