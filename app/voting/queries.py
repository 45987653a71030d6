"""Polls as pages show them; never a partial result."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.models import Body
from app.core.clock import now
from app.core.db import db
from app.voting import papers
from app.voting.models import Emargement, Poll, PollOption, PublicBallot, RollEntry
from app.voting.wording import Option

COUNTED_SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class PollRow:
    """A poll in a list; `turnout` counts the people who have voted so far."""

    id: int
    title: str
    status: str
    method: str
    is_secret: bool
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    quorum_percent: int
    roll_size: int | None
    turnout: int
    body_name: str | None
    result: dict[str, Any] | None
    options: tuple[Option, ...] = ()

    @property
    def phase(self) -> str:
        """The status, or `counting` between the closing time and the count."""
        over = self.status == "open" and now() >= self.closes_at
        return "counting" if over else self.status


@dataclass(frozen=True)
class PollPage(PollRow):
    """A poll on its own page."""

    text: str = ""
    rules: dict[str, Any] | None = None
    electorate: str = "all"
    body_id: int | None = None
    body_theme: str | None = None
    cancel_reason: str | None = None
    created_by_id: int | None = None
    tellers_needed: int = 0
    proxies_most: int = 0
    has_paper: bool = False
    paper_closed_at: datetime | None = None
    claims_until: datetime | None = None
    quorum_represented: bool = True
    left_out: int = 0
    extendable_until: datetime | None = None
    extended_from: datetime | None = None
    archived_at: datetime | None = None
    is_editable: bool = False
    decision_year: int | None = None
    decision_rank: int | None = None
    decision_title: str | None = None

    @property
    def is_late(self) -> bool:
        """Whether its result should have been there by now."""
        return self.phase == "counting" and now() > self.closes_at + COUNTED_SOON

    @property
    def decision_number(self) -> str | None:
        """« 2026-14 », of the decision it became."""
        return f"{self.decision_year}-{self.decision_rank:02d}" if self.decision_year else None

    @property
    def quorum_there(self) -> int:
        """Voters who count for the quorum."""
        return int((self.result or {}).get("quorum_there", self.turnout - self.left_out))

    def choice_words(self, choice: str) -> list[tuple[str, str]]:
        """A ballot's JSON text as rows of (question, answer)."""
        return papers.words(json.loads(choice), self.rules or {}, self.options)

    @property
    def paper(self) -> papers.Paper:
        """The ballot paper of its method."""
        return papers.paper_of(self.method)


