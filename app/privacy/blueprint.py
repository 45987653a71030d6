"""The routes about one's own data, and those of the team who answer for it."""

from typing import cast

from flask import Blueprint
from flask_login import current_user

from app.accounts.models import Resident

bp = Blueprint("privacy", __name__)


def me() -> Resident:
    """Who is signed in: the person, where a stand-in would not do for a row of the database."""
    return cast(Resident, current_user._get_current_object())
