"""Telling many people of a call: one statement for the site, then a mail for each address."""

from typing import Any

from sqlalchemy import Select, insert, literal, select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import db
from app.core.mail import send_mail
from app.notifications.models import Notification


def tell(people: Select[Any], text: str, url: str, body: str) -> None:
    """Tell those whose numbers the query gives, inside the caller's act."""
    columns = ["resident_id", "text", "url", "created_at"]
    living = (
        Resident.erased_at.is_(None),
        Resident.closed_at.is_(None),
        Resident.merged_into_id.is_(None),
        Resident.id.in_(people),
    )
    rows = select(
        Resident.id,
        literal(text[:300]),
        literal(url),
        literal(now(), Notification.created_at.type),
    ).where(*living)
    db.session.execute(insert(Notification).from_select(columns, rows, include_defaults=False))
    reachable = select(Resident).where(*living, Resident.email_confirmed_at.is_not(None))
    centre = {key: rule(f"centre_{key}") for key in ("name", "address", "phone")}
    for resident in db.session.scalars(reachable.order_by(Resident.id)).all():
        if resident.email:
            send_mail(
                resident.email,
                "notice",
                resident=resident,
                text=text,
                body=body,
                url=url,
                centre=centre,
            )
