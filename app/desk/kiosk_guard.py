"""On a shared tablet: cards alone, nobody forgotten there, nothing kept, no way out.

All of it is held here, for every page of the house and those to come.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import login
from app.core.http import safe_next
from app.core.i18n import _
from app.core.pages import MARKED
from app.desk.blueprint import kiosk_bp
from app.desk.kiosk_services import COOKIE, kiosk_of
from app.desk.models import Kiosk

MARKED.add(COOKIE)

WITHOUT_PEOPLE = ("assets", "health")
"""Blueprints that are the same for everyone."""

CLEAR = '"cache", "storage"'
FORGET = re.compile(r'\sautocomplete="(?!one-time-code")[^"]*"')
FORM = re.compile(r"<form\b")
WAY_OUT = re.compile(r'(<a\b[^>]*?)\shref="(?!/(?!/)|[?#])[^"]*"')
FILE = re.compile(r'<input\b[^>]*\stype="file"[^>]*>')


def current_kiosk() -> Kiosk | None:
    """The shared tablet this request comes from; no statement for any other device."""
    if "kiosk" not in g:
        cookie = request.cookies.get(COOKIE)
        g.kiosk = kiosk_of(cookie) if cookie else None
    found: Kiosk | None = g.kiosk
    return found


@kiosk_bp.before_app_request
def _keep_to_its_use() -> ResponseReturnValue | None:
    if request.blueprint in WITHOUT_PEOPLE:
        return None
    kiosk, had_session = current_kiosk(), login.TOKEN in session
    g.kiosk_had_session = had_session
    if had_session and _is_out_of_place(kiosk):
        login.stop()
        if kiosk is not None:
            flash(_("Séance fermée. Vos pages ne sont plus sur cette tablette."))
        return redirect(url_for("kiosk.home" if kiosk is not None else "home.front"))
    if kiosk is None or not _is_a_door(request.endpoint or ""):
        return None
    target, card = safe_next(request.args.get("next")), request.args.get("carte")
    return redirect(url_for("kiosk.sign_in", next=target, carte=card))


def _is_out_of_place(kiosk: Kiosk | None) -> bool:
    """A card's session away from an open kiosk, or another session, or none, on one."""
    known = bool(current_user.is_authenticated)
    sign_in = login.current_sign_in() if known else None
    if kiosk is None:
        return sign_in is not None and sign_in.is_kiosk
    return sign_in is None or not sign_in.is_kiosk


def _is_a_door(endpoint: str) -> bool:
    """A page of `accounts` for people signed out: other ways in than a card."""
    view = current_app.view_functions.get(endpoint)
    is_public = getattr(view, "policy", "") == "public"
    return request.blueprint == "accounts" and is_public and endpoint != "accounts.sign_out"


@kiosk_bp.after_app_request
def _leave_nothing(response: Response) -> Response:
    if request.blueprint in WITHOUT_PEOPLE:
        return response
    if current_kiosk() is None:
        if COOKIE in request.cookies and "kiosk_opened" not in g:
            response.delete_cookie(COOKIE)
        return response
    if request.method == "POST" and response.status_code in (400, 401):
        # The page would give back what was typed, perhaps by the person before.
        response = current_app.make_response(redirect(url_for("kiosk.home")))
        flash(_("La page était trop ancienne : rien n’a été envoyé."), "warning")
    response.headers["Cache-Control"] = "no-store"
    if g.get("kiosk_had_session") and login.TOKEN not in session:
        response.headers["Clear-Site-Data"] = CLEAR
    if response.location and urlsplit(response.location).path == url_for("home.front"):
        response.location = url_for("kiosk.home")
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(_kept_in(response.get_data(as_text=True)))
    return response


def _kept_in(page: str) -> str:
    """The page without what a browser would remember, or follow out of the house."""
    said = _("Pas de fichier à la borne : apportez-le à l’accueil.")
    page = FORGET.sub("", page)
    page = FORM.sub('<form autocomplete="off"', page)
    page = WAY_OUT.sub(r"\1", page)
    return FILE.sub(f'<p class="soft">{said}</p>', page)


@kiosk_bp.app_context_processor
def _kiosk() -> dict[str, Any]:
    """`kiosk`: the shared tablet the page is for; `kiosk_idle`: its patience, in seconds."""
    if not request:
        return {"kiosk": None}
    return {"kiosk": current_kiosk(), "kiosk_idle": int(login.kiosk_idle().total_seconds())}
