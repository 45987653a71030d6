"""The one blueprint of partners, conventions, social schemes and orientations."""

from typing import cast

from flask import Blueprint
from flask_login import current_user

from app.accounts.models import Resident
from app.partners.policies import can_keep_partners

bp = Blueprint("partners", __name__)


def keeps_partners() -> bool:
    """Whether whoever looks at the page is of the team that keeps partners."""
    return current_user.is_authenticated and can_keep_partners(cast(Resident, current_user))
