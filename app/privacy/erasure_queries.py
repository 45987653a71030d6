"""Erasures that wait for their day, for the direction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.pagination import Page, paginate
from app.privacy.models import ErasureRequest


@dataclass(frozen=True)
class Waiting:
    """Someone who leaves, and when."""

    resident_id: int
    name: str
    asked_at: datetime
    due_at: datetime


def waiting_requests(number: int) -> Page[Waiting]:
    """Who leaves, the nearest first; two statements."""
    query = (
        select(Resident.id, Resident.full_name, ErasureRequest.asked_at, ErasureRequest.due_at)
        .join(Resident, Resident.id == ErasureRequest.resident_id)
        .where(ErasureRequest.cancelled_at.is_(None), ErasureRequest.done_at.is_(None))
        .order_by(ErasureRequest.due_at, ErasureRequest.id)
    )
    page = paginate(query, number)
    return Page([Waiting(*row) for row in page.items], page.number, page.size, page.total)
