"""What tests ask of the house: a visitor's browser, what was recorded, told and sent."""

from typing import Any

from flask import Flask, session
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import login
from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.core.db import db
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.notifications.models import Notification


class Visitor(FlaskClient):
    """Someone at their browser, without JavaScript."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, TestResponse, use_cookies=True)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for a page as a real request does: with a `g` and a database session of its own."""
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer

    def sign_in(self, resident: Resident) -> "Visitor":
        """Sign in without typing a password."""
        with self.application.test_request_context():
            login.start(resident, "password")
            token = session[login.TOKEN]
        with self.session_transaction() as mine:
            mine[login.TOKEN] = token
        return self

    def send(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Post a form with a good token; `more` as Werkzeug's client takes it."""
        with self.session_transaction() as mine:
            secret = mine.setdefault("csrf_token", "0123456789abcdef")
        signer = URLSafeTimedSerializer(
            self.application.config["SECRET_KEY"], salt="wtf-csrf-token"
        )
        return self.post(path, data={"csrf_token": signer.dumps(secret), **(data or {})}, **more)


class Ledger:
    """The entries written since the test began."""

    def entries(self, act: Act | None = None) -> list[Entry]:
        query = select(Entry).order_by(Entry.id)
        if act is not None:
            query = query.where(Entry.act == act.value)
        return list(db.session.scalars(query))

    def acts(self) -> list[Act]:
        return [Act(entry.act) for entry in self.entries()]


class Statements:
    """The SQL sent to the database, transaction control aside."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def note(self, _c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")):
            self.sent.append(statement)

    def reset(self) -> None:
        self.sent.clear()

    def __len__(self) -> int:
        return len(self.sent)


def told(resident: Resident) -> list[str]:
    """What a person was told, in order."""
    mine = select(Notification.text).where(Notification.resident_id == resident.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def audited() -> list[str]:
    """The acts in the audit log, in order."""
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
