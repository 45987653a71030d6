"""The one blueprint of associations, connections and collectifs."""

from typing import cast

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident

bp = Blueprint("associations", __name__)


def viewer() -> Resident | None:
    """Who looks at the page; nobody when signed out."""
    return cast(Resident, current_user) if current_user.is_authenticated else None


def hidden_page(rule: str | None) -> ResponseReturnValue:
    """What is read in place of a card that a moderator has hidden: the rule, not the words."""
    return render_template("moderation/hidden.html", rule=rule), 410
