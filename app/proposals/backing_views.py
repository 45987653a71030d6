"""Noting what a project is given."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed
from app.proposals import backing, projects
from app.proposals.backing_forms import BackingForm
from app.proposals.backing_models import Backing
from app.proposals.blueprint import bp, me, seen_proposal
from app.proposals.policies import can_back_some


@bp.route("/propositions/<int:proposal_id>/aides", methods=["GET", "POST"])
@allowed(can_back_some)
def back(proposal_id: int) -> ResponseReturnValue:
    proposal, form = seen_proposal(proposal_id), BackingForm()
    project = projects.project_of(proposal) or abort(404)
    if form.validate_on_submit():
        form.attempt(lambda: backing.back_project(project, me(), **form.said))
        if not form.refused:
            flash(_("L’aide est notée."), "success")
            return redirect(url_for(".show", proposal_id=proposal_id, _anchor="aides"))
    page = render_template("proposals/back.html", form=form, proposal=proposal)
    return page, form.status


@bp.post("/propositions/<int:proposal_id>/aides/<int:backing_id>/retrait")
@allowed(can_back_some)
def take_backing_back(proposal_id: int, backing_id: int) -> ResponseReturnValue:
    project = projects.project_of(seen_proposal(proposal_id)) or abort(404)
    found = db.session.get(Backing, backing_id)
    if found is None or found.project_id != project.id:
        abort(404)
    backing.take_backing_back(found, me())
    flash(_("L’aide est retirée."))
    return redirect(url_for(".show", proposal_id=proposal_id, _anchor="aides"))
