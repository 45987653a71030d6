"""Telling the members of an instance."""

from typing import Any

from flask import current_app
from sqlalchemy import Select, select

from app.bodies.models import CONSEIL, Body, Mandate, Membership, Subscription
from app.bodies.queries import live_mandate
from app.core.clock import today
from app.core.i18n import _
from app.notifications.services import notify_all


def path(endpoint: str, **values: object) -> str:
    """The path of a page, also where no request is being served (a command, a job)."""
    return current_app.url_map.bind("").build(endpoint, values)


def tell_members(body: Body, text: str, url: str, *, details: str = "", **mail: Any) -> None:
    """Notify the members of a comité, or who sits at the conseil; `mail` as `notify_all`."""
    notify_all(_members(body), text, url, body=details, **mail)


def tell_subscribers(body: Body, text: str, url: str) -> None:
    """Notify who asked to be told of the minutes, members apart: these are told as such."""
    ids = select(Subscription.resident_id).where(
        Subscription.body_id == body.id, Subscription.resident_id.not_in(_members(body))
    )
    home = path("bodies.conseil") if body.kind == CONSEIL else path("bodies.show", slug=body.slug)
    details = _(
        "Vous aviez demandé à être prévenu. Pour ne plus l’être : %(page)s",
        page=f"{current_app.config['PUBLIC_URL']}{home}",
    )
    notify_all(ids, text, url, body=details)


def _members(body: Body) -> Select[Any]:
    if body.kind == CONSEIL:
        return select(Mandate.resident_id).where(Mandate.body_id == body.id, live_mandate(today()))
    return select(Membership.resident_id).where(
        Membership.body_id == body.id, Membership.left_at.is_(None)
    )
