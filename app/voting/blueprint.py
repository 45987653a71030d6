"""The one blueprint of this feature; whatever is asked of a draft, few know that it exists."""

from typing import Any

from flask import Blueprint, abort, g
from flask_login import current_user

from app.core.db import db
from app.voting.models import Poll
from app.voting.policies import can_see_draft

bp = Blueprint("voting", __name__, url_prefix="/scrutins")


@bp.url_value_preprocessor
def hide_drafts(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """No page of a draft answers anyone but its author and those who could open it."""
    poll_id = (values or {}).get("poll_id")
    if poll_id is None:
        return
    # Held for the request: the view that asks for the same poll sends no other statement.
    poll = g.poll = db.session.get(Poll, poll_id)
    if poll is None or poll.status != "draft":
        return
    if not (current_user.is_authenticated and can_see_draft(current_user, poll)):
        abort(404)
