"""Acting with someone who stands at the desk, and what they find of it afterwards."""

from math import ceil
from typing import Any

from flask import (
    abort,
    flash,
    g,
    has_request_context,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import login
from app.accounts.access_models import ActingAs
from app.accounts.acting import is_acting
from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.errors import Forbidden
from app.core.http import asked_path, safe_next
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, signed_in
from app.desk import assistance_queries as queries
from app.desk import assistance_services as services
from app.desk.assistance_forms import AssistForm
from app.desk.assistance_listing import after_assisting
from app.desk.assistance_policies import can_assist, can_assist_people, can_print_list
from app.desk.blueprint import bp, with_you_bp
from app.desk.models import Assistance
from app.desk.receivers import NEWS

NOT_PAGES = ("assets", "media", "health")


@bp.route("/personnes/<int:resident_id>/agir", methods=["GET", "POST"])
@allowed(can_assist_people)
def assist(resident_id: int) -> ResponseReturnValue:
    person, form = db.get_or_404(Resident, resident_id), AssistForm()
    if not can_assist(current_user, person):
        raise Forbidden(_("Cette personne agit elle-même, avec son propre compte."))
    if form.validate_on_submit():
        sign_in: Any = login.current_sign_in()
        agent: Any = current_user
        purpose = form.purpose.data or None
        if form.attempt(lambda: services.start(agent, person, sign_in, purpose)) is not None:
            login.renew_forms()
            return redirect(url_for("home.mine"))
    return render_template("desk/assist.html", person=person, form=form), form.status


@bp.post("/agir/fin")
@signed_in
def stop_assisting() -> ResponseReturnValue:
    sign_in, person_id = login.current_sign_in(), current_user.id
    if sign_in is None or sign_in.acting_as != ActingAs.ASSISTANCE:
        return redirect(url_for("home.mine"))
    services.stop(sign_in)
    login.renew_forms()
    done = queries.last_with(sign_in.resident_id, person_id)
    if done is not None and done.acts:
        flash(_("C’est terminé. La personne retrouvera la liste de ce qui a été fait."), "success")
    else:
        flash(_("C’est terminé. Rien n’a été fait cette fois."))
    return redirect(after_assisting(person_id))


@bp.get("/accompagnements/<int:assistance_id>")
@allowed(can_assist_people)
def assistance_list(assistance_id: int) -> ResponseReturnValue:
    if not can_print_list(current_user, db.get_or_404(Assistance, assistance_id)):
        abort(404)
    told = queries.told(assistance_id)
    return render_template("desk/assistance_list.html", told=told)


@with_you_bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    page = queries.told_to(current_user.id, page_number())
    if not is_acting() and session.pop(NEWS, None):
        services.mark_shown(current_user)
    target = safe_next(request.args.get("next"))
    return render_template("desk/with_you.html", page=page, next=target)


@bp.before_app_request
def _show_news() -> ResponseReturnValue | None:
    """Just after signing in: first what was done in their name, then where they were going."""
    here = request.endpoint or ""
    if NEWS not in session or request.method != "GET" or here == "with_you.index":
        return None
    if request.blueprint in NOT_PAGES or not here or not current_user.is_authenticated:
        return None
    return None if is_acting() else redirect(url_for("with_you.index", next=asked_path()))


@bp.app_context_processor
def _banner() -> dict[str, Any]:
    """`assisting`: (name, minutes left, moment of the end) while the desk acts with someone."""
    if not has_request_context() or not current_user.is_authenticated:
        return {"assisting": None}
    sign_in = login.current_sign_in()
    if sign_in is None or sign_in.acting_as != ActingAs.ASSISTANCE or not sign_in.acting_until:
        return {"assisting": None, "assisting_lapsed": "acting_lapsed" in g}
    left = max(1, ceil((sign_in.acting_until - now()).total_seconds() / 60))
    return {"assisting": (current_user.display_name, left, sign_in.acting_until)}
