"""The audit log holds, and shows where it was touched."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.audit import services
from app.audit.acts import AuditAct
from app.audit.models import AuditEntry, AuditHead
from app.core.db import atomic, db
from tests.at_once import refused_at_once
from tests.factories import make_resident


@atomic
def noted(reason: str = "essai") -> None:
    services.note(AuditAct.SETTING_CHANGED, None, before=1, after=2, reason=reason)


def untriggered(statement: str) -> None:
    """Write as someone who owns the database would."""
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entries_no_update"))
            connection.execute(text("DROP TRIGGER audit_entries_no_delete"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))


def test_lines_follow_one_another(app: Flask) -> None:
    for _ in range(3):
        noted()

    assert list(services.faults()) == []
    assert db.session.get_one(AuditHead, 1).count == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET act = 'role:given' WHERE id = 2",
        "UPDATE audit_entries SET by_id = 7 WHERE id = 2",
        "UPDATE audit_entries SET details = NULL WHERE id = 2",
        "DELETE FROM audit_entries WHERE id = 2",
    ],
)
def test_the_database_refuses_a_change(app: Flask, statement: str) -> None:
    for _ in range(3):
        noted()

    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text(statement))

    assert list(services.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET act = 'role:given' WHERE id = 2",
        'UPDATE audit_entries SET details = \'{"reason": "autre"}\' WHERE id = 2',
        "DELETE FROM audit_entries WHERE id = 2",
        "DELETE FROM audit_entries WHERE id = 3",
    ],
)
def test_whoever_owns_the_database_leaves_a_trace(app: Flask, statement: str) -> None:
    for _ in range(3):
        noted()

    untriggered(statement)

    assert list(services.faults()) != []


def test_details_about_someone_are_forgotten_and_the_chain_holds(app: Flask) -> None:
    resident = make_resident()

    @atomic
    def about() -> None:
        services.note(AuditAct.CODE_GIVEN, None, resident, reason="carte perdue par Fatou")

    about()
    noted()

    assert services.forget_details("residents", resident.id) == 1
    assert list(services.faults()) == []
    first = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
    assert first is not None
    assert first.details is None


def test_two_acts_at_once_make_one_chain(app: Flask) -> None:
    """Without the lock on the head, both would follow the same line and one would be refused."""
    assert refused_at_once(app, [noted] * 6) == []
    assert list(services.faults()) == []
    assert db.session.get_one(AuditHead, 1).count == 6


def test_the_command_says_what_it_found(app: Flask) -> None:
    noted()
    noted()
    verify = app.test_cli_runner().invoke

    assert verify(args=["audit", "verify"]).exit_code == 0
    untriggered("DELETE FROM audit_entries WHERE id = 1")
    db.session.rollback()
    broken = verify(args=["audit", "verify"])

    assert broken.exit_code == 1
    assert "1 : ligne absente" in broken.output
