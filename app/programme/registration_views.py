"""To register, to withdraw, and the team's list."""

from collections.abc import Mapping
from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import IntegerField
from wtforms.validators import NumberRange

from app.accounts.models import Resident
from app.accounts.policies import can_register_people
from app.core.db import db
from app.core.forms import Form, required
from app.core.i18n import _, _l, _n
from app.core.limits import by_person, limiter
from app.core.policies import allowed, signed_in
from app.programme import action_queries, registration_queries, registration_services, sheet_queries
from app.programme.blueprint import bp
from app.programme.models import Session
from app.programme.policies import can_run_programme
from app.programme.sheet_pages import say_of_age

FLOOD = "120 per hour"
BACK = ("toutes", "liste", "famille", "miennes")
"""What a button says besides whom: every date, and the page it was on."""


class SomeoneForm(Form):
    """Whom one registers."""

    resident_id = IntegerField(
        _l("Personne"), validators=[required(), NumberRange(1, 2**31 - 1, _l("Inconnu."))]
    )


@bp.get("/seances/<int:session_id>/inscription")
@signed_in
def registration(session_id: int) -> ResponseReturnValue:
    session = db.get_or_404(Session, session_id)
    reader = cast(Resident, current_user)
    page = action_queries.one_session(session_id, reader)
    if page is None or not session.action.takes_registrations:
        abort(404)
    return render_template(
        "programme/registration.html",
        action=action_queries.action_page(session.action_id),
        session=page,
        people=registration_queries.people_of(reader, session_id),
    )


@bp.post("/seances/<int:session_id>/inscription")
@limiter.limit(FLOOD, key_func=by_person)
@signed_in
def register(session_id: int) -> ResponseReturnValue:
    session, who = db.get_or_404(Session, session_id), _who()
    if request.form.get("toutes"):
        done = registration_services.register_everywhere(current_user, session.action, who)
        said = _n("%(num)d date inscrite.", "%(num)d dates inscrites.", done.placed)
        if done.waiting:
            said += " " + _n("Attente : %(num)d date.", "Attente : %(num)d dates.", done.waiting)
        flash(said, "success")
    elif registration_services.register(current_user, session, who).place is None:
        flash(_("C’est complet : %(name)s est sur la liste d’attente.", name=who.called), "warning")
    else:
        flash(_("C’est noté : une place est gardée pour %(name)s.", name=who.called), "success")
    say_of_age(session, who, tells_age=can_register_people(current_user))
    return _back(session)


@bp.post("/seances/<int:session_id>/desinscription")
@signed_in
def withdraw(session_id: int) -> ResponseReturnValue:
    session, who = db.get_or_404(Session, session_id), _who()
    # Before anything is looked up: where this leads must not tell who is on the list.
    registration_services.check_may(current_user, who)
    everywhere = bool(request.form.get("toutes"))
    asks = everywhere or registration_queries.loses_place(session, who)
    if asks and not request.form.get("sur"):
        kept: dict[str, Any] = {name: "1" for name in BACK if request.form.get(name)}
        return redirect(
            url_for(".sure_to_withdraw", session_id=session_id, resident_id=who.id, **kept)
        )
    if everywhere:
        registration_services.withdraw_everywhere(current_user, session.action, who)
    else:
        registration_services.withdraw(current_user, session, who)
    flash(_("C’est retiré : %(name)s n’est plus sur la liste.", name=who.called), "success")
    return _back(session)


@bp.get("/seances/<int:session_id>/desinscription/<int:resident_id>")
@signed_in
def sure_to_withdraw(session_id: int, resident_id: int) -> ResponseReturnValue:
    session, who = db.get_or_404(Session, session_id), db.get_or_404(Resident, resident_id)
    reader = cast(Resident, current_user)
    registration_services.check_may(reader, who)
    state = registration_queries.standing_of(session, who)
    if not state and not request.args.get("toutes"):
        return redirect(url_for(".show", action_id=session.action_id))
    return render_template(
        "programme/withdraw.html",
        session=session,
        who=who,
        state=state,
        is_me=who.id == reader.id,
        kept={name: "1" for name in BACK if request.args.get(name)},
        cancel_url=_origin(session, request.args),
    )


@bp.get("/seances/<int:session_id>/inscrits")
@allowed(can_run_programme)
def registered(session_id: int) -> ResponseReturnValue:
    page = sheet_queries.sheet_page(session_id)
    if page is None:
        abort(404)
    typed = request.args.get("q", "").replace("\x00", "").strip()[:200]
    people = registration_queries.registered(session_id)
    there = {one.resident_id for one in people}
    found = sheet_queries.residents_to_sign(session_id, typed)
    return render_template(
        "programme/registered.html",
        session=page,
        action=action_queries.action_page(page.action_id),
        people=people,
        helpers=registration_queries.helpers(session_id),
        found=[one for one in found if one.resident_id not in there],
        typed=typed,
    )


@bp.get("/mes-inscriptions")
@signed_in
def mine() -> ResponseReturnValue:
    reader = cast(Resident, current_user)
    return render_template("programme/mine.html", dates=registration_queries.coming(reader))


def _who() -> Resident:
    form = SomeoneForm()
    if not form.validate_on_submit():
        abort(404)
    return db.get_or_404(Resident, form.resident_id.data)


def _back(session: Session) -> ResponseReturnValue:
    return redirect(_origin(session, request.form))


def _origin(session: Session, told: Mapping[str, str]) -> str:
    """The page the button was on; the team's list is for the team alone."""
    if told.get("liste") and can_run_programme(cast(Resident, current_user)):
        return url_for(".registered", session_id=session.id)
    if told.get("miennes"):
        return url_for(".mine")
    if told.get("famille"):
        return url_for(".registration", session_id=session.id)
    return url_for(".show", action_id=session.action_id)
