"""What every page shows besides its own subject."""

from typing import Any

from flask import Flask, g, has_request_context
from flask_login import current_user
from sqlalchemy import func, select

from app.centre.settings import rule
from app.core.db import db
from app.notifications.models import Notification


class Centre:
    """The centre's identity, read when a page asks for it."""

    @property
    def name(self) -> str:
        return str(rule("centre_name"))

    @property
    def address(self) -> str:
        return str(rule("centre_address"))

    @property
    def phone(self) -> str:
        return str(rule("centre_phone"))

    @property
    def email(self) -> str:
        return str(rule("centre_email"))

    @property
    def hours(self) -> str:
        return str(rule("centre_hours"))

    @property
    def legal_representative(self) -> str:
        return str(rule("legal_representative"))

    @property
    def dpo_contact(self) -> str:
        return str(rule("dpo_contact"))


def init_context(app: Flask) -> None:
    """Give templates `centre` and `unread_count`."""
    app.jinja_env.globals["centre"] = Centre()
    app.context_processor(_mine)


def _mine() -> dict[str, Any]:
    if not has_request_context() or not current_user or not current_user.is_authenticated:
        return {"unread_count": 0}
    if "unread_count" not in g:
        g.unread_count = db.session.scalar(
            select(func.count()).where(
                Notification.resident_id == current_user.id, Notification.read_at.is_(None)
            )
        )
    return {"unread_count": g.unread_count}
