"""Proposals in lists: each list a fixed number of statements, and light rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, and_, func, literal, select, union_all

from app.accounts.models import Resident
from app.bodies.models import COMITE, Body
from app.centre.models import Category, Quartier
from app.centre.settings import rule
from app.core.db import db
from app.core.i18n import _
from app.core.moderated import SHOWN
from app.core.pagination import Page
from app.core.rights import Right
from app.core.search import subject_ids
from app.proposals.authors import author_name
from app.proposals.labels import BY_SLUG
from app.proposals.models import HIDDEN, Proposal, Status, Support

NAMES = ("etat", "categorie", "quartier", "comite")
SORTS = ("recentes", "soutenues")
GATHERING = Status.GATHERING.value
PUBLIC = (
    Proposal.published_at.is_not(None),
    and_(Proposal.visibility == SHOWN, Proposal.status.not_in([s.value for s in HIDDEN])),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal in a list, its lines written out: templates are slow, and lists are long.

    `about` says who, on what and where; `percent` of the supports needed, while it gathers them.
    """

    id: int
    title: str
    status: str
    about: str
    figures: str
    percent: int | None


@dataclass(frozen=True)
class Choice:
    """Something to filter by."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Choices:
    """Everything to filter by, in one statement."""

    categories: tuple[Choice, ...]
    quartiers: tuple[Choice, ...]
    comites: tuple[Choice, ...]


@dataclass(frozen=True)
class Filters:
    """What was asked for, as typed in the address."""

    words: str = ""
    etat: str = ""
    categorie: str = ""
    quartier: str = ""
    comite: str = ""
    tri: str = "recentes"

    @property
    def active(self) -> int:
        """How many narrow the list or change its order."""
        chosen = (self.etat, self.categorie, self.quartier, self.comite)
        return sum(map(bool, chosen)) + (self.tri != SORTS[0])


@dataclass(frozen=True)
class Seeking:
    """A proposal that gathers supports."""

    id: int
    title: str
    body: str | None
    quartier: str | None
    support_count: int


@dataclass(frozen=True)
class Mine:
    """A proposal of one's own."""

    id: int
    title: str
    status: str
    support_count: int
    created_at: datetime


def choices() -> Choices:
    """Categories, quartiers and open comités, by name."""
    kinds = (
        select(literal("c").label("kind"), Category.id, Category.slug, Category.name.label("name")),
        select(literal("q"), Quartier.id, Quartier.slug, Quartier.name),
        select(literal("b"), Body.id, Body.slug, Body.name).where(
            Body.kind == COMITE, Body.closed_on.is_(None)
        ),
    )
    found: dict[str, list[Choice]] = {"c": [], "q": [], "b": []}
    for row in db.session.execute(union_all(*kinds).order_by("name")):
        found[row[0]].append(Choice(row[1], row[2], row[3]))
    return Choices(*(tuple(found[kind]) for kind in "cqb"))


def public_list(filters: Filters, offered: Choices, number: int, size: int) -> Page[Card]:
    """The public list, two statements; a page past the end is a 404, unless it is the first."""
    kept = _conditions(filters, offered)
    total = _total(kept)
    order: tuple[ColumnElement[Any], ...] = (Proposal.published_at.desc(), Proposal.id.desc())
    if filters.tri == "soutenues":
        order = (Proposal.support_count.desc(), Proposal.id.desc())
    # Ids first: pages that are skipped cost an index entry each, and no join.
    wanted = select(Proposal.id).where(*kept).order_by(*order)
    wanted = wanted.limit(size).offset((number - 1) * size)
    query = _cards().where(Proposal.id.in_(wanted)).order_by(*order)
    cards = _written(db.session.execute(query))
    if not cards and number > 1:
        abort(404)
    return Page(cards, number, size, total)


def to_review(person: Resident, number: int, size: int = 20) -> Page[Card]:
    """What waits for this person's answer, the oldest first; two statements."""
    kept = [Proposal.status == Status.SUBMITTED.value]
    if not person.may(Right.DECIDE_PROPOSALS):
        kept.append(Proposal.body_id.in_(person.bodies_where(Right.DECIDE_PROPOSALS)))
    total = db.session.scalar(select(func.count(Proposal.id)).where(*kept)) or 0
    query = _cards().where(*kept).order_by(Proposal.id).limit(size).offset((number - 1) * size)
    cards = _written(db.session.execute(query))
    if not cards and number > 1:
        abort(404)
    return Page(cards, number, size, total)


