"""Every route, as each role: what they meet there is written, reviewed, and held.

After a change that is meant: `script/routes`, then read the difference before committing it.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.clock import PARIS, at
from app.core.db import db
from app.demo.load import load
from app.ledger.models import Entry
from app.notifications.models import Notification
from tests.databases import empty_database
from tests.structure.routes_by_role import differences, lines

WRITTEN = Path(__file__).with_name("routes_by_role.txt")
DAY = datetime(2026, 3, 18, 14, 30, tzinfo=PARIS)
"""A Wednesday afternoon: the demonstration year ends there, always the same."""


@pytest.fixture
def centre(suite_app: Flask) -> Iterator[Flask]:
    """The demonstration centre as it is on that day; the database is emptied after."""
    with at(DAY):
        with suite_app.test_request_context():
            load()
            db.session.remove()
        with suite_app.app_context():
            yield suite_app
            db.session.remove()
            empty_database()


def kept() -> list[int]:
    """How much is written down of what happened."""
    return [
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Entry, AuditEntry, Notification)
    ]


def test_each_role_meets_at_each_address_what_is_written(centre: Flask) -> None:
    before = kept()

    found = list(lines(centre))

    assert kept() == before, "nothing is left of the visit"
    if os.environ.get("WRITE_ROUTES"):
        WRITTEN.write_text("\n".join(found) + "\n", "utf-8")
    assert [line for line in found if "broken(" in line] == []
    assert differences(WRITTEN.read_text("utf-8").splitlines(), found) == []


def test_a_change_is_told_in_a_sentence() -> None:
    before = ["GET /a  visitor:page desk:page", "POST /b  visitor:sign-in desk:acts"]
    after = ["GET /c  visitor:page desk:page", "POST /b  visitor:acts desk:acts"]

    assert differences(before, after) == [
        "GET /a: no longer there",
        "GET /c: new",
        "POST /b: visitor met « sign-in », now meets « acts »",
    ]
