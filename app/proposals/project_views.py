"""Taking a part in a project."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _
from app.core.policies import signed_in
from app.proposals import projects
from app.proposals.blueprint import bp, me, seen_proposal
from app.proposals.forms import RoleForm


@bp.route("/propositions/<int:proposal_id>/role", methods=["GET", "POST"])
@signed_in
def take_role(proposal_id: int) -> ResponseReturnValue:
    proposal, form = seen_proposal(proposal_id), RoleForm()
    project = projects.project_of(proposal) or abort(404)
    if form.validate_on_submit():
        form.attempt(lambda: projects.take_role(project, me(), str(form.role.data)))
        if not form.refused:
            flash(_("Merci ! Votre rôle est noté."), "success")
            return redirect(url_for(".show", proposal_id=proposal_id))
    return render_template("proposals/role.html", form=form, proposal=proposal), form.status


@bp.post("/propositions/<int:proposal_id>/role/retrait")
@signed_in
def leave_role(proposal_id: int) -> ResponseReturnValue:
    project = projects.project_of(seen_proposal(proposal_id)) or abort(404)
    projects.leave_role(project, me())
    flash(_("Votre rôle est rendu. Merci pour votre aide jusqu’ici."))
    return redirect(url_for(".show", proposal_id=proposal_id))
