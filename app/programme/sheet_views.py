"""Attendance sheets: sign, count, close, reopen."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed
from app.programme import attendance, tap_views
from app.programme import sheet_queries as queries
from app.programme.blueprint import bp
from app.programme.forms import CloseForm, ReasonForm, SignForm
from app.programme.models import Session
from app.programme.policies import can_run_programme
from app.programme.sheet_pages import say_of_age, sheet_page

__all__ = ["tap_views"]


@bp.get("/seances/<int:session_id>/presences")
@allowed(can_run_programme)
def sheet(session_id: int) -> ResponseReturnValue:
    return sheet_page(session_id, SignForm(formdata=None))


@bp.post("/seances/<int:session_id>/presences/ajouter")
@allowed(can_run_programme)
def sign(session_id: int) -> ResponseReturnValue:
    session, form = db.get_or_404(Session, session_id), SignForm()
    if form.validate_on_submit():
        resident, role = db.get_or_404(Resident, form.resident_id.data), str(form.role.data)
        form.attempt(lambda: attendance.sign(current_user, session, resident, role))
        if not form.refused:
            flash(_("%(name)s est sur la liste.", name=resident.full_name), "success")
            say_of_age(session, resident)
            return redirect(url_for(".sheet", session_id=session_id))
    return sheet_page(session_id, form)


@bp.post("/seances/<int:session_id>/presences/<int:resident_id>/retirer")
@allowed(can_run_programme)
def unsign(session_id: int, resident_id: int) -> ResponseReturnValue:
    attendance.unsign(current_user, db.get_or_404(Session, session_id), resident_id)
    flash(_("Le nom est retiré de la liste."))
    return redirect(url_for(".sheet", session_id=session_id))


@bp.route("/seances/<int:session_id>/clore", methods=["GET", "POST"])
@allowed(can_run_programme)
def close(session_id: int) -> ResponseReturnValue:
    session = db.get_or_404(Session, session_id)
    form = CloseForm(
        people=session.head_count,
        method=session.count_method,
        counted_by=session.counted_by,
        minutes=session.minutes,
    )
    if form.validate_on_submit():
        count, minutes, alone = form.count(), form.minutes.data, bool(form.alone.data)
        form.attempt(lambda: attendance.close(current_user, session, count, minutes, alone=alone))
        if not form.refused:
            flash(_("La séance est close. Merci !"), "success")
            return redirect(url_for(".sheet", session_id=session_id))
    page, names = queries.sheet_page(session_id), queries.signed(session_id)
    return render_template("programme/close.html", form=form, session=page, names=names), (
        form.status
    )


@bp.route("/seances/<int:session_id>/rouvrir", methods=["GET", "POST"])
@allowed(can_run_programme)
def reopen(session_id: int) -> ResponseReturnValue:
    session, form = db.get_or_404(Session, session_id), ReasonForm()
    if form.validate_on_submit():
        reason = str(form.reason.data)
        form.attempt(lambda: attendance.reopen(current_user, session, reason))
        if not form.refused:
            flash(_("La séance est rouverte. N’oubliez pas de la clore à nouveau."), "warning")
            return redirect(url_for(".sheet", session_id=session_id))
    return render_template(
        "programme/reopen.html", form=form, session=queries.sheet_page(session_id)
    ), form.status
