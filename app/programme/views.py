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
from app.programme import (
    action_queries,
    calendar_views,
    change_views,
    feed_views,
    kind_queries,
    kind_views,
    poster_views,
    queries,
    registration_views,
    series_views,
    services,
    sheet_views,
    volunteer_views,
)
from app.programme.blueprint import bp
from app.programme.calendar_filters import WHERE, asked
from app.programme.forms import ActionForm, SessionForm, filled
from app.programme.kinds import PUBLIC_WORDS
from app.programme.models import Action
from app.programme.policies import can_run_programme

__all__ = [
    "bp",
    "calendar_views",
    "change_views",
    "feed_views",
    "kind_views",
    "poster_views",
    "registration_views",
    "series_views",
    "sheet_views",
    "volunteer_views",
]


@bp.get("/programme")
@public
def index() -> ResponseReturnValue:
    wanted = asked()
    past = request.args.get("quand") == "passe"
    page = queries.sessions(page_number(), past=past, filters=wanted.filters)
    return render_template(
        "programme/index.html",
        page=page,
        days=queries.by_day(page.items),
        past=past,
        asked=wanted,
        publics=PUBLIC_WORDS,
        places=WHERE,
    )


@bp.get("/programme/<int:action_id>")
@public
def show(action_id: int) -> ResponseReturnValue:
    action = action_queries.action_page(action_id)
    if action is None:
        abort(404)
    reader = cast(Resident, current_user) if current_user.is_authenticated else None
    past = request.args.get("quand") == "passe"
    page = action_queries.sessions_of(action_id, page_number(), past=past, reader=reader)
    return render_template(
        "programme/show.html",
        action=action,
        page=page,
        past=past,
        runs=reader is not None and can_run_programme(reader),
        alone=reader is not None and not reader.has_children and action.awaits(reader),
    )


@bp.route("/programme/nouvelle", methods=["GET", "POST"])
@allowed(can_run_programme)
def new() -> ResponseReturnValue:
    form = ActionForm(quartier_id=0, renews_id=0).with_choices(
        quartier_choices(), kind_queries.choices(), action_queries.renewable(None)
    )
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
    form.with_choices(
        quartier_choices(keep=action.quartier_id),
        kind_queries.choices(keep=action.kind),
        action_queries.renewable(action_id),
    )
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
