"""The administration's first page."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.administration.blueprint import bp
from app.administration.doors import can_administer, doors_of
from app.core.policies import allowed


@bp.get("")
@allowed(can_administer)
def index() -> ResponseReturnValue:
    return render_template("administration/index.html", doors=doors_of(current_user))
