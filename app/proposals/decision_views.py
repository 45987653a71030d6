"""What those who decide do with a proposal, and with the project it becomes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.associations.queries import association_choices
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _, _l
from app.core.pagination import page_number
from app.core.policies import allowed
from app.proposals import lifecycle, projects, queries
from app.proposals.blueprint import bp, me, seen_proposal
from app.proposals.forms import MergeForm, OptionalReasonForm, ProjectForm, RefuseForm
from app.proposals.models import Proposal
from app.proposals.policies import can_decide, can_review


def _decided(proposal_id: int) -> Proposal:
    proposal = seen_proposal(proposal_id)
    if not can_decide(me(), proposal):
        raise Forbidden(_("Seuls le référent du comité et la direction en décident."))
    return proposal


def _back(proposal: Proposal, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".show", proposal_id=proposal.id))


@bp.get("/propositions/a-examiner")
@allowed(can_review)
def review() -> ResponseReturnValue:
    page = queries.to_review(me(), page_number())
    return render_template("proposals/review.html", page=page)


@bp.post("/propositions/<int:proposal_id>/admission")
@allowed(can_review)
def admit(proposal_id: int) -> ResponseReturnValue:
    proposal = _decided(proposal_id)
    lifecycle.admit(proposal, me())
    return _back(proposal, _("La proposition est publiée. Son auteur est prévenu."))


@bp.route("/propositions/<int:proposal_id>/refus", methods=["GET", "POST"])
@allowed(can_review)
def refuse(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _decided(proposal_id), RefuseForm()
    if form.validate_on_submit():
        reason, shown = str(form.reason.data), bool(form.shown.data)
        form.attempt(lambda: lifecycle.refuse(proposal, me(), reason, shown=shown))
        if not form.refused:
            return _back(proposal, _("Votre réponse est envoyée à l’auteur."))
    return _page(form, proposal, _l("Ne pas retenir cette proposition"), _l("Envoyer la réponse"))


@bp.route("/propositions/<int:proposal_id>/reunion", methods=["GET", "POST"])
@allowed(can_review)
def merge(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _decided(proposal_id), MergeForm()
    others = [row for row in queries.open_for_vote_choices(None) if row[0] != proposal_id]
    form.target_id.choices = [(0, _("Choisissez…")), *[(row[0], row[1]) for row in others]]
    if form.validate_on_submit():
        target = db.get_or_404(Proposal, form.target_id.data)
        reason = str(form.reason.data)
        form.attempt(lambda: lifecycle.merge(proposal, target, me(), reason))
        if not form.refused:
            return _back(
                proposal, _("Les deux propositions sont réunies, et leurs soutiens aussi.")
            )
    return _page(form, proposal, _l("Réunir à une autre proposition"), _l("Réunir les deux"))


@bp.route("/propositions/<int:proposal_id>/projet", methods=["GET", "POST"])
@allowed(can_review)
def start_project(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _decided(proposal_id), ProjectForm()
    form.association_id.choices = [(0, _("Aucune : le centre le porte")), *association_choices()]
    if form.validate_on_submit():
        carrier = form.association_id.data or None
        form.attempt(lambda: projects.start_project(proposal, me(), carrier))
        if not form.refused:
            return _back(proposal, _("Le projet commence. Chacun peut y prendre un rôle."))
    return _page(form, proposal, _l("Commencer le projet"), _l("Commencer le projet"))


@bp.route("/propositions/<int:proposal_id>/realisation", methods=["GET", "POST"])
@allowed(can_review)
def realise(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _decided(proposal_id), OptionalReasonForm()
    form.reason.label.text = _("Ce qui a été fait")
    if form.validate_on_submit():
        form.attempt(lambda: projects.realise(proposal, me(), form.reason.data or ""))
        if not form.refused:
            return _back(proposal, _("Le projet est réalisé. Bravo à toutes et à tous !"))
    return _page(form, proposal, _l("Le projet est réalisé"), _l("Marquer comme réalisé"))


def _page(
    form: RefuseForm | MergeForm | ProjectForm | OptionalReasonForm,
    proposal: Proposal,
    title: object,
    button: object,
) -> ResponseReturnValue:
    return render_template(
        "proposals/decide.html", form=form, proposal=proposal, title=title, button=button
    ), form.status
