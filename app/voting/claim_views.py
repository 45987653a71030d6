"""Asking to be on a roll, and answering."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.pagination import page_number
from app.core.policies import allowed, signed_in
from app.voting import claims, roll_queries
from app.voting.blueprint import bp
from app.voting.electorate import why_absent
from app.voting.models import Poll
from app.voting.policies import can_answer_claims, may_open_polls
from app.voting.roll_forms import AnswerForm, ClaimForm
from app.voting.roll_models import RollClaim


@bp.route("/<int:poll_id>/demande", methods=["GET", "POST"])
@limiter.limit("10/hour", key_func=by_person, methods=["POST"])
@signed_in
def claim(poll_id: int) -> ResponseReturnValue:
    poll, form = db.get_or_404(Poll, poll_id), ClaimForm()
    claims.check_may_ask(poll, current_user)
    if request.method == "GET" and roll_queries.my_claim(poll_id, current_user.id):
        return redirect(url_for(".show", poll_id=poll_id))
    if form.validate_on_submit():
        form.attempt(lambda: claims.ask(poll, current_user, str(form.reason.data)))
        if not form.refused:
            flash(_("Votre demande est envoyée. La réponse arrivera ici."), "success")
            return redirect(url_for(".show", poll_id=poll_id))
    why = why_absent(poll, current_user)
    return render_template("voting/claim.html", poll=poll, form=form, why=why), form.status


@bp.get("/<int:poll_id>/demandes")
@allowed(may_open_polls)
def claims_list(poll_id: int) -> ResponseReturnValue:
    poll = _mine_to_answer(poll_id)
    page = roll_queries.claims_of(poll_id, page_number())
    return render_template("voting/claims.html", poll=poll, page=page)


@bp.post("/<int:poll_id>/demandes/<int:claim_id>/accepter")
@allowed(may_open_polls)
def accept_claim(poll_id: int, claim_id: int) -> ResponseReturnValue:
    poll, asked = _asked(poll_id, claim_id)
    claims.accept(current_user, poll, asked)
    flash(_("%(name)s est sur la liste, et le sait.", name=asked.resident.full_name), "success")
    return redirect(url_for(".claims_list", poll_id=poll_id))


@bp.route("/<int:poll_id>/demandes/<int:claim_id>/refuser", methods=["GET", "POST"])
@allowed(may_open_polls)
def refuse_claim(poll_id: int, claim_id: int) -> ResponseReturnValue:
    (poll, asked), form = _asked(poll_id, claim_id), AnswerForm()
    if form.validate_on_submit():
        form.attempt(lambda: claims.refuse(current_user, poll, asked, str(form.answer.data)))
        if not form.refused:
            flash(_("La demande est refusée. La personne est prévenue."))
            return redirect(url_for(".claims_list", poll_id=poll_id))
    return render_template("voting/claim_refuse.html", poll=poll, claim=asked, form=form), (
        form.status
    )


def _asked(poll_id: int, claim_id: int) -> tuple[Poll, RollClaim]:
    """A claim of this very poll: those of another comité's are not for whoever answers here."""
    poll = _mine_to_answer(poll_id)
    return poll, db.first_or_404(db.select(RollClaim).filter_by(id=claim_id, poll_id=poll_id))


def _mine_to_answer(poll_id: int) -> Poll:
    poll = db.get_or_404(Poll, poll_id)
    if not can_answer_claims(current_user, poll):
        raise Forbidden(_("Vous ne répondez pas aux demandes de ce vote."))
    return poll
