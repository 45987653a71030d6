"""The one blueprint of this feature; whatever is asked of a draft, few know that it exists."""

from flask import Blueprint, abort, request
from flask_login import current_user

from app.core.db import db
from app.voting.models import Poll
from app.voting.policies import can_see_draft

bp = Blueprint("voting", __name__, url_prefix="/scrutins")


@bp.before_request
def hide_drafts() -> None:
    """No page of a draft answers anyone but its author and those who could open it."""
    poll_id = (request.view_args or {}).get("poll_id")
    poll = db.session.get(Poll, poll_id) if poll_id is not None else None
    if poll is None or poll.status != "draft":
        return
    if not (current_user.is_authenticated and can_see_draft(current_user, poll)):
        abort(404)
