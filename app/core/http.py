"""What every answer has in common: headers, compression, error pages, safe ways back."""

import json
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.routing import IntegerConverter, Map

from app.core.compression import compressed
from app.core.errors import DomainError
from app.core.i18n import _, _l

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
PERMISSIONS = "camera={}, geolocation=(), microphone=()"
"""The camera opens on pages that say so: see `allow_camera`."""

PROBLEM = "application/problem+json"
LONG_ENOUGH_TO_SHOW = 12
"""Shorter values than that are typed again faster than they are copied."""

ERRORS = {
    400: (
        _l("Nous n’avons pas compris"),
        _l("La demande reçue était incomplète ou abîmée."),
        _l("Revenez à la page d’avant, puis recommencez."),
    ),
    401: (_l("Connectez-vous d’abord"), _l("Il faut un compte pour continuer."), None),
    403: (
        _l("Cette page n’est pas pour vous"),
        _l("Votre compte n’a pas le droit de faire cela."),
        _l("Si vous pensez que c’est une erreur, parlez-en à l’accueil du centre."),
    ),
    404: (
        _l("Cette page n’existe pas"),
        _l("L’adresse est peut-être incomplète, ou la page a été retirée."),
        None,
    ),
    405: (_l("Cette adresse ne s’ouvre pas ainsi"), _l("Passez par le menu du site."), None),
    409: (
        _l("Cela a changé entre-temps"),
        _l("Quelqu’un d’autre a agi avant vous, ou c’était déjà fait."),
        _l("Rechargez la page pour voir où on en est."),
    ),
    413: (
        _l("C’est trop lourd"),
        _l("Le fichier envoyé dépasse 8 Mo."),
        _l("Revenez en arrière et choisissez un fichier plus léger."),
    ),
    422: (_l("Il y a quelque chose à corriger"), _l("Ce qui a été envoyé ne convient pas."), None),
    429: (
        _l("Une petite pause"),
        _l("Il y a eu trop d’essais en peu de temps."),
        _l("Attendez un quart d’heure, puis recommencez. L’accueil du centre peut vous aider."),
    ),
    500: (
        _l("Quelque chose s’est cassé chez nous"),
        _l("Ce n’est pas de votre faute. Rien n’a été changé."),
        _l("Recommencez dans quelques minutes."),
    ),
    503: (_l("Nous revenons tout de suite"), _l("Le site est en travaux."), None),
}
NEVER_KEPT = ("csrf_token", "password", "pin", "secret", "proof")
FILLED_BY_MACHINES = ("drawn", "nothing", "next", "version", "token")
"""What a page sends that nobody typed, where no form was read that says it better."""


class SignInNeeded(Exception):
    """Someone must sign in first; `next_path` is where they were going."""

    def __init__(self, next_path: str) -> None:
        super().__init__(next_path)
        self.next_path = next_path


def safe_next(path: str | None) -> str | None:
    """The path to go back to, if it stays on this site."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return None
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc and path.isprintable() else None


def asked_path() -> str:
    """Path and query of the request, whatever bytes the query is made of."""
    query = request.query_string.decode(errors="replace")
    return f"{request.path}?{query}" if query else request.path


def typed_fields() -> list[tuple[str, str]]:
    """What the person typed in the form just sent, secrets aside."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in NEVER_KEPT)
    ]


def written_texts() -> list[tuple[object, str]]:
    """(label, text) of what was long to type; the label is empty when no form was read."""
    boxes = g.get("form_boxes", {})
    return [
        (boxes.get(name, ""), value)
        for name, value in typed_fields()
        if len(value.strip()) > LONG_ENOUGH_TO_SHOW
        and (boxes[name] is not None if name in boxes else name not in FILLED_BY_MACHINES)
    ]


def error_page(
    status: int, message: str | None = None, back: tuple[str, str] | None = None
) -> tuple[str, int]:
    """The page for an error, in plain words, with what was typed when there was a form.

    `back`: address and words of where to see how things stand, which then says what to do.
    """
    title, said, help_ = ERRORS.get(status, ERRORS[500])
    if status == 409 and back is None:
        back = _page_before()
    gives_back = status not in (404, 413, 500) and request.method == "POST"
    return render_template(
        "errors/error.html",
        status=status,
        title=title,
        message=message or said,
        help=None if back else help_,
        back=back,
        typed=written_texts() if gives_back else [],
    ), status


def _page_before() -> tuple[str, str] | None:
    """The page of this site that a form was sent from: loading an answer again sends it again."""
    before = urlsplit(request.referrer or "")
    target = safe_next(f"{before.path}?{before.query}" if before.query else before.path)
    same_place = before.netloc == request.host and before.path != request.path
    return (target, _("Voir où on en est")) if target and same_place else None


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: no more than a database's integer, above which it is a 404."""

    def __init__(self, map: Map, max: int = 2_147_483_647, **options: bool) -> None:
        super().__init__(map, max=max, **options)


def allow_camera() -> None:
    """Let the page being made use the camera of the device, with the person's leave."""
    g.camera = True


def init_http(app: Flask) -> None:
    """Headers and error pages for the whole application."""
    app.url_map.converters["int"] = RowNumber
    app.after_request(_finish)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DomainError, _refusal)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(500, _crash)


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, **more: object
) -> Response:
    """A refusal for programs (RFC 9457); `more` are members of ours."""
    title = HTTP_STATUS_CODES.get(status, "Error")
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(json.dumps(said), status, headers, content_type=PROBLEM)


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error
    status = error.code or 500
    if _wants_json():
        return problem(status, str(ERRORS.get(status, ERRORS[500])[1]), _allow(error))
    page, _status = error_page(status)
    return page, status, _allow(error)


def _allow(error: HTTPException) -> dict[str, str]:
    methods = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(methods))} if methods else {}
    retry = getattr(error, "retry_after", None)
    return {**headers, "Retry-After": str(retry)} if retry else headers


def _refusal(error: DomainError) -> ResponseReturnValue:
    if _wants_json():
        return problem(error.status, error.message)
    return error_page(error.status, error.message)


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    """Nothing is lost: the same form, to be sent again from a fresh page.

    Not one that another site filled in: a press on our page would send it in someone's name.
    """
    if _from_elsewhere():
        page, status = error_page(400)
        return page, status
    files = [name for name, file in request.files.items() if isinstance(file, FileStorage) and file]
    return render_template(
        "errors/resend.html", action=asked_path(), fields=typed_fields(), lost_files=files
    ), 400


def _from_elsewhere() -> bool:
    """Whether the browser says that another site sent the form; old ones may say nothing."""
    origin = request.headers.get("Origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.host:
        return True
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _sign_in_needed(error: SignInNeeded) -> ResponseReturnValue:
    """To the sign-in page; a text being written goes along and comes back after."""
    target = safe_next(error.next_path) or "/"
    if request.method == "GET":
        flash(_("Connectez-vous pour continuer."), "info")
        return redirect(url_for("accounts.sign_in", next=target))
    return render_template(
        "errors/sign_in_first.html", action=target, fields=typed_fields(), texts=written_texts()
    ), 401


def _crash(error: Exception) -> ResponseReturnValue:
    if _wants_json():
        return problem(500, str(ERRORS[500][1]))
    return error_page(500)


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Permissions-Policy"] = PERMISSIONS.format("(self)" if g.get("camera") else "()")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "private, no-cache"
    return compressed(response)