def seeking_supports(limit: int) -> list[Seeking]:
    """The latest proposals that gather supports; one statement."""
    rows = db.session.execute(
        select(
            Proposal.id,
            Proposal.title,
            Body.name,
            Quartier.name,
            Proposal.support_count,
        )
        .outerjoin(Body, Body.id == Proposal.body_id)
        .outerjoin(Quartier, Quartier.id == Proposal.quartier_id)
        .where(
            Proposal.status == Status.GATHERING.value,
            Proposal.published_at.is_not(None),
            Proposal.visibility == SHOWN,
        )
        .order_by(Proposal.published_at.desc())
        .limit(limit)
    )
    return [Seeking(*row) for row in rows]


def open_for_vote_choices(body_id: int | None) -> list[tuple[int, str, int]]:
    """(id, title, supports) of what may be put to a vote, the most supported first.

    `body_id` keeps the proposals of one body; None keeps them all.
    """
    query = select(Proposal.id, Proposal.title, Proposal.support_count).where(
        Proposal.status == Status.GATHERING.value, Proposal.visibility == SHOWN
    )
    if body_id is not None:
        query = query.where(Proposal.body_id == body_id)
    order = (Proposal.support_count.desc(), Proposal.id)
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(*order))]


def my_proposals(resident: Resident) -> list[Mine]:
    """Every proposal of a person's own, the latest first; one statement."""
    rows = db.session.execute(
        select(
            Proposal.id,
            Proposal.title,
            Proposal.status,
            Proposal.support_count,
            Proposal.created_at,
        )
        .where(Proposal.author_id == resident.id)
        .order_by(Proposal.id.desc())
    )
    return [Mine(*row) for row in rows]


def titles(ids: list[int]) -> dict[int, str]:
    """The titles of these proposals; one statement, none for no ids."""
    if not ids:
        return {}
    rows = db.session.execute(select(Proposal.id, Proposal.title).where(Proposal.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def has_supported(proposal_id: int, resident: Resident | None) -> bool:
    """Whether someone stands behind a proposal."""
    if resident is None:
        return False
    given = select(Support.id).filter_by(proposal_id=proposal_id, resident_id=resident.id)
    return db.session.scalar(given) is not None


def _conditions(filters: Filters, offered: Choices) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = list(PUBLIC)
    status = BY_SLUG.get(filters.etat)
    if status is not None:
        kept.append(Proposal.status == status.value)
    for column, slug, among in (
        (Proposal.category_id, filters.categorie, offered.categories),
        (Proposal.quartier_id, filters.quartier, offered.quartiers),
        (Proposal.body_id, filters.comite, offered.comites),
    ):
        if slug:
            chosen = [choice.id for choice in among if choice.slug == slug]
            kept.append(column.in_(chosen))
    hits = subject_ids("proposals", filters.words)
    if hits is not None:
        kept.append(Proposal.id.in_(hits))
    return kept


def _cards() -> Any:
    return (
        select(
            Proposal.id,
            Proposal.title,
            Proposal.status,
            Proposal.support_count,
            Proposal.comment_count,
            author_name(Body.theme),
            Body.name,
            Quartier.name,
            Category.name,
        )
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Resident, Resident.id == Proposal.author_id)
        .outerjoin(Body, Body.id == Proposal.body_id)
        .outerjoin(Quartier, Quartier.id == Proposal.quartier_id)
    )


def _total(kept: list[ColumnElement[bool]]) -> int:
    count = select(func.count()).select_from(Proposal)
    if len(kept) > len(PUBLIC):
        return db.session.scalar(count.where(*kept)) or 0
    # An index alone answers both, far faster than the state of each row compared.
    published = count.where(PUBLIC[0]).scalar_subquery()
    hidden = count.where(PUBLIC[0], ~PUBLIC[1]).scalar_subquery()
    return db.session.scalar(select(published - hidden)) or 0


def _written(rows: Iterable[Any]) -> list[Card]:
    gone, needed, of = _("Un ancien membre"), rule("supports_needed"), _("sur")
    supports = (_("soutien"), _("soutiens"))
    comments = (_("commentaire"), _("commentaires"))
    cards = []
    for id_, title, status, given, said, author, body, quartier, category in rows:
        about = " · ".join(part for part in (author or gone, category, quartier, body) if part)
        figures, percent = f"{given} {supports[given > 1]}", None
        if status == GATHERING:
            figures, percent = f"{figures} {of} {needed}", min(100, 100 * given // needed)
        if said:
            figures = f"{figures} · {said} {comments[said > 1]}"
        cards.append(Card(id_, title, status, about, figures, percent))
    return cards
