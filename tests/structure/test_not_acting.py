"""Account security is one's own: no route of it is open to whoever acts for someone."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.rights import Role
from tests.factories import make_resident, make_with_role
from tests.journeys.test_every_page import EXAMPLES
from tests.support import Visitor

OPEN = {
    "accounts.account": "a list of doors",
    "accounts.accept_invitation": "a family matter, done together",
    "accounts.add_child": "a family matter, done together",
    "accounts.adhesion_receipt": "a page to read",
    "accounts.adhesions": "a page to read",
    "accounts.answer_child_consent": "an answer to a purpose, withdrawable as easily",
    "accounts.answer_consent": "an answer to a purpose, withdrawable as easily",
    "accounts.child": "a family matter, done together",
    "accounts.child_consents": "a page to read",
    "accounts.consents": "a page to read",
    "accounts.decline_invitation": "a family matter, done together",
    "accounts.end_link": "a family matter, done together",
    "accounts.family": "a page to read",
    "accounts.home": "a family matter, done together",
    "accounts.invite_guardian": "a family matter, done together",
    "accounts.new_home": "a family matter, done together",
    "accounts.resend": "a mail again, to an address already given",
    "accounts.speak_for": "refused at the desk by its service",
    "accounts.speak_for_oneself": "the way back to oneself",
}
"""Of the rooms that hold the account, what may be done with the desk or by a guardian, and why."""

ROOMS = ("accounts", "privacy")
FOR_EVERYONE = "public"


def closed(app: Flask) -> dict[str, bool]:
    """Each route of one's own account, and whether it refuses those who act for its owner."""
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "not_acting", False)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ROOMS
        and getattr(app.view_functions[rule.endpoint], "policy", FOR_EVERYONE) == "signed_in"
    }


def test_a_route_of_one_s_account_is_closed_to_others_or_says_why_not(suite_app: Flask) -> None:
    unsaid = [name for name, is_closed in closed(suite_app).items() if not is_closed]

    assert [name for name in unsaid if name not in OPEN] == []


def test_the_open_list_names_only_open_routes(suite_app: Flask) -> None:
    assert [name for name in OPEN if closed(suite_app).get(name)] == []


@pytest.fixture
def assisted(client: Visitor) -> Resident:
    """Someone in whose name this browser acts, at the desk."""
    fatou = make_resident("Fatou", email="fatou@example.org", password="soleil-pont-carotte")
    client.sign_in(make_with_role(Role.DESK))
    client.send(f"/accueil/personnes/{fatou.id}/agir", {"present": "1"})
    return fatou


def test_the_desk_changes_nothing_of_the_account_it_helps_with(
    client: Visitor, assisted: Resident
) -> None:
    app = client.application
    addresses = app.url_map.bind("")
    answered = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in (rule.methods or ()) and getattr(view, "not_acting", False):
            values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
            address = addresses.build(rule.endpoint, values)
            answered[rule.endpoint] = client.send(address).status_code

    assert len(answered) > 5
    assert set(answered.values()) == {403}
