"""Who answers for a decision, and until when: told by who manages its instance."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import decision_owners
from app.bodies.blueprint import bp, only_if, viewer
from app.bodies.decision_forms import DeadlineForm, OwnerForm
from app.bodies.decision_queries import owner_shown
from app.bodies.decision_views import found_decision
from app.bodies.policies import can_manage_body
from app.core.db import db
from app.core.i18n import _
from app.core.policies import signed_in
from app.core.rights import Right


@bp.route("/conseil/decisions/<number>/responsable", methods=["GET", "POST"])
@signed_in
def decision_owner(number: str) -> ResponseReturnValue:
    found = found_decision(number)
    only_if(can_manage_body(viewer(), found.body))
    form, words = OwnerForm(owner=found.owner), request.args.get("q", "").strip()
    if form.validate_on_submit():
        said = form.owner.data or ""
        form.attempt(lambda: decision_owners.give_to_others(current_user, found, said))
        if not form.refused:
            flash(_("Le responsable est enregistré."), "success")
            return redirect(url_for(".decision", number=number))
    full = current_user.may(Right.SEE_ROSTERS)
    people = decision_owners.candidates(found.body, words, full_names=full)
    owner = owner_shown(found, viewer())
    return render_template(
        "bodies/decision_owner.html",
        form=form,
        decision=found,
        owner=owner,
        people=people,
        words=words,
    ), form.status


@bp.post("/conseil/decisions/<number>/responsable/<int:resident_id>")
@signed_in
def give_decision(number: str, resident_id: int) -> ResponseReturnValue:
    found, resident = found_decision(number), db.get_or_404(Resident, resident_id)
    decision_owners.give_to(current_user, found, resident)
    flash(_("%(name)s s’en occupe, et le sait.", name=resident.display_name), "success")
    return redirect(url_for(".decision", number=number))


@bp.route("/conseil/decisions/<number>/echeance", methods=["GET", "POST"])
@signed_in
def decision_deadline(number: str) -> ResponseReturnValue:
    found = found_decision(number)
    only_if(can_manage_body(viewer(), found.body))
    form = DeadlineForm(due_on=found.due_on)
    if form.validate_on_submit():
        due_on, reason = form.due_on.data, str(form.reason.data)
        form.attempt(lambda: decision_owners.change_deadline(current_user, found, due_on, reason))
        if not form.refused:
            flash(_("L’échéance est changée."), "success")
            return redirect(url_for(".decision", number=number))
    return render_template("bodies/decision_deadline.html", form=form, decision=found), form.status
