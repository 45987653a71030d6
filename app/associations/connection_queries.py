"""Connections, as those who speak for an association see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.associations.models import Association, Connection
from app.associations.policies import represented_ids
from app.core.pagination import Page, paginate


@dataclass(frozen=True)
class ConnectionRow:
    """A question between two associations; `incoming` when it is asked of mine."""

    id: int
    mine: str
    other: str
    other_slug: str
    message: str
    status: str
    asked_at: datetime
    incoming: bool


def my_connections(resident: Resident, number: int) -> Page[ConnectionRow]:
    """Those of the person's associations, the ones to answer first; two statements."""
    mine = represented_ids(resident)
    asker, asked = aliased(Association), aliased(Association)
    query = (
        select(
            Connection.id,
            Connection.to_id,
            Connection.message,
            Connection.status,
            Connection.asked_at,
            asker.name.label("asker"),
            asker.slug.label("asker_slug"),
            asked.name.label("asked"),
            asked.slug.label("asked_slug"),
        )
        .join(asker, asker.id == Connection.from_id)
        .join(asked, asked.id == Connection.to_id)
        .where(or_(Connection.from_id.in_(mine), Connection.to_id.in_(mine)))
        .order_by(case((Connection.status == "asked", 0), else_=1), Connection.id.desc())
    )
    page = paginate(query, number)
    rows = []
    for row in page.items:
        incoming = row.to_id in mine
        here, there = (row.asked, row.asker) if incoming else (row.asker, row.asked)
        slug = row.asker_slug if incoming else row.asked_slug
        rows.append(
            ConnectionRow(
                row.id, here, there, slug, row.message, row.status, row.asked_at, incoming
            )
        )
    return Page(rows, page.number, page.size, page.total)
