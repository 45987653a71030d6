"""Hands wanted, offered and taken back."""

from typing import cast

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange

from app.core.db import db
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.limits import by_person, limiter
from app.core.policies import allowed, signed_in
from app.programme import action_queries, volunteer_queries, volunteer_services
from app.programme.blueprint import bp
from app.programme.models import Action, Session
from app.programme.policies import can_run_programme
from app.programme.registration_models import VolunteerNeed, VolunteerSignup
from app.programme.volunteer_services import MOST_HANDS


class NeedForm(Form):
    label = StringField(_l("Quelle aide ?"), validators=[required(), at_most(80)])
    wanted = IntegerField(
        _l("Combien de personnes ?"),
        validators=[
            required(),
            NumberRange(1, MOST_HANDS, _l("Un nombre entre %(min)s et %(max)s.")),
        ],
    )
    session_id = SelectField(_l("À quelle date ?"), coerce=int, choices=[])


@bp.route("/programme/<int:action_id>/benevoles", methods=["GET", "POST"])
@allowed(can_run_programme)
def needs(action_id: int) -> ResponseReturnValue:
    action = db.get_or_404(Action, action_id)
    form = NeedForm()
    dates = volunteer_queries.dates_to_come(action_id)
    form.session_id.choices = options([(0, _l("À chaque date")), *dates])
    if form.validate_on_submit():
        label, wanted = str(form.label.data), cast(int, form.wanted.data)
        chosen = db.session.get(Session, form.session_id.data or 0)
        form.attempt(
            lambda: volunteer_services.ask_for_hands(current_user, action, label, wanted, chosen)
        )
        if not form.refused:
            flash(_("La demande d’aide est sur la page de l’action."), "success")
            return redirect(url_for(".needs", action_id=action_id))
    lines = volunteer_queries.needs_of(action_id)
    page = action_queries.action_page(action_id)
    return render_template("programme/needs.html", form=form, action=page, needs=lines), form.status


@bp.post("/programme/<int:action_id>/benevoles/<int:need_id>/retirer")
@allowed(can_run_programme)
def drop_need(action_id: int, need_id: int) -> ResponseReturnValue:
    need = db.get_or_404(VolunteerNeed, need_id)
    if need.action_id != action_id:
        abort(404)
    volunteer_services.drop_need(current_user, need)
    flash(_("Cette aide n’est plus demandée."), "success")
    return redirect(url_for(".needs", action_id=action_id))


@bp.post("/seances/<int:session_id>/aide/<int:need_id>")
@limiter.limit("60 per hour", key_func=by_person)
@signed_in
def offer(session_id: int, need_id: int) -> ResponseReturnValue:
    session, need = db.get_or_404(Session, session_id), db.get_or_404(VolunteerNeed, need_id)
    volunteer_services.offer(current_user, need, session)
    flash(_("Merci ! L’équipe compte sur vous."), "success")
    return redirect(url_for(".show", action_id=session.action_id))


@bp.post("/seances/<int:session_id>/aide/<int:signup_id>/retirer")
@signed_in
def take_back(session_id: int, signup_id: int) -> ResponseReturnValue:
    signup = db.get_or_404(VolunteerSignup, signup_id)
    session = db.get_or_404(Session, session_id)
    if signup.session_id != session_id:
        abort(404)
    volunteer_services.take_back(current_user, signup)
    flash(_("C’est noté : cette aide est de nouveau à prendre."), "success")
    return redirect(url_for(".show", action_id=session.action_id))
