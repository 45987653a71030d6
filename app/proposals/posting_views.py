"""Posting a comment: an error shows the whole page again, the words kept."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import signed_in
from app.proposals import comments
from app.proposals.blueprint import bp, found_debate, me, seen_proposal
from app.proposals.comment_views import place_of
from app.proposals.debate_views import debate_page
from app.proposals.forms import CommentForm
from app.proposals.labels import TO_BE_READ
from app.proposals.models import Comment, Debate, Proposal
from app.proposals.reading_views import show_page


def _said(form: CommentForm, subject: Proposal | Debate) -> Comment | None:
    if not form.validate_on_submit():
        return None
    text, parent_id = str(form.text.data), form.parent_id.data
    return form.attempt(lambda: comments.comment(subject, me(), text, parent_id=parent_id))


def _posted(said: Comment) -> ResponseReturnValue:
    if said.is_shown:
        flash(_("Votre commentaire est publié."), "success")
    else:
        flash(_("Merci ! Votre message est bien reçu. %(why)s", why=TO_BE_READ), "info")
    return redirect(place_of(said))


@bp.post("/propositions/<int:proposal_id>/commentaires")
@limiter.limit("30/hour", key_func=by_person)
@signed_in
def comment(proposal_id: int) -> ResponseReturnValue:
    form = CommentForm()
    said = _said(form, seen_proposal(proposal_id))
    if said is None:
        return show_page(proposal_id, form, form.status)
    return _posted(said)


@bp.post("/debats/<int:debate_id>/commentaires")
@limiter.limit("30/hour", key_func=by_person)
@signed_in
def comment_debate(debate_id: int) -> ResponseReturnValue:
    form = CommentForm()
    said = _said(form, found_debate(debate_id))
    if said is None:
        return debate_page(debate_id, form, form.status)
    return _posted(said)
