"""The database keeps its promises on both engines."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core.db import atomic, db
from app.ledger.acts import Act
from app.ledger.services import record
from tests.factories import make_resident
from tests.support import Ledger


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger_entries SET act = 'x'", "DELETE FROM ledger_entries"]
)
def test_the_ledger_refuses_change_even_by_sql(ledger: Ledger, sql: str) -> None:
    resident = make_resident()
    atomic(record)(Act.RESIDENT_REGISTERED, actor=resident)

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(sql))

    db.session.rollback()
    assert ledger.acts() == [Act.RESIDENT_REGISTERED]


def test_health_says_the_house_stands(client: FlaskClient) -> None:
    answer = client.get("/sante")

    assert answer.status_code == 200
    assert answer.get_json()["migrations"] is True


def test_what_fails_is_told_without_its_values(ledger: Ledger) -> None:
    with pytest.raises(DatabaseError) as failed:
        db.session.execute(text("SELECT * FROM nowhere WHERE email = :email"), {"email": "a@b.fr"})

    db.session.rollback()
    assert "a@b.fr" not in str(failed.value)
