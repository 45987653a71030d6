"""The direction sets the centre's rules."""

import pytest

from app.centre.queries import quartiers
from app.centre.settings import RULES, rule
from app.core.rights import Role
from tests.factories import make_resident, make_with_role
from tests.support import Visitor


def typed(**changed: object) -> dict[str, object]:
    return {key: one.default or "Le centre" for key, one in RULES.items()} | changed


def test_the_director_changes_a_rule(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/reglages", typed(supports_needed=35, centre_name="Maison du Pont"))

    assert answer.status_code == 302
    assert rule("supports_needed") == 35
    assert "Maison du Pont" in client.get("/accessibilite").text


@pytest.mark.parametrize("value", ["0", "99999", "beaucoup", ""])
def test_an_impossible_rule_changes_nothing_and_keeps_what_was_typed(
    client: Visitor, value: str
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/reglages", typed(supports_needed=value, centre_name="Maison du Pont"))

    assert answer.status_code == 422
    assert 'value="Maison du Pont"' in answer.text
    assert rule("supports_needed") == RULES["supports_needed"].default
    assert rule("centre_name") != "Maison du Pont"


def test_a_quartier_is_added_once(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    first = client.send("/reglages/quartiers", {"name": "La Source", "is_qpv": "y"})
    second = client.send("/reglages/quartiers", {"name": "La Source"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "existe déjà" in second.text
    assert quartiers() == [("La Source", True)]


def test_a_category_is_added(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send("/reglages/categories", {"name": "Cadre de vie"})

    assert "Cadre de vie" in client.get("/reglages/categories").text


def test_a_resident_sets_nothing(client: Visitor) -> None:
    client.sign_in(make_resident())

    assert client.send("/reglages", typed(supports_needed=1)).status_code == 403
    assert client.send("/reglages/quartiers", {"name": "Ailleurs"}).status_code == 403
    assert rule("supports_needed") == RULES["supports_needed"].default
    assert quartiers() == []
