"""Supports when two files are found to be one person's."""

from collections.abc import Iterable

from sqlalchemy import func, select, update

from app.core.db import db
from app.proposals.models import Proposal, Support


def own_supports(resident_id: int) -> list[int]:
    """The supports someone would now be giving to their own proposals."""
    query = select(Support.id).join(Proposal, Proposal.id == Support.proposal_id)
    mine = (Support.resident_id == resident_id, Proposal.author_id == resident_id)
    return list(db.session.scalars(query.where(*mine)))


def count_supports_again(proposal_ids: Iterable[int]) -> None:
    """Make the number shown that of the supports there are; inside an act."""
    standing = (
        select(func.count())
        .where(Support.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    db.session.execute(
        update(Proposal)
        .where(Proposal.id.in_(set(proposal_ids)))
        .values(support_count=standing)
        .execution_options(synchronize_session=False)
    )
