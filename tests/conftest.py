"""The suite's parts: a real database per engine, an application, someone to act."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

os.environ["MAISONNEE_ENV"] = "testing"
SCRATCH = Path(tempfile.mkdtemp(prefix="maisonnee-tests-"))
os.environ["INSTANCE_PATH"] = str(SCRATCH)
_parts = ExitStack()
_parts.callback(shutil.rmtree, SCRATCH, ignore_errors=True)
ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
if ENGINE == "postgresql":
    from tests.postgres import cluster

    os.environ["DATABASE_URL"] = _parts.enter_context(cluster())
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH / 'suite.db'}"

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, text

from app import create_app
from app.core.db import db
from tests.support import Ledger, Statements, Visitor


def pytest_sessionfinish() -> None:
    _parts.close()


@pytest.fixture(scope="session")
def suite_app() -> Flask:
    """The application on a migrated, empty database."""
    made = create_app()
    with made.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    if ENGINE == "sqlite":
        shutil.copy(SCRATCH / "suite.db", SCRATCH / "empty.db")
    return made


@pytest.fixture
def app(suite_app: Flask) -> Iterator[Flask]:
    """The application, its database emptied after the test."""
    with suite_app.app_context():
        yield suite_app
        db.session.remove()
        _empty()


def _empty() -> None:
    if ENGINE == "sqlite":
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            (SCRATCH / f"suite.db{ending}").unlink(missing_ok=True)
        shutil.copy(SCRATCH / "empty.db", SCRATCH / "suite.db")
        return
    tables = ", ".join(
        f'"{table.name}"' for table in db.metadata.sorted_tables if table.name != "alembic_version"
    )
    with db.engine.begin() as connection:
        # A superuser's replica role sets aside the triggers that guard the ledger.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, signed out."""
    return Visitor(app)


@pytest.fixture
def ledger(app: Flask) -> Ledger:
    """Reads what the ledger holds."""
    return Ledger()


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    """Counts SQL statements."""
    seen = Statements()
    event.listen(db.engine, "before_cursor_execute", seen.note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", seen.note)
