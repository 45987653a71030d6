"""The two floors that pages are compared with."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The barest answer a server can send."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "7")])
    return [b"Bonjour"]


flask = Flask(__name__)


@flask.get("/")
def hello() -> str:
    """The barest answer Flask can send."""
    return "Bonjour"
