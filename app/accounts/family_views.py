"""« Ma famille »: children, who answers for them, and as whom this phone speaks."""

from typing import Any, cast

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import (
    family_queries,
    family_services,
    guardian_services,
    household_services,
    login,
)
from app.accounts import speaking as profiles
from app.accounts.blueprint import bp
from app.accounts.family_forms import (
    AcceptForm,
    ChildForm,
    EndLinkForm,
    HomeForm,
    InviteForm,
    form_of,
)
from app.accounts.family_models import GuardianInvitation, Guardianship, Household
from app.accounts.family_policies import can_answer_for_children
from app.accounts.models import Resident
from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import allowed, signed_in
from app.core.typography import of_fr


@bp.app_context_processor
def _speaker() -> dict[str, Any]:
    return {"speaking": profiles.speaking}


def _me() -> Resident:
    """The person themselves: what a service locks must not be the request's stand-in."""
    return cast(Resident, current_user._get_current_object())


def _my_link(child_id: int) -> Guardianship:
    """Someone else's child is a 404: nothing says who has children here."""
    return family_queries.live_link(current_user.id, child_id) or abort(404)


@bp.get("/moi/famille")
@signed_in
def family() -> ResponseReturnValue:
    mine = family_queries.family(current_user)
    may_add = can_answer_for_children(current_user)
    return render_template("accounts/family.html", mine=mine, may_add=may_add, form=AcceptForm())


@bp.route("/moi/famille/enfants/nouveau", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"])
@allowed(can_answer_for_children)
def add_child() -> ResponseReturnValue:
    form = ChildForm(quartier_id=current_user.quartier_id or 0).with_quartiers(quartier_choices())
    if form.validate_on_submit():
        child = form.attempt(lambda: family_services.add_child(_me(), _me(), form.facts()))
        if child is not None:
            flash(_("%(child)s est dans votre famille.", child=child.called), "success")
            return redirect(url_for(".family"))
    return render_template("accounts/family_child_new.html", form=form), form.status


@bp.route("/moi/famille/enfants/<int:child_id>", methods=["GET", "POST"])
@signed_in
def child(child_id: int) -> ResponseReturnValue:
    found = _my_link(child_id).child
    form = form_of(found).with_quartiers(quartier_choices())
    if form.validate_on_submit():
        form.attempt(lambda: family_services.edit_child(current_user, found, form.facts()))
        if not form.refused:
            flash(_("C’est enregistré."), "success")
            return redirect(url_for(".family"))
    return render_template("accounts/family_child.html", form=form, child=found), form.status


@bp.route("/moi/famille/enfants/<int:child_id>/inviter", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@signed_in
def invite_guardian(child_id: int) -> ResponseReturnValue:
    found, form = _my_link(child_id).child, InviteForm()
    if form.validate_on_submit():
        form.attempt(lambda: guardian_services.invite(current_user, found, str(form.who.data)))
        if not form.refused:
            flash(_("Si cette personne est inscrite ici, elle trouve votre invitation chez elle."))
            return redirect(url_for(".family"))
    return render_template("accounts/family_invite.html", form=form, child=found), form.status


@bp.route("/moi/famille/enfants/<int:child_id>/fin", methods=["GET", "POST"])
@signed_in
def end_link(child_id: int) -> ResponseReturnValue:
    link, form = _my_link(child_id), EndLinkForm()
    name = link.child.called
    if form.validate_on_submit():
        form.attempt(lambda: family_services.end_link(current_user, link, str(form.reason.data)))
        if not form.refused:
            flash(_("Vous ne répondez plus %(of_child)s.", of_child=of_fr(name)))
            return redirect(url_for(".family"))
    alone = family_services.leaves_alone(current_user, link)
    page = render_template("accounts/family_end.html", form=form, child=link.child, alone=alone)
    return page, form.status


@bp.post("/moi/famille/enfants/<int:child_id>/parler")
@signed_in
def speak_for(child_id: int) -> ResponseReturnValue:
    spoken_for = profiles.speak_for(_sign_in(), child_id)
    login.renew_forms()
    flash(_("Vous parlez maintenant pour %(child)s.", child=spoken_for.called))
    return redirect(url_for("home.mine"))


@bp.post("/moi/famille/revenir")
@signed_in
def speak_for_oneself() -> ResponseReturnValue:
    profiles.speak_for_oneself(_sign_in())
    login.renew_forms()
    flash(_("Vous parlez de nouveau en votre nom."))
    return redirect(url_for("home.mine"))


@bp.post("/moi/famille/invitations/<int:invitation_id>/accepter")
@signed_in
def accept_invitation(invitation_id: int) -> ResponseReturnValue:
    invitation, form = _my_invitation(invitation_id), AcceptForm()
    if form.validate_on_submit():
        same = form.home.data == "same"
        form.attempt(lambda: guardian_services.accept(_me(), invitation, same_home=same))
        if not form.refused:
            flash(_("C’est noté. Vous répondez aussi de cet enfant."), "success")
            return redirect(url_for(".family"))
    mine = family_queries.family(current_user)
    may_add = can_answer_for_children(current_user)
    page = render_template("accounts/family.html", mine=mine, may_add=may_add, form=form)
    return page, form.status


@bp.post("/moi/famille/invitations/<int:invitation_id>/refuser")
@signed_in
def decline_invitation(invitation_id: int) -> ResponseReturnValue:
    guardian_services.decline(current_user, _my_invitation(invitation_id))
    flash(_("L’invitation est refusée."))
    return redirect(url_for(".family"))


@bp.route("/moi/famille/foyers/<int:household_id>", methods=["GET", "POST"])
@signed_in
def home(household_id: int) -> ResponseReturnValue:
    household = db.get_or_404(Household, household_id)
    form = HomeForm(name=household.name)
    if not household_services.lives_in(current_user, household):
        abort(404)
    if form.validate_on_submit():
        household_services.rename_home(current_user, household, str(form.name.data))
        flash(_("C’est enregistré."), "success")
        return redirect(url_for(".family"))
    return render_template("accounts/family_home.html", form=form), form.status


def _my_invitation(invitation_id: int) -> GuardianInvitation:
    invitation = db.get_or_404(GuardianInvitation, invitation_id)
    return invitation if invitation.invited_id == current_user.id else abort(404)


def _sign_in() -> Any:
    return login.current_sign_in() or abort(401)
