"""A date called off or moved, alone or with those that follow."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.i18n import _, _n
from app.core.policies import allowed
from app.programme import changes, registration_queries
from app.programme.blueprint import bp
from app.programme.forms import CancelForm, MoveForm
from app.programme.models import Session
from app.programme.policies import can_run_programme
from app.programme.sheet_queries import sheet_page


@bp.route("/seances/<int:session_id>/annuler", methods=["GET", "POST"])
@allowed(can_run_programme)
def cancel(session_id: int) -> ResponseReturnValue:
    session, form = db.get_or_404(Session, session_id), CancelForm()
    if form.validate_on_submit():
        reason, rest = str(form.reason.data), bool(form.rest.data)
        act = changes.cancel_rest if rest else changes.cancel_session
        form.attempt(lambda: act(current_user, session, reason))
        if not form.refused:
            flash(_("C’est annulé. Les personnes inscrites sont prévenues."), "success")
            return redirect(url_for(".show", action_id=session.action_id))
    return _page("programme/cancel.html", session_id, form), form.status


@bp.route("/seances/<int:session_id>/deplacer", methods=["GET", "POST"])
@allowed(can_run_programme)
def move(session_id: int) -> ResponseReturnValue:
    session = db.get_or_404(Session, session_id)
    form = MoveForm(starts_at=session.starts_at, ends_at=session.ends_at)
    if form.validate_on_submit():
        act = changes.move_rest if form.rest.data else changes.move_session
        many = form.attempt(lambda: act(current_user, session, *form.times()))
        if not form.refused:
            said = _n("C’est changé.", "%(num)d dates sont changées.", many or 1)
            flash(said + " " + _("Les personnes inscrites sont prévenues."), "success")
            return redirect(url_for(".show", action_id=session.action_id))
    return _page("programme/move.html", session_id, form), form.status


def _page(template: str, session_id: int, form: CancelForm | MoveForm) -> str:
    page = sheet_page(session_id)
    if page is None:
        abort(404)
    many = registration_queries.count_concerned(session_id)
    return render_template(template, form=form, session=page, concerned=many)
