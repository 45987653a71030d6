"""The one blueprint of the instances, and what all their pages share."""

from typing import cast

from flask import Blueprint, abort
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import labels, policies
from app.bodies.meeting_queries import meeting_with_body
from app.bodies.models import Body, Meeting
from app.bodies.queries import body_by_slug
from app.core.errors import Forbidden
from app.core.i18n import _

bp = Blueprint("bodies", __name__)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"labels": labels, "policies": policies, "viewer": viewer()}


def viewer() -> Resident | None:
    """Who looks at the page; nobody when signed out."""
    return cast(Resident, current_user) if current_user.is_authenticated else None


def found_body(slug: str) -> Body:
    """The instance with this address, or a 404."""
    return body_by_slug(slug) or abort(404)


def found_meeting(meeting_id: int) -> Meeting:
    """The meeting with its instance, or a 404."""
    return meeting_with_body(meeting_id) or abort(404)


def only_if(may: bool) -> None:
    """Refuse a page before it is shown to someone who could do nothing there."""
    if not may:
        raise Forbidden(_("Cette page n’est pas ouverte à votre compte."))
