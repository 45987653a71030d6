"""What the house's own pages show, gathered from every room."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.pagination import Page, paginate
from app.core.search import SearchDocument, matching
from app.notifications.models import Notification


@dataclass(frozen=True)
class Hit:
    """Something found."""

    kind: str
    title: str
    url: str


def search(words: str, number: int) -> Page[Hit] | None:
    """What has every word, in every room; None when the words say nothing."""
    condition = matching(words)
    if condition is None:
        return None
    query = (
        select(SearchDocument.kind, SearchDocument.title, SearchDocument.url)
        .where(condition)
        .order_by(SearchDocument.kind, SearchDocument.id.desc())
    )
    page = paginate(query, number)
    return Page([Hit(*row) for row in page.items], page.number, page.size, page.total)


def my_messages(resident: Resident, number: int) -> Page[Notification]:
    """What a person was told, newest first."""
    query = (
        select(Notification)
        .where(Notification.resident_id == resident.id)
        .order_by(Notification.id.desc())
    )
    return paginate(query, number, scalars=True)
