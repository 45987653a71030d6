"""Reminders of votes: settled on one's account, or from the mail itself without signing in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import reminders
from app.accounts.acting import not_acting
from app.accounts.blueprint import bp
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import public, signed_in


@bp.post("/moi/compte/rappels")
@signed_in
@not_acting
def vote_reminders() -> ResponseReturnValue:
    wanted = request.form.get("wanted") == "yes"
    reminders.set_vote_reminders(current_user, wanted)
    if wanted:
        flash(_("Nous vous rappellerons par e-mail les votes qui vous attendent."), "success")
    else:
        flash(_("C’est noté : plus de rappel des votes par e-mail."))
    return redirect(url_for(".account"))


@bp.get("/rappels/<token>")
@limiter.limit("60/hour")
@public
def stop_reminders(token: str) -> ResponseReturnValue:
    resident = reminders.reminded_by(token) or abort(404)
    return render_template("accounts/stop_reminders.html", token=token, person=resident)


@bp.post("/rappels/<token>")
@limiter.limit("60/hour")
@public
def confirm_stop_reminders(token: str) -> ResponseReturnValue:
    resident = reminders.reminded_by(token) or abort(404)
    reminders.set_vote_reminders(resident, False)
    return redirect(url_for(".stop_reminders", token=token))
