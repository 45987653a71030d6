"""What each role may do, for whoever administers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.administration.blueprint import bp
from app.administration.doors import can_administer
from app.administration.rights_table import sameness, subjects
from app.core.policies import allowed


@bp.get("/droits")
@allowed(can_administer)
def rights() -> ResponseReturnValue:
    return render_template("administration/rights.html", subjects=subjects(), sameness=sameness())
