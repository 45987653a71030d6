"""Telling the members of an instance."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.models import CONSEIL, Body, Mandate, Membership
from app.bodies.queries import live_mandate
from app.core.clock import today
from app.core.db import db
from app.notifications.services import notify


def path(endpoint: str, **values: object) -> str:
    """The path of a page, also where no request is being served (a command, a job)."""
    return current_app.url_map.bind("").build(endpoint, values)


def tell_members(body: Body, text: str, url: str, *, details: str = "", **mail: Any) -> None:
    """Notify every member of a comité, or everyone who sits at the conseil; `mail` as `notify`."""
    if body.kind == CONSEIL:
        ids = select(Mandate.resident_id).where(Mandate.body_id == body.id, live_mandate(today()))
    else:
        ids = select(Membership.resident_id).where(
            Membership.body_id == body.id, Membership.left_at.is_(None)
        )
    for resident in db.session.scalars(
        select(Resident).where(Resident.id.in_(ids)).order_by(Resident.id)
    ):
        notify(resident, text, url, body=details, **mail)
