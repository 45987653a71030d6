"""What a person does by themselves: nobody does it in their name."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request, session
from flask_login import current_user

from app.accounts import login
from app.accounts.blueprint import bp
from app.accounts.login import current_sign_in
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _

P = ParamSpec("P")
R = TypeVar("R")


def is_acting() -> bool:
    """Whether this session uses another person's profile, at the desk or as their guardian."""
    if not current_user.is_authenticated:
        return False
    sign_in = current_sign_in()
    return sign_in is not None and sign_in.acting_for_id is not None


@bp.before_app_request
def _not_in_another_name() -> None:
    """A link undone, a profile closed elsewhere: what a page made before sends does not go.

    Raises:
        Conflict: on a form; its text is given back.
    """
    if login.FOR not in session or not current_user.is_authenticated:
        return
    sign_in = current_sign_in()
    if sign_in is None or sign_in.acting_for_id == session[login.FOR]:
        return
    login.renew_forms()
    if request.method == "POST":
        raise Conflict(_("Rien n’a été envoyé : cet appareil est revenu à votre propre nom."))


def not_acting(view: Callable[P, R]) -> Callable[P, R]:
    """Only the account's own person: for e-mail, password, code, second factor, export, erasure.

    It goes with the policy, on either side of it. tests/structure/test_not_acting.py reads it.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if is_acting():
            raise Forbidden(
                _("Cela touche à la sécurité du compte : chacun le fait avec sa propre connexion.")
            )
        return view(*args, **kwargs)

    vars(guarded)["not_acting"] = True
    return guarded
