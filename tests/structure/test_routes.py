"""Every route says who may reach it, and the list of the public ones is reviewed."""

from pathlib import Path

from flask import Flask

LISTED = Path(__file__).with_name("public_routes.txt")
OF_LIBRARIES = {"openapi.spec"}


def policies(app: Flask) -> dict[str, str | None]:
    """The policy of each endpoint."""
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "policy", None)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in OF_LIBRARIES
    }


def test_every_route_has_a_policy(suite_app: Flask) -> None:
    unsaid = [endpoint for endpoint, policy in policies(suite_app).items() if policy is None]

    assert unsaid == []


def test_the_public_routes_are_the_listed_ones(suite_app: Flask) -> None:
    found = sorted(name for name, policy in policies(suite_app).items() if policy == "public")

    assert found == LISTED.read_text("utf-8").split()


def test_a_route_without_a_policy_is_seen() -> None:
    bare = Flask(__name__)
    bare.add_url_rule("/nue", "nue", lambda: "")

    assert policies(bare)["nue"] is None
