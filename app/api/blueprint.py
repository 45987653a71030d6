"""Open data: where its routes hang, and what every answer of theirs carries."""

from apiflask import APIBlueprint
from flask import Flask, Response, request

from app.core.limits import limiter

bp = APIBlueprint("api", __name__, url_prefix="/api/v1")
OPEN = ("/api/v1/", "/flux/")
"""Addresses that programs of other sites may read."""
LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
SECONDS = 60
"""How long an answer may be kept by others."""

limit = limiter.shared_limit("120/minute", scope="open data")
"""For all of it together, by address of the network: a page of a hundred rows is one call."""


def init_open_data(app: Flask) -> None:
    """Open to programs of other sites what they may read, named and dated for their caches."""
    app.after_request(_open)


def _open(response: Response) -> Response:
    if not request.path.startswith(OPEN):
        return response
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        headers["Access-Control-Allow-Headers"] = "If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    elif response.status_code == 200:
        headers["Cache-Control"] = f"public, max-age={SECONDS}"
        # Weak: the same answer, compressed or not, is the same answer.
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
