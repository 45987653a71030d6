"""Writing a proposal: draft, changes, sending, taking back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import signed_in
from app.proposals import lifecycle, services
from app.proposals.blueprint import bp, me, seen_proposal
from app.proposals.forms import OptionalReasonForm, ProposalForm, form_of
from app.proposals.models import Proposal
from app.proposals.policies import can_edit, can_withdraw


def _sends() -> bool:
    return request.form.get("act") == "send"


def _saved(proposal_id: int) -> ResponseReturnValue:
    sent = _("Votre proposition est envoyée. Vous aurez une réponse, dans tous les cas.")
    kept = _("Votre brouillon est enregistré. Vous seul le voyez.")
    flash(sent if _sends() else kept, "success")
    return redirect(url_for(".show", proposal_id=proposal_id))


@bp.route("/propositions/nouvelle", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"], key_func=by_person)
@signed_in
def new() -> ResponseReturnValue:
    author = me()
    form = ProposalForm().offered(author)
    if form.validate_on_submit():
        made = form.attempt(
            lambda: services.draft(author, form.writing(), send=_sends(), **form.picture())
        )
        if made is not None:
            return _saved(made.id)
    return render_template("proposals/new.html", form=form, me=author), form.status


@bp.route("/propositions/<int:proposal_id>/modifier", methods=["GET", "POST"])
@signed_in
def edit(proposal_id: int) -> ResponseReturnValue:
    proposal, author = seen_proposal(proposal_id), me()
    if not can_edit(author, proposal):
        raise Forbidden(_("Cette proposition ne se modifie plus."))
    form = form_of(proposal, author)
    if form.validate_on_submit():
        form.attempt(lambda: _edit(proposal, form))
        if not form.refused:
            return _saved(proposal_id)
    shown = _compared(form, proposal)
    return render_template("proposals/edit.html", form=form, me=author, **shown), form.status


def _edit(proposal: Proposal, form: ProposalForm) -> None:
    seen, drop = form.version_seen, bool(form.drop_image.data)
    writing = form.writing()
    services.edit(proposal, me(), seen, writing, drop_image=drop, send=_sends(), **form.picture())


def _compared(form: ProposalForm, proposal: Proposal) -> dict[str, object]:
    """After a stale edit: the text saved elsewhere, and the right to choose one's own."""
    stale = form.status == 409
    if stale:
        form.version.data = str(proposal.version)
    return {"proposal": proposal, "saved": proposal if stale else None}


@bp.post("/propositions/<int:proposal_id>/envoi")
@signed_in
def submit(proposal_id: int) -> ResponseReturnValue:
    lifecycle.submit(seen_proposal(proposal_id), me())
    flash(_("Votre proposition est envoyée. Vous aurez une réponse, dans tous les cas."), "success")
    return redirect(url_for(".show", proposal_id=proposal_id))


@bp.route("/propositions/<int:proposal_id>/retrait", methods=["GET", "POST"])
@signed_in
def withdraw(proposal_id: int) -> ResponseReturnValue:
    proposal, form = seen_proposal(proposal_id), OptionalReasonForm()
    if not can_withdraw(me(), proposal):
        raise Forbidden(_("Vous ne pouvez pas retirer cette proposition."))
    if form.validate_on_submit():
        form.attempt(lambda: lifecycle.withdraw(proposal, me(), form.reason.data or ""))
        if not form.refused:
            flash(_("Votre proposition est retirée."))
            return redirect(url_for(".show", proposal_id=proposal_id))
    return render_template("proposals/withdraw.html", form=form, proposal=proposal), form.status
