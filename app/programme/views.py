"""The programme, and what the team does with it."""

from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public
from app.programme import queries, services, sheet_views
from app.programme.blueprint import bp
from app.programme.forms import ActionForm, ReasonForm, SessionForm, filled
from app.programme.kinds import KINDS
from app.programme.models import Action, Session
from app.programme.policies import can_run_programme

__all__ = ["bp", "sheet_views"]


@bp.get("/programme")
@public
def index() -> ResponseReturnValue:
    quartiers = quartier_choices()
    kind = request.args.get("type", "")
    kind = kind if kind in KINDS else ""
    asked = request.args.get("quartier", "")
    quartier = asked if asked in {str(number) for number, _name in quartiers} else ""
    past = request.args.get("quand") == "passe"
    page = queries.sessions(page_number(), past=past, kind=kind, quartier_id=int(quartier or 0))
    return render_template(
        "programme/index.html",
        page=page,
        days=queries.by_day(page.items),
        past=past,
        chosen={"type": kind, "quartier": quartier},
        kinds=KINDS,
        quartiers=quartiers,
    )


@bp.get("/programme/<int:action_id>")
@public
def show(action_id: int) -> ResponseReturnValue:
    action = queries.action_page(action_id)
    if action is None:
        abort(404)
    runs = current_user.is_authenticated and can_run_programme(cast(Resident, current_user))
    page = queries.sessions_of(action_id, page_number())
    return render_template("programme/show.html", action=action, page=page, runs=runs)


@bp.route("/programme/nouvelle", methods=["GET", "POST"])
@allowed(can_run_programme)
def new() -> ResponseReturnValue:
    form = ActionForm(quartier_id=0).with_quartiers(quartier_choices())
    if form.validate_on_submit():
        made = form.attempt(lambda: services.create_action(current_user, form.details()))
        if made is not None:
            flash(_("L’action est créée. Ajoutez sa première séance."), "success")
            return redirect(url_for(".add_session", action_id=made.id))
    return render_template("programme/form.html", form=form, action=None), form.status


@bp.route("/programme/<int:action_id>/modifier", methods=["GET", "POST"])
@allowed(can_run_programme)
def edit(action_id: int) -> ResponseReturnValue:
    action = db.get_or_404(Action, action_id)
    form = ActionForm(data=filled(action))
    form.with_quartiers(quartier_choices(keep=action.quartier_id))
    if form.validate_on_submit():
        form.attempt(lambda: services.edit_action(current_user, action, form.details()))
        if not form.refused:
            flash(_("L’action est enregistrée."), "success")
            return redirect(url_for(".show", action_id=action_id))
    return render_template("programme/form.html", form=form, action=action), form.status


@bp.route("/programme/<int:action_id>/seances/nouvelle", methods=["GET", "POST"])
@allowed(can_run_programme)
def add_session(action_id: int) -> ResponseReturnValue:
    action, form = db.get_or_404(Action, action_id), SessionForm()
    if form.validate_on_submit():
        form.attempt(lambda: services.add_session(current_user, action, *form.times()))
        if not form.refused:
            flash(_("La séance est au programme. Vous pouvez en ajouter une autre."), "success")
            return redirect(url_for(".show", action_id=action_id))
    return render_template("programme/session_form.html", form=form, action=action), form.status


@bp.route("/seances/<int:session_id>/annuler", methods=["GET", "POST"])
@allowed(can_run_programme)
def cancel(session_id: int) -> ResponseReturnValue:
    session, form = db.get_or_404(Session, session_id), ReasonForm()
    if form.validate_on_submit():
        reason = str(form.reason.data)
        form.attempt(lambda: services.cancel_session(current_user, session, reason))
        if not form.refused:
            flash(_("La séance est annulée. Le programme le dit."), "success")
            return redirect(url_for(".show", action_id=session.action_id))
    return render_template(
        "programme/cancel.html", form=form, session=queries.sheet_page(session_id)
    ), form.status
