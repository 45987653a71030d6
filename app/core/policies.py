"""Who may reach a route: each view says it, and a structure test reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import request
from flask_login import current_user

from app.core.errors import Forbidden
from app.core.http import SignInNeeded, asked_path
from app.core.i18n import _

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may reach it."""
    vars(view)["policy"] = "public"
    return view


def allowed(
    policy: Callable[[Any], bool], name: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only someone signed in whom the policy admits; others sign in first, losing nothing."""

    def wrap(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_user.is_authenticated:
                raise SignInNeeded(asked_path() if request.method == "GET" else request.path)
            if not policy(current_user):
                raise Forbidden(_("Cette page n’est pas ouverte à votre compte."))
            return view(*args, **kwargs)

        vars(guarded)["policy"] = name or policy.__name__
        return guarded

    return wrap


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone signed in."""
    return allowed(lambda person: True, "signed_in")(view)
