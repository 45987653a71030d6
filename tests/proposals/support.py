"""Small questions that the tests of proposals ask."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.centre import settings
from app.core.db import Model, atomic, db
from app.proposals.models import Proposal, Status
from tests.factories import make_category, make_proposal


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


def typed(**more: Any) -> dict[str, Any]:
    """What the form of a new proposal sends."""
    return {
        "title": "Un jardin partagé",
        "text": "Derrière l’école.",
        "category_id": make_category().id,
        "quartier_id": 0,
        "body_id": 0,
        "act": "send",
        **more,
    }
