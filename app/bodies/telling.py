"""Telling the members of an instance."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from app.bodies.models import CONSEIL, Body, Mandate, Membership
from app.bodies.queries import live_mandate
from app.core.clock import today
from app.notifications.services import notify_all


def path(endpoint: str, **values: object) -> str:
    """The path of a page, also where no request is being served (a command, a job)."""
    return current_app.url_map.bind("").build(endpoint, values)


def tell_members(body: Body, text: str, url: str, *, details: str = "", **mail: Any) -> None:
    """Notify the members of a comité, or who sits at the conseil; `mail` as `notify_all`."""
    if body.kind == CONSEIL:
        ids = select(Mandate.resident_id).where(Mandate.body_id == body.id, live_mandate(today()))
    else:
        ids = select(Membership.resident_id).where(
            Membership.body_id == body.id, Membership.left_at.is_(None)
        )
    notify_all(ids, text, url, body=details, **mail)
