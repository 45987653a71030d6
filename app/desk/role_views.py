"""The direction gives and takes back roles."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Grant, Resident
from app.accounts.policies import can_give_roles
from app.bodies.queries import comite_choices
from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed
from app.core.rights import Role
from app.desk import queries, services
from app.desk.blueprint import bp
from app.desk.forms import ROLE_WORDS, RoleForm


@bp.route("/personnes/<int:resident_id>/roles", methods=["GET", "POST"])
@allowed(can_give_roles)
def roles(resident_id: int) -> ResponseReturnValue:
    resident = db.get_or_404(Resident, resident_id)
    form = RoleForm().with_comites(comite_choices())
    if form.validate_on_submit():
        role, body_id = Role(form.role.data), form.body_id.data or None
        reason = form.reason.data or None
        form.attempt(lambda: services.name(current_user, resident, role, body_id, reason))
        if not form.refused:
            flash(_("Le rôle est donné."))
            return redirect(url_for(".roles", resident_id=resident_id))
    held = queries.roles_of(resident_id)
    page = render_template(
        "desk/roles.html", person=resident, form=form, held=held, words=ROLE_WORDS
    )
    return page, form.status


@bp.post("/personnes/<int:resident_id>/roles/<int:grant_id>/fin")
@allowed(can_give_roles)
def end_role(resident_id: int, grant_id: int) -> ResponseReturnValue:
    grant = db.get_or_404(Grant, grant_id)
    if grant.resident_id != resident_id:
        abort(404)
    services.take_back(current_user, grant)
    flash(_("Le rôle est retiré."))
    return redirect(url_for(".roles", resident_id=resident_id))
