"""What each role meets at each address of the site, without leaving a trace."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts import login
from app.accounts.models import Resident
from app.associations.models import Association
from app.bodies.models import Body
from app.core.db import db
from app.core.rights import Role
from tests.factories import make_grant, make_resident
from tests.journeys.test_every_page import EXAMPLES, SLUGS

PLACES = {
    Role.REFERENT: ("body_id", select(Body.id).where(Body.slug == "comite-famille")),
    Role.CONSEIL: ("body_id", select(Body.id).where(Body.kind == "conseil")),
    Role.ASSOCIATION: (
        "association_id",
        select(Association.id).where(Association.slug == SLUGS["associations"]),
    ),
}
WHO = ("visitor", "resident", *(role.value for role in Role))
FILLED = {
    "title": "Un essai",
    "name": "Un essai",
    "text": "Quelques mots pour voir.",
    "message": "Quelques mots pour voir.",
    "purpose": "Voir ce qui se passe.",
    "reason": "Pour essayer",
    "note": "Pour essayer",
    "given_name": "Nadia",
    "family_name": "Essai",
    "year_of_birth": "1985",
    "email": "essai@example.org",
    "quartier_id": "0",
    "body_id": "1",
    "category_id": "1",
    "association_id": "1",
    "starts_at": "2090-03-12T18:30",
    "ends_at": "2090-03-12T20:30",
    "opens_at": "2090-03-12T18:30",
    "closes_at": "2090-03-19T18:30",
    "place": "Grande salle",
    "starts_on": "2020-01-01",
    "college": "habitants",
    "role": "desk",
    "version": "1",
    "version_seen": "1",
    "confirm": "y",
    "sure": "1",
    "target": "5",
    "year": "2026",
}
"""What is typed in every form: a box that a form has not is not read."""

BY_STATUS = {
    200: "page",
    400: "bad",
    401: "sign-in",
    403: "refused",
    404: "absent",
    409: "conflict",
    410: "gone",
    422: "form-error",
    429: "too-many",
    503: "closed",
}


SECRET = "0123456789abcdef"


class WouldAct(BaseException):
    """Something was about to be committed: neither the house nor a view may catch it."""


@dataclass(frozen=True)
class Address:
    """A method and a route; `path` is the route with an example for each of its parts."""

    method: str
    rule: str
    path: str


def addresses(app: Flask) -> list[Address]:
    """Every route by address, then by method."""
    found = [
        Address(method, rule.rule, _path(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda one: (one.rule, one.method))


def people(app: Flask) -> dict[str, str]:
    """A sign-in of each kind of person, made for this: its cookie."""
    made = {"visitor": _cookie(app, None), "resident": _cookie(app, make_resident())}
    for role in Role:
        person = make_resident(year_of_birth=1980)
        column, place = PLACES.get(role, ("", None))
        fields = {column: db.session.scalar(place)} if place is not None else {}
        make_grant(person, role, **fields)
        made[role.value] = _cookie(app, person)
    return made


def lines(app: Flask) -> Iterator[str]:
    """One line an address: what each person meets there."""
    cookies, visitor = people(app), FlaskClient(app, TestResponse, use_cookies=False)
    db.session.rollback()
    event.listen(db.session, "before_commit", _refuse)
    try:
        for address in addresses(app):
            met = (f"{who}:{_meets(visitor, address, cookies[who])}" for who in WHO)
            yield f"{address.method} {address.rule}  {' '.join(met)}"
    finally:
        event.remove(db.session, "before_commit", _refuse)


def differences(expected: list[str], found: list[str]) -> list[str]:
    """What changed, a sentence a person and address."""
    before, after = _read(expected), _read(found)
    said = [f"{route}: no longer there" for route in before if route not in after]
    said += [f"{route}: new" for route in after if route not in before]
    for route in after:
        for who, outcome in after[route].items():
            was = before.get(route, {}).get(who, outcome)
            if was != outcome:
                said.append(f"{route}: {who} met « {was} », now meets « {outcome} »")
    return said


def _read(written: list[str]) -> dict[str, dict[str, str]]:
    found = {}
    for line in written:
        route, _gap, met = line.partition("  ")
        found[route] = dict(one.split(":", 1) for one in met.split())
    return found


def _path(rule: Rule) -> str:
    values = EXAMPLES | {"slug": SLUGS.get(rule.endpoint.split(".")[0], "comite-famille")}

    def example(part: re.Match[str]) -> str:
        return values.get(part[2], "1" if part[1] == "int:" else "rien")

    return re.sub(r"<((?:\w|[(), ])+:)?(\w+)>", example, rule.rule)


def _cookie(app: Flask, person: Resident | None) -> str:
    """A session of one's own, as the browser keeps it; a visitor has one for the form's sake."""
    with app.test_request_context():
        if person:
            login.start(person, "password")
        session["csrf_token"] = SECRET
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        return str(signer.dumps(dict(session)))


def _meets(visitor: FlaskClient, address: Address, cookie: str) -> str:
    headers = {"Cookie": f"session={cookie}"}
    data = None if address.method == "GET" else FILLED | {"csrf_token": _signed(visitor)}
    db.session.rollback()
    try:
        with visitor.application.app_context():
            answer = visitor.open(address.path, method=address.method, data=data, headers=headers)
            answer.close()
    except WouldAct:
        return "acts"
    except Exception as error:
        return f"broken({type(error).__name__})"
    finally:
        db.session.rollback()
    return _outcome(answer)


@cache
def _signed(visitor: FlaskClient) -> str:
    key = visitor.application.config["SECRET_KEY"]
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(SECRET))


def _outcome(answer: TestResponse) -> str:
    if 300 <= answer.status_code < 400:
        to_sign_in = answer.headers.get("Location", "").startswith("/connexion?")
        return "sign-in" if to_sign_in else "redirect"
    return BY_STATUS.get(answer.status_code, str(answer.status_code))


def _refuse(_session: Any) -> None:
    raise WouldAct
