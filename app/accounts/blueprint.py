"""The one blueprint of accounts, whose views are in several files."""

from flask import Blueprint, Response, request

bp = Blueprint("accounts", __name__)


@bp.after_request
def keep_tokens_to_themselves(response: Response) -> Response:
    """A page whose address holds a token is kept by nobody, and its address told to nobody.

    The name of the site alone goes along: behind HTTPS a form is refused without it.
    """
    if "token" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "strict-origin"
    return response
