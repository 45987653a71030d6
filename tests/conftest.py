"""The suite's parts: a real database per engine, an application, someone to act."""

from tests import databases  # before anything of ours: it sets the environment they read

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.core.db import db
from app.core.limits import limiter
from tests.support import Ledger, Statements, Visitor


def pytest_sessionfinish() -> None:
    databases.close()


@pytest.fixture(scope="session")
def suite_app() -> Flask:
    """The application on a migrated, empty database."""
    made = create_app()
    with made.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    databases.keep_as_empty()
    return made


@pytest.fixture
def app(suite_app: Flask) -> Iterator[Flask]:
    """The application, its database emptied after the test."""
    # Here and not once: an application made by another test turns the limits on again.
    limiter.enabled = False
    with suite_app.app_context():
        yield suite_app
        db.session.remove()
        databases.empty_database()


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
