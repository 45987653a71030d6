"""Small questions that the tests of proposals ask."""

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.centre import settings
from app.core.db import Model, atomic, db
from app.notifications.models import Notification
from app.proposals.models import Proposal, Status
from tests.factories import make_proposal


def told(resident: Resident) -> list[str]:
    """What a person was told, in order."""
    mine = select(Notification.text).where(Notification.resident_id == resident.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def count(model: type[Model]) -> int:
    """How many rows of a table there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@atomic
def set_rule(key: str, value: int) -> None:
    settings.change(key, value)


def waiting(author: Resident | None = None, **fields: object) -> Proposal:
    """A proposal that waits to be examined."""
    return make_proposal(author, status=Status.SUBMITTED.value, published_at=None, **fields)


def drafted(author: Resident | None = None, **fields: object) -> Proposal:
    """A draft."""
    return make_proposal(author, status=Status.DRAFT.value, published_at=None, **fields)


def author_of(proposal: Proposal) -> Resident:
    """Its author, who is there."""
    assert proposal.author is not None
    return proposal.author
