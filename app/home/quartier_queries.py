"""What concerns one quartier, gathered from every room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.associations import queries as associations
from app.bodies.decision_models import Decision
from app.bodies.models import Body
from app.bodies.queries import DecisionLine, decision_columns, decision_line
from app.centre.models import Quartier
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import db
from app.entraide.queries import live_counts
from app.ledger.acts import Act
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.partners import queries as partners
from app.programme import queries as programme
from app.programme.models import Action, Session
from app.programme.queries import Filters, SessionCard
from app.proposals.models import Proposal
from app.proposals.queries import PUBLIC

SOME = 6


@dataclass(frozen=True)
class QuartierLine:
    """A quartier in the list: sessions to come, and proposals that everyone reads."""

    name: str
    slug: str
    is_qpv: bool
    coming: int
    proposals: int


@dataclass(frozen=True)
class Idea:
    """A proposal about the quartier."""

    id: int
    title: str
    status: str
    support_count: int


@dataclass(frozen=True)
class Figures:
    """What was held outside the walls there since the first of January, cancelled or voided aside.

    `people` adds those who came each time; None where so few came that they might be known.
    """

    year: int
    sessions: int
    people: int | None


@dataclass(frozen=True)
class QuartierPage:
    """All its page shows; the first few of each, and how many there are.

    `help_offers` and `help_requests` are numbers alone: what they say is for people signed in.
    """

    id: int
    name: str
    slug: str
    is_qpv: bool
    retired_on: date | None
    coming: Sequence[SessionCard]
    past: Sequence[SessionCard]
    proposals: Sequence[Idea]
    decisions: Sequence[DecisionLine]
    associations: Sequence[associations.Card]
    associations_total: int
    partners: Sequence[partners.PartnerCard]
    partners_total: int
    figures: Figures
    help_offers: int
    help_requests: int


def quartiers() -> list[QuartierLine]:
    """Those offered, in order; one statement."""
    coming = (
        select(func.count(Session.id))
        .join(Action, Action.id == Session.action_id)
        .where(
            Action.quartier_id == Quartier.id,
            Session.status == "planned",
            Session.ends_at > now(),
        )
        .correlate(Quartier)
        .scalar_subquery()
    )
    ideas = (
        select(func.count(Proposal.id))
        .where(Proposal.quartier_id == Quartier.id, *PUBLIC)
        .correlate(Quartier)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Quartier.name, Quartier.slug, Quartier.is_qpv, coming, ideas)
        .where(Quartier.retired_on.is_(None))
        .order_by(Quartier.position, Quartier.name)
    )
    return [QuartierLine(*row) for row in rows]


def quartier_page(slug: str) -> QuartierPage | None:
    """One quartier, retired or not; a constant number of statements."""
    quartier = db.session.scalar(select(Quartier).where(Quartier.slug == slug))
    if quartier is None:
        return None
    there = Filters(quartier_id=quartier.id)
    groups = associations.directory(1, quartier_id=quartier.id)
    serving = partners.directory(1, quartier_id=quartier.id)
    help_offers, help_requests = live_counts(quartier.id)
    return QuartierPage(
        id=quartier.id,
        name=quartier.name,
        slug=quartier.slug,
        is_qpv=quartier.is_qpv,
        retired_on=quartier.retired_on,
        coming=programme.sessions(1, filters=there).items[:SOME],
        past=programme.sessions(1, past=True, filters=there).items[:SOME],
        proposals=_proposals(quartier.id),
        decisions=_decisions(quartier.id),
        associations=groups.items[:SOME],
        associations_total=groups.total,
        partners=serving.items[:SOME],
        partners_total=serving.total,
        figures=_figures(quartier.id),
        help_offers=help_offers,
        help_requests=help_requests,
    )


def _proposals(quartier_id: int) -> list[Idea]:
    rows = db.session.execute(
        select(Proposal.id, Proposal.title, Proposal.status, Proposal.support_count)
        .where(Proposal.quartier_id == quartier_id, *PUBLIC)
        .order_by(Proposal.published_at.desc(), Proposal.id.desc())
        .limit(SOME)
    )
    return [Idea(*row) for row in rows]


def slug_of(quartier_id: int) -> str | None:
    """Where its page is, for whoever knows its number alone."""
    return db.session.scalar(select(Quartier.slug).where(Quartier.id == quartier_id))


def _decisions(quartier_id: int) -> list[DecisionLine]:
    """Those made of a proposal about the quartier."""
    about = select(Proposal.id).where(Proposal.quartier_id == quartier_id)
    rows = db.session.execute(
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .where(Decision.proposal_id.in_(about))
        .order_by(Decision.year.desc(), Decision.rank.desc())
        .limit(SOME)
    )
    return [decision_line(row) for row in rows]


def _figures(quartier_id: int) -> Figures:
    year = today().year
    sessions, people = db.session.execute(
        select(func.count(Entry.id), func.sum(Entry.head_count)).where(
            Entry.act == Act.SESSION_HELD.value,
            Entry.offsite.is_(True),
            Entry.quartier_id == quartier_id,
            Entry.day >= date(year, 1, 1),
            is_live(),
        )
    ).one()
    everyone = people or 0
    shown = everyone == 0 or everyone >= int(rule("public_threshold"))
    return Figures(year, sessions, everyone if shown else None)
