"""What a poll's roll is to one person: proxies, a claim, and the work of those who run it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.pagination import Page, paginate
from app.voting.electorate import is_entitled, why_absent
from app.voting.models import Poll
from app.voting.policies import (
    can_answer_claims,
    can_change_proxies,
    can_claim,
    can_run_paper,
    is_open,
)
from app.voting.proxy_queries import MyProxies, my_proxies
from app.voting.queries import MyPart, PollPage
from app.voting.roll_models import RollClaim

PER_PAGE = 20
NO_PROXIES = MyProxies()


@dataclass(frozen=True)
class ClaimRow:
    """Someone's wish to be on a roll, and what was answered."""

    id: int
    name: str
    year_of_birth: int | None
    reason: str
    asked_at: datetime
    outcome: str | None
    answer: str | None


@dataclass(frozen=True)
class RollPart:
    """What the page of a poll says of its roll to someone; all empty for a visitor.

    `has_paper`: paper is a way for them too.
    """

    has_paper: bool = False
    waits_for_paper: bool = False
    why_absent: str = ""
    is_newcomer: bool = False
    may_claim: bool = False
    claim: ClaimRow | None = None
    claims_until: datetime | None = None
    may_give_proxy: bool = False
    proxies: MyProxies = NO_PROXIES
    may_answer_claims: bool = False
    waiting_claims: int = 0
    may_run_paper: bool = False


def roll_part(page: PollPage, person: Resident | None, mine: MyPart | None) -> RollPart:
    """The part of a poll's page about its roll; `mine` is what the page knows already."""
    counting = page.phase == "counting"
    paper = page.has_paper
    waits = paper and counting and page.paper_closed_at is None
    if person is None or mine is None:
        return RollPart(paper, waits)
    poll, moment = db.session.get_one(Poll, page.id), now()
    absent = is_open(poll, moment) and not mine.on_roll
    proxies = my_proxies(poll.id, person.id) if poll.proxies_most else NO_PROXIES
    free = proxies == NO_PROXIES and mine.voted_on is None and can_change_proxies(poll, moment)
    may_vote = mine.on_roll or (poll.status == "scheduled" and is_entitled(poll, person.id))
    may_answer = can_answer_claims(person, poll) and poll.status == "open"
    return RollPart(
        has_paper=paper and may_vote and mine.voted_on is None,
        waits_for_paper=waits,
        why_absent=why_absent(poll, person) if absent else "",
        is_newcomer=person.registered_at > poll.opens_at,
        may_claim=absent and can_claim(poll, moment, on_roll=False),
        claim=my_claim(poll.id, person.id) if absent else None,
        claims_until=poll.claims_until,
        may_give_proxy=free and is_entitled(poll, person.id),
        proxies=proxies,
        may_answer_claims=may_answer,
        waiting_claims=_count_waiting(poll.id) if may_answer else 0,
        may_run_paper=can_run_paper(person, poll) and poll.status != "cancelled",
    )


def claims_of(poll_id: int, page: int) -> Page[ClaimRow]:
    """A poll's claims: those that wait first, the oldest first."""
    query = (
        _claim_columns()
        .where(RollClaim.poll_id == poll_id)
        .order_by(RollClaim.outcome.is_not(None), RollClaim.asked_at, RollClaim.id)
    )
    found = paginate(query, page, PER_PAGE)
    rows = [ClaimRow(**row._mapping) for row in found.items]
    return Page(rows, found.number, found.size, found.total)


def my_claim(poll_id: int, resident_id: int) -> ClaimRow | None:
    """What someone asked of this roll, if they did."""
    row = db.session.execute(
        _claim_columns().where(RollClaim.poll_id == poll_id, RollClaim.resident_id == resident_id)
    ).first()
    return ClaimRow(**row._mapping) if row else None


def _claim_columns() -> Select[Any]:
    columns: tuple[Any, ...] = (
        RollClaim.id,
        Resident.full_name.label("name"),
        Resident.year_of_birth,
        RollClaim.reason,
        RollClaim.asked_at,
        RollClaim.outcome,
        RollClaim.answer,
    )
    return select(*columns).join(Resident, Resident.id == RollClaim.resident_id)


def _count_waiting(poll_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(RollClaim)
            .where(RollClaim.poll_id == poll_id, RollClaim.outcome.is_(None))
        )
        or 0
    )
