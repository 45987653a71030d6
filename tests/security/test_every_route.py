"""What holds for every route: the token, the headers, the size of what is sent."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.core.rights import Role
from tests.factories import make_with_role
from tests.support import Visitor

BY_NATURE = {"openapi.spec"}


BY_A_SIGNED_LINK = "accounts.confirm_stop_reminders"
"""A mail program stops reminders without a page (RFC 8058): the link itself is the right to."""


PART = r"<(?:any\((\w+)[^)]*\):|\w+:)?\w+>"
"""A part of an address; the first of its choices, where it names them."""


def posts(app: Flask) -> list[str]:
    """An address for each route that takes a POST of a page, with 1 for each number in it."""
    return sorted(
        re.sub(PART, lambda part: part[1] or "1", rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint != BY_A_SIGNED_LINK
    )


@pytest.fixture
def commits(app: Flask) -> Iterator[list[str]]:
    """Notes each commit that is not a reading's end."""
    seen: list[str] = []

    def note(_session: object) -> None:
        seen.append("commit")

    event.listen(db.session, "before_commit", note)
    yield seen
    event.remove(db.session, "before_commit", note)


def test_nothing_is_done_without_the_form_s_token(
    app: Flask, client: Visitor, commits: list[str]
) -> None:
    client.sign_in(make_with_role(Role.ADMINISTRATOR))
    commits.clear()

    answers = {address: client.post(address).status_code for address in posts(app)}

    assert len(answers) > 40
    assert {address: status for address, status in answers.items() if status != 400} == {}
    assert commits == []


def test_a_token_of_someone_else_is_no_token(app: Flask, client: Visitor) -> None:
    client.sign_in(make_with_role(Role.ADMINISTRATOR))
    other = Visitor(app)
    page = other.get("/connexion").text
    stolen = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert stolen is not None

    answer = client.post("/deconnexion", data={"csrf_token": stolen[1]})

    assert answer.status_code == 400


def test_every_answer_carries_the_guards(app: Flask, client: Visitor) -> None:
    for address in ("/", "/connexion", "/nulle-part", "/moi", "/sante", "/api/v1/indicateurs"):
        headers = client.get(address).headers

        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Referrer-Policy"] in ("same-origin", "strict-origin"), address
        assert "geolocation=()" in headers["Permissions-Policy"], address
        assert "Strict-Transport-Security" not in headers, address


def test_behind_https_the_browser_is_told_to_stay_there(client: Visitor) -> None:
    answer = client.get("/", base_url="https://maison.example.org")

    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Visitor) -> None:
    cookie = client.get("/connexion").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "sent",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"],
)
def test_the_way_back_stays_on_the_site(client: Visitor, sent: str) -> None:
    resident = make_with_role(
        Role.REFERENT, email="lina@example.org", password="soleil-pont-carotte"
    )

    answer = client.send(
        "/connexion",
        {"identifier": resident.email, "secret": "soleil-pont-carotte", "next": sent},
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/moi"
