"""The one blueprint of proposals and debates, and what all their pages share."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.core.db import db
from app.proposals import labels, policies
from app.proposals.models import Comment, Debate, Proposal

bp = Blueprint("proposals", __name__)
LARGEST_ID = 2**31 - 1


def person() -> Resident | None:
    """Who is signed in, if someone is."""
    if not current_user.is_authenticated:
        return None
    found: Resident = current_user._get_current_object()
    return found


def me() -> Resident:
    """Who is signed in, on a page that asks for it."""
    return person() or abort(403)


def seen_proposal(proposal_id: int) -> Proposal:
    """The proposal, if there is one that this person may see; else 404."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None or not policies.can_see(person(), proposal):
        abort(404)
    return proposal


def found_debate(debate_id: int) -> Debate:
    """The debate, if there is one that this person may read; else 404."""
    debate = db.session.get(Debate, debate_id)
    if debate is None or not policies.can_read(person(), debate, debate.body_id):
        abort(404)
    return debate


def seen_comment(comment_id: int) -> Comment:
    """The comment, if it and what it is about may be read; else 404."""
    comment = db.session.get(Comment, comment_id) or abort(404)
    if comment.proposal_id is not None:
        body_id = seen_proposal(comment.proposal_id).body_id
    else:
        body_id = found_debate(comment.debate_id or 0).body_id
    if not policies.can_read(person(), comment, body_id):
        abort(404)
    return comment


def hidden_page(rule: str | None) -> ResponseReturnValue:
    """What is read in place of a content that a moderator has hidden: the rule, not the words."""
    return render_template("moderation/hidden.html", rule=rule), 410


@bp.url_value_preprocessor
def _numbers_that_exist(_endpoint: str | None, values: dict[str, object] | None) -> None:
    """No row has a number that the database cannot hold."""
    if any(isinstance(value, int) and value > LARGEST_ID for value in (values or {}).values()):
        abort(404)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"labels": labels.LABELS, "policies": policies}
