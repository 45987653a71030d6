"""The one blueprint of mandates, and what all its pages share."""

from typing import cast

from flask import Blueprint, abort
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import labels
from app.bodies import policies as bodies
from app.bodies.models import Body
from app.bodies.queries import conseil_body
from app.mandates import policies

bp = Blueprint("mandates", __name__)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"labels": labels, "policies": policies, "bodies": bodies, "viewer": viewer()}


def viewer() -> Resident | None:
    """Who looks at the page; nobody when signed out."""
    return cast(Resident, current_user) if current_user.is_authenticated else None


def conseil() -> Body:
    """The conseil de maison, or a 404 before it is opened."""
    return conseil_body() or abort(404)
