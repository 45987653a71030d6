"""What others read of a person's name, of a child's above all."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from tests.accounts.family_support import make_child, make_lone_child
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Visitor

BY_HAND = ("family_name[:1]", 'Resident.given_name + " "')


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"nickname": "Mimi"},
        {"nickname": ""},
        {"family_name": ""},
        {"year_of_birth": 2020},
        {"year_of_birth": 2020, "nickname": "Mimi"},
        {"year_of_birth": 1980},
        {"erased_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_name_is_the_same_in_python_and_in_sql(app: Flask, fields: dict[str, Any]) -> None:
    resident = make_resident("Aïcha", **{"family_name": "Élouard", **fields})

    names = select(Resident.display_name, Resident.called, Resident.full_name)
    in_sql = db.session.execute(names.where(Resident.id == resident.id)).one()

    assert tuple(in_sql) == (resident.display_name, resident.called, resident.full_name)


def test_a_child_shows_neither_family_name_nor_initial(app: Flask, client: Visitor) -> None:
    """On every list that names people, even where a child should not be found."""
    child = make_lone_child()
    assert child.display_name == "Nour"
    proposal = make_proposal(child)
    comite = make_body()
    make_with_role(Role.REFERENT, body=comite)

    for path in ("/propositions", f"/propositions/{proposal.id}"):
        page = client.get(path).get_data(as_text=True)
        assert "Nour" in page and "Nour Z" not in page and "Zidane" not in page


def test_no_query_puts_a_name_together_by_hand() -> None:
    """Names come from `Resident.display_name`, `called` or `full_name` alone."""
    app_folder = Path(__file__).parents[2] / "app"
    faults = [
        str(path.relative_to(app_folder))
        for path in app_folder.rglob("*.py")
        if any(part in path.read_text("utf-8") for part in BY_HAND) and path.name != "models.py"
    ]

    assert faults == []


def test_a_proposal_written_by_a_child_names_the_child_alone(app: Flask, client: Visitor) -> None:
    comite = make_body(theme="enfant", name="Comité enfant")
    proposal = make_proposal(make_child(), body_id=comite.id)

    page = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)

    assert "Lina" in page
