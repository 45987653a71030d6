"""Only the proxies we are told of are believed: anyone can write their headers."""

import pytest
from flask import Flask, request, request_started
from werkzeug.test import Client

NEAR = {"REMOTE_ADDR": "127.0.0.1"}
FORWARDED = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, ("127.0.0.1", "http")), (1, ("192.0.2.7", "https"))]
)
def test_a_visitor_cannot_borrow_an_address_unless_a_proxy_of_ours_says_so(
    app: Flask, monkeypatch: pytest.MonkeyPatch, proxies: int, seen: tuple[str, str]
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_PROXIES", proxies)
    found = []

    def look(_app: Flask) -> None:
        found.append((request.remote_addr, request.scheme))

    with request_started.connected_to(look, app):
        Client(app).get("/sante", headers=FORWARDED, environ_base=NEAR)

    assert found == [seen]
