"""Who holds what; giving a role, taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.acting import not_acting
from app.accounts.models import Resident
from app.accounts.policies import can_give_roles
from app.accounts.role_models import Grant
from app.accounts.roles import ROLE_WORDS
from app.administration import naming, role_queries
from app.administration.blueprint import bp
from app.administration.forms import EndRoleForm, RoleForm
from app.bodies.queries import comite_choices
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.core.rights import Role


@bp.get("/roles")
@allowed(can_give_roles)
def roles() -> ResponseReturnValue:
    words = request.args.get("q", "").replace("\x00", "").strip()[:100]
    role = request.args.get("role", "")
    role = role if role in set(Role) else ""
    past = request.args.get("quand") == "passe"
    return render_template(
        "administration/roles.html",
        page=role_queries.held(page_number(), words=words, role=role, past=past),
        counts=role_queries.counts(),
        words=words,
        role=role,
        past=past,
        names=ROLE_WORDS,
    )


@bp.route("/personnes/<int:resident_id>/roles", methods=["GET", "POST"])
@allowed(can_give_roles)
@not_acting
def person_roles(resident_id: int) -> ResponseReturnValue:
    resident = db.get_or_404(Resident, resident_id)
    form = RoleForm().with_places(comite_choices(), role_queries.association_choices())
    if form.validate_on_submit():
        form.attempt(lambda: naming.name(current_user, resident, **form.naming()))
        if not form.refused:
            flash(_("Le rôle est donné, et la personne est prévenue."), "success")
            return redirect(url_for(".person_roles", resident_id=resident_id))
    return render_template(
        "administration/person_roles.html",
        person=resident,
        form=form,
        held=role_queries.roles_of(resident_id),
        names=ROLE_WORDS,
        given_here=naming.GIVEN_HERE,
    ), form.status


@bp.route("/roles/<int:grant_id>/fin", methods=["GET", "POST"])
@allowed(can_give_roles)
@not_acting
def end_role(grant_id: int) -> ResponseReturnValue:
    grant, form = db.get_or_404(Grant, grant_id), EndRoleForm()
    if grant.ended_at is not None:
        abort(404)
    if form.validate_on_submit():
        reason, resident_id = str(form.reason.data), grant.resident_id
        form.attempt(lambda: naming.take_back(current_user, grant, reason=reason))
        if not form.refused:
            flash(_("Le rôle est retiré, et la personne est prévenue."), "success")
            return redirect(url_for(".person_roles", resident_id=resident_id))
    words, person = ROLE_WORDS[Role(grant.role)], db.get_or_404(Resident, grant.resident_id)
    page = render_template("administration/end_role.html", form=form, person=person, words=words)
    return page, form.status
