"""« Mon compte »: one page that leads to what a person settles for themselves."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.acting import is_acting
from app.accounts.blueprint import bp
from app.core.policies import signed_in


@bp.get("/moi/compte")
@signed_in
def account() -> ResponseReturnValue:
    return render_template("accounts/account.html", is_own=not is_acting())
