"""Polls with proxies, claims and paper, and what their rolls say."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model, atomic, db
from app.voting import casting, proxies
from app.voting.models import Emargement, Poll
from app.voting.roll_models import Proxy
from tests.voting.polls import make_poll


@atomic
def keep(*rows: Model) -> None:
    db.session.add_all(rows)


def make_lent(most: int = 1, **fields: Any) -> Poll:
    """An open poll where each may hold so many proxies."""
    return make_poll(proxies_most=most, **fields)


def make_announced(**fields: Any) -> Poll:
    """A poll that opens tomorrow."""
    soon = now() + timedelta(days=1)
    return make_poll(opens_at=soon, closes_at=soon + timedelta(days=1), **fields)


def yes_for(poll: Poll, holder: Resident, principal: Resident) -> None:
    casting.cast(poll, principal, {"choice": "yes"}, holder=holder)


def give(poll: Poll, principal: Resident, holder: Resident) -> None:
    proxies.give(poll, principal, holder)


def given(poll: Poll) -> set[tuple[int, int, bool]]:
    """(principal, holder, whether it served)."""
    rows = select(Proxy.principal_id, Proxy.holder_id, Proxy.is_used).filter_by(poll_id=poll.id)
    return {(row[0], row[1], row[2]) for row in db.session.execute(rows)}


def roll_says(poll: Poll) -> dict[int, tuple[str, bool]]:
    """For each person who signed: by which channel, and whether they were represented."""
    rows = select(Emargement).filter_by(poll_id=poll.id)
    return {row.resident_id: (row.channel, row.represented) for row in db.session.scalars(rows)}