@dataclass(frozen=True)
class OpenPoll:
    """An open poll on the front page."""

    id: int
    title: str
    closes_at: datetime
    turnout: int
    roll_size: int
    quorum_percent: int

    @property
    def quorum_needed(self) -> int:
        """Voters the quorum wants, rounded up."""
        return -(-self.roll_size * self.quorum_percent // 100)


@dataclass(frozen=True)
class MyPart:
    """What a poll is to one person; `represented`: someone voted for them."""

    on_roll: bool
    voted_on: date | None
    represented: bool = False


def _turnout() -> ColumnElement[int]:
    signed = (
        select(func.count())
        .select_from(Emargement)
        .where(Emargement.poll_id == Poll.id)
        .correlate(Poll)
        .scalar_subquery()
    )
    return func.coalesce(Poll.turnout, case((Poll.status == "open", signed), else_=0))


def row_columns() -> tuple[Any, ...]:
    """What a PollRow is made of, from polls joined to bodies."""
    return (
        Poll.id,
        Poll.title,
        Poll.status,
        Poll.method,
        Poll.is_secret,
        Poll.opens_at,
        Poll.closes_at,
        Poll.closed_at,
        Poll.quorum_percent,
        Poll.roll_size,
        _turnout().label("turnout"),
        Body.name.label("body_name"),
        Poll.result,
    )


def poll_page(poll_id: int) -> PollPage | None:
    """A poll and its options, in two statements; None when there is none."""
    row = db.session.execute(
        select(
            *row_columns(),
            Poll.text,
            Poll.rules,
            Poll.electorate,
            Poll.body_id,
            Body.theme.label("body_theme"),
            Poll.cancel_reason,
            Poll.created_by_id,
            Poll.tellers_needed,
            Poll.proxies_most,
            Poll.has_paper,
            Poll.paper_closed_at,
            Poll.claims_until,
            Poll.quorum_represented,
            _left_out().label("left_out"),
            Poll.extendable_until,
            Poll.extended_from,
            Poll.archived_at,
            Poll.typed.is_not(None).label("is_editable"),
            Decision.year.label("decision_year"),
            Decision.rank.label("decision_rank"),
            Decision.title.label("decision_title"),
        )
        .outerjoin(Body, Body.id == Poll.body_id)
        .outerjoin(Decision, Decision.id == Poll.decision_id)
        .where(Poll.id == poll_id)
    ).one_or_none()
    if row is None:
        return None
    return PollPage(**row._mapping, options=tuple(options_of([poll_id]).get(poll_id, ())))


def _left_out() -> ColumnElement[int]:
    """Voters by proxy, where they do not count for the quorum."""
    represented = (
        select(func.count())
        .select_from(Emargement)
        .where(Emargement.poll_id == Poll.id, Emargement.represented)
        .correlate(Poll)
        .scalar_subquery()
    )
    return case((Poll.quorum_represented, 0), else_=represented)


def my_part(poll_id: int, resident_id: int) -> MyPart:
    """Whether someone is on the roll, and the day they voted."""
    row = db.session.execute(
        select(Emargement.day, Emargement.represented)
        .select_from(RollEntry)
        .outerjoin(
            Emargement,
            (Emargement.poll_id == RollEntry.poll_id)
            & (Emargement.resident_id == RollEntry.resident_id),
        )
        .where(RollEntry.poll_id == poll_id, RollEntry.resident_id == resident_id)
    ).one_or_none()
    return MyPart(True, row.day, bool(row.represented)) if row else MyPart(False, None)


def named_choices(poll: PollPage) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who voted what in a public poll, once closed: (name, rows of question and answer), by name.

    Nothing for the children's comité, whose members have no public name.
    """
    if poll.is_secret or poll.phase != "closed" or poll.body_theme == "enfant":
        return []
    rows = db.session.execute(
        select(Resident.display_name, PublicBallot.choice)
        .join(Resident, Resident.id == PublicBallot.resident_id)
        .where(PublicBallot.poll_id == poll.id)
        .order_by(Resident.display_name, Resident.id)
    )
    return [(name, poll.choice_words(choice)) for name, choice in rows]


def my_choice(poll_id: int, resident_id: int) -> str | None:
    """What someone voted in a public poll, to change it."""
    return db.session.scalar(
        select(PublicBallot.choice).where(
            PublicBallot.poll_id == poll_id, PublicBallot.resident_id == resident_id
        )
    )


def open_polls(limit: int) -> list[OpenPoll]:
    """The open polls that close soonest; one statement."""
    rows = db.session.execute(
        select(
            Poll.id,
            Poll.title,
            Poll.closes_at,
            _turnout().label("turnout"),
            func.coalesce(Poll.roll_size, 0).label("roll_size"),
            Poll.quorum_percent,
        )
        .where(Poll.status == "open", Poll.closes_at > now())
        .order_by(Poll.closes_at, Poll.id)
        .limit(limit)
    )
    return [OpenPoll(**row._mapping) for row in rows]


def open_count() -> int:
    """How many polls are open now."""
    is_open = (Poll.status == "open", Poll.closes_at > now())
    return db.session.scalar(select(func.count()).select_from(Poll).where(*is_open)) or 0


def waiting_polls(person: Resident) -> list[tuple[int, str]]:
    """(id, title) of the open polls where someone has still to vote, the first to close first."""
    signed = (Emargement.poll_id == Poll.id) & (Emargement.resident_id == person.id)
    rows = db.session.execute(
        select(Poll.id, Poll.title)
        .join(RollEntry, RollEntry.poll_id == Poll.id)
        .outerjoin(Emargement, signed)
        .where(
            RollEntry.resident_id == person.id,
            Poll.status == "open",
            Poll.closes_at > now(),
            Emargement.resident_id.is_(None),
        )
        .order_by(Poll.closes_at)
    )
    return [(row.id, row.title) for row in rows]


def options_of(poll_ids: Sequence[int]) -> dict[int, list[Option]]:
    """The options of polls, in their order; one statement."""
    found: dict[int, list[Option]] = {}
    if not poll_ids:
        return found
    rows = db.session.execute(
        select(PollOption.poll_id, PollOption.id, PollOption.label, PollOption.proposal_id)
        .where(PollOption.poll_id.in_(poll_ids))
        .order_by(PollOption.poll_id, PollOption.position)
    )
    for poll_id, option_id, label, proposal_id in rows:
        found.setdefault(poll_id, []).append(Option(option_id, label, proposal_id))
    return found
