"""What the house's own pages show, gathered from every room."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Resident
from app.associations.collectif_queries import MyCollectif, my_collectifs
from app.associations.queries import Mine as MyAssociation
from app.associations.queries import my_associations
from app.bodies.decision_queries import owned_decisions
from app.bodies.models import Body, Membership
from app.bodies.queries import DecisionLine, MeetingLine, latest_decisions, next_meetings
from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.core.pagination import Page, paginate
from app.core.search import SearchDocument, matching
from app.entraide.thread_queries import my_turn_count
from app.indicators.queries import Highlights, highlights
from app.notifications.models import Notification
from app.proposals.queries import Mine as MyProposal
from app.proposals.queries import Seeking, my_proposals, seeking_supports
from app.voting.queries import OpenPoll, open_count, open_polls, waiting_polls

SHOWN = 2
NEWEST = 5


@dataclass(frozen=True)
class FrontPage:
    """What is happening now; `open_polls` counts them all, `polls` names the first ones."""

    open_polls: int
    polls: Sequence[OpenPoll]
    proposals: Sequence[Seeking]
    meetings: Sequence[MeetingLine]
    decisions: Sequence[DecisionLine]
    supports_needed: int
    highlights: Highlights

    @property
    def is_quiet(self) -> bool:
        return not (self.polls or self.proposals or self.meetings or self.decisions)


def front_page() -> FrontPage:
    """Seven statements, the settings included."""
    return FrontPage(
        open_polls=open_count(),
        polls=open_polls(2),
        proposals=seeking_supports(SHOWN),
        meetings=next_meetings(2),
        decisions=latest_decisions(2),
        supports_needed=rule("supports_needed"),
        highlights=highlights(today().year),
    )


@dataclass(frozen=True)
class MySpace:
    """What concerns one person."""

    votes: Sequence[tuple[int, str]]
    proposals: Sequence[MyProposal]
    comites: Sequence[tuple[str, str]]
    associations: Sequence[MyAssociation]
    collectifs: Sequence[MyCollectif]
    decisions: Sequence[DecisionLine]
    messages: Sequence[Notification]
    help_waiting: int


def my_space(resident: Resident) -> MySpace:
    """A constant number of statements."""
    return MySpace(
        votes=waiting_polls(resident),
        proposals=my_proposals(resident),
        comites=_my_comites(resident),
        associations=my_associations(resident),
        collectifs=my_collectifs(resident),
        decisions=owned_decisions(resident.id),
        messages=my_messages(resident, 1).items[:NEWEST],
        help_waiting=my_turn_count(resident),
    )


def _my_comites(resident: Resident) -> list[tuple[str, str]]:
    """(slug, name) of the comités the person has joined."""
    rows = db.session.execute(
        select(Body.slug, Body.name)
        .join(Membership, Membership.body_id == Body.id)
        .where(Membership.resident_id == resident.id, Membership.left_at.is_(None))
        .order_by(Body.name)
    )
    return [(row.slug, row.name) for row in rows]


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
