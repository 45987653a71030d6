"""One table of rights: the page, the document and the code read the same."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.holders import holders
from app.administration.cli import DOCUMENT
from app.administration.doors import DOORS
from app.administration.rights_table import as_markdown, subjects
from app.core.db import db
from app.core.rights import RULES, Right, Role, Scope
from tests.factories import make_body, make_grant, make_resident, make_with_role
from tests.support import Visitor

ROOT = Path(__file__).parents[2]
BY_HAND = re.compile(r"grant\.role ==|\.role\.in_\(|Grant\.role ==|has_role\(|\.is_team")
ALLOWED = {
    "app/accounts/models.py": "it is where a right is worked out",
    "app/accounts/holders.py": "it is where a right is worked out, in SQL",
    "app/accounts/role_services.py": "it gives and ends roles",
    "app/administration/role_queries.py": "it lists who holds which role",
    "app/privacy/blockers.py": "it asks whether someone is the last to hold a role",
    "app/moderation/kinds.py": "it tells those who speak for an association",
    "app/moderation/policies.py": "it asks what the other person is, whom they judge",
    "app/desk/kiosk_policies.py": "it asks what the other person is, who signs in there",
    "app/desk/assistance_policies.py": "it asks what the other person is, whom they act for",
    "app/desk/merging.py": "it asks what the two files hold, which only the direction joins",
    "app/bodies/comite_queries.py": "it shows who a comité's référents are",
    "app/bodies/mandate_services.py": "it gives the role that goes with a seat",
    "app/bodies/decision_owners.py": "who may answer for a decision: whom it is given to, no right",
    "app/mandates/electorate.py": "whom a collège sits for: who stands, no right",
}


def test_the_document_says_what_the_table_says(app: Flask) -> None:
    """Write it again with `flask --app wsgi rights write`."""
    assert DOCUMENT.read_text("utf-8") == as_markdown()


def test_the_page_shows_every_right(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.ADMINISTRATOR))

    page = client.get("/administration/droits").text

    for rule in RULES.values():
        assert str(rule.label) in page
    assert sum(len(subject.rows) for subject in subjects()) == len(Right)


ROOMS = (
    "/roles",
    "/journal",
    "/journal/1",
    "/journal/verification",
    "/journal.csv",
    "/journal.json",
)


@pytest.mark.parametrize("role", [None, Role.DESK, Role.REFERENT, Role.CONSEIL])
@pytest.mark.parametrize("room", ROOMS)
def test_only_the_direction_opens_these_rooms(
    client: Visitor, role: Role | None, room: str
) -> None:
    client.sign_in(make_with_role(role) if role else make_resident())

    assert client.get(f"/administration{room}").status_code == 403


def test_the_first_page_shows_each_only_their_rooms(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DESK))

    page = client.get("/administration").text

    assert "/moderation" in page
    assert "/administration/roles" not in page
    assert client.sign_in(make_resident()).get("/administration").status_code == 403


def test_every_door_opens(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.ADMINISTRATOR))

    house = client.application.url_map.bind("")
    addresses = [house.build(door.endpoint, door.values) for door in DOORS]

    assert [client.get(address).status_code for address in addresses] == [200] * len(DOORS)


@pytest.mark.parametrize("right", list(Right))
def test_sql_and_python_agree_on_who_holds_a_right(app: Flask, right: Right) -> None:
    comite = make_body()
    people = [make_resident()]
    for role in Role:
        person = make_resident()
        make_grant(person, role, body_id=comite.id if role is Role.REFERENT else None)
        people.append(person)

    found = set(db.session.scalars(holders(right, body_id=comite.id)))

    assert found == {person.id for person in people if person.may(right, body_id=comite.id)}


def test_every_right_has_someone(app: Flask) -> None:
    assert set(RULES) == set(Right)
    for rule in RULES.values():
        assert rule.holders
        assert Scope.ALL in rule.holders.values() or rule.holders.keys() == {Role.ASSOCIATION}


def test_no_role_is_compared_by_hand() -> None:
    """A right is asked of `may`; what remains says why."""
    found = {
        str(path.relative_to(ROOT))
        for path in [*(ROOT / "app").rglob("*.py")]
        if path.parent.name != "demo" and BY_HAND.search(path.read_text("utf-8"))
    }

    assert found - set(ALLOWED) == set()


def test_no_template_decides_of_a_right_by_role() -> None:
    """`is_team` in a template is for words, in the one page that greets."""
    found = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"is_team|has_role", path.read_text("utf-8"))
    ]

    assert set(found) <= {"mine.html"}
