"""Migrations go up and down on both engines, and end where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import create_engine, inspect, make_url, text

import config
from app import create_app
from app.core.db import db
from app.core.jobs import init_jobs
from tests.databases import ENGINE


@pytest.fixture
def fresh(suite_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, without a table."""
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    if ENGINE == "postgresql":
        server = make_url(config.Testing.SQLALCHEMY_DATABASE_URI)
        maker = create_engine(server, isolation_level="AUTOCOMMIT")
        with maker.connect() as connection:
            connection.execute(text("CREATE DATABASE fresh"))
        url = server.set(database="fresh").render_as_string(hide_password=False)

    class OnItsOwn(config.Testing):
        SQLALCHEMY_DATABASE_URI = url

    made = create_app(OnItsOwn)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    init_jobs(suite_app)
    if ENGINE == "postgresql":
        with maker.connect() as connection:
            connection.execute(text("DROP DATABASE fresh"))
        maker.dispose()


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
@pytest.mark.filterwarnings("ignore:autogenerate skipping")
def test_migrations_go_up_down_and_up_and_match_the_models(fresh: Flask) -> None:
    upgrade()
    tables = set(inspect(db.engine).get_table_names())
    check()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names())
    upgrade()

    assert tables >= {table.name for table in db.metadata.sorted_tables}
    assert left == {"alembic_version"}
    assert set(inspect(db.engine).get_table_names()) == tables


def test_health_is_down_before_the_migrations(fresh: Flask) -> None:
    answer = fresh.test_client().get("/sante")

    assert answer.status_code == 503
    assert answer.get_json()["migrations"] is False
