"""The directory of partners, and what one partner does with the centre, as pages show it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from app.centre.models import Quartier
from app.core.db import db
from app.core.pagination import Page, paginate
from app.core.search import subject_ids
from app.partners.models import (
    ActionPartner,
    Contact,
    Mission,
    Partner,
    PartnerMission,
    PartnerPublic,
    PartnerQuartier,
    SessionPartner,
)
from app.partners.words import EVERYBODY, PARTNER_KINDS, PUBLICS
from app.programme.models import Action, Session

MOST_SESSIONS = 8


@dataclass(frozen=True)
class PartnerCard:
    """A partner in a list."""

    id: int
    name: str
    slug: str
    kind: str
    purpose: str
    missions: tuple[str, ...]
    publics: tuple[str, ...]
    quartiers: tuple[str, ...]


@dataclass(frozen=True)
class SessionShared:
    """A session held with a partner."""

    action_id: int
    title: str
    starts_at: datetime


@dataclass(frozen=True)
class PartnerPage:
    """All that anyone reads of a partner."""

    card: PartnerCard
    address: str
    email: str | None
    phone: str | None
    website: str | None
    archived_on: date | None
    actions: Sequence[tuple[int, str]]
    sessions: Sequence[SessionShared]


@dataclass(frozen=True)
class MissionRow:
    """A mission in the team's list."""

    id: int
    name: str
    retired_on: date | None


def directory(
    number: int,
    *,
    words: str = "",
    kind: str = "",
    mission_id: int = 0,
    public: str = "",
    quartier_id: int = 0,
    archived: bool = False,
) -> Page[PartnerCard]:
    """Partners by name; five statements at most, however many they are."""
    put_away = Partner.archived_on.is_not(None)
    query = (
        select(Partner.id, Partner.name, Partner.slug, Partner.kind, Partner.purpose)
        .where(put_away if archived else ~put_away)
        .order_by(Partner.folded_name)
    )
    if kind:
        query = query.where(Partner.kind == kind)
    if mission_id:
        having = select(PartnerMission.partner_id).where(PartnerMission.mission_id == mission_id)
        query = query.where(Partner.id.in_(having))
    if public:
        serving = select(PartnerPublic.partner_id).where(
            PartnerPublic.public.in_((public, EVERYBODY))
        )
        query = query.where(Partner.id.in_(serving))
    if quartier_id:
        query = query.where(serves_quartier(quartier_id))
    found = subject_ids("partners", words)
    if found is not None:
        query = query.where(Partner.id.in_(found))
    page = paginate(query, number)
    return Page(_cards(page.items), page.number, page.size, page.total)


def serves_quartier(quartier_id: int) -> Any:
    """Condition on Partner: it works there, or everywhere."""
    theirs = select(PartnerQuartier.partner_id)
    there = theirs.where(PartnerQuartier.quartier_id == quartier_id)
    return or_(Partner.id.in_(there), Partner.id.not_in(theirs))


def partner_by_slug(slug: str) -> Partner | None:
    """The row, to act upon."""
    return db.session.scalar(select(Partner).where(Partner.slug == slug))


def partner_page(partner: Partner) -> PartnerPage:
    """What its page shows to anyone; five statements."""
    actions = db.session.execute(
        select(Action.id, Action.title)
        .join(ActionPartner, ActionPartner.action_id == Action.id)
        .where(ActionPartner.partner_id == partner.id)
        .order_by(Action.title)
    )
    sessions = db.session.execute(
        select(Session.action_id, Action.title, Session.starts_at)
        .join(Action, Action.id == Session.action_id)
        .join(SessionPartner, SessionPartner.session_id == Session.id)
        .where(SessionPartner.partner_id == partner.id, Session.status == "held")
        .order_by(Session.starts_at.desc())
        .limit(MOST_SESSIONS)
    )
    return PartnerPage(
        card=_cards([partner])[0],
        address=partner.address,
        email=partner.email,
        phone=partner.phone,
        website=partner.website,
        archived_on=partner.archived_on,
        actions=[(row.id, row.title) for row in actions],
        sessions=[SessionShared(*row) for row in sessions],
    )


def contacts(partner_id: int) -> Sequence[Contact]:
    """Whom the team asks for, by name; one statement. For the team alone."""
    query = select(Contact).where(Contact.partner_id == partner_id).order_by(Contact.name)
    return db.session.scalars(query).all()


def mission_choices(keep: Sequence[int] = ()) -> list[tuple[int, str]]:
    """(id, name) of the missions offered, in order, and of those a form already holds."""
    rows = db.session.execute(
        select(Mission.id, Mission.name)
        .where(or_(Mission.retired_on.is_(None), Mission.id.in_(keep)))
        .order_by(Mission.position, Mission.name)
    )
    return [(row.id, row.name) for row in rows]


def mission_rows() -> list[MissionRow]:
    """Every mission, those retired last; one statement."""
    rows = db.session.execute(
        select(Mission.id, Mission.name, Mission.retired_on).order_by(
            Mission.retired_on.is_not(None), Mission.position, Mission.name
        )
    )
    return [MissionRow(*row) for row in rows]


def partner_choices() -> list[tuple[int, str]]:
    """(id, name) of the partners of the directory, by name; one statement."""
    rows = db.session.execute(
        select(Partner.id, Partner.name)
        .where(Partner.archived_on.is_(None))
        .order_by(Partner.folded_name)
    )
    return [(row.id, row.name) for row in rows]


def parts_in_action(action_id: int) -> dict[int, str]:
    """The part of each partner in an action, by its number; one statement."""
    rows = db.session.execute(
        select(ActionPartner.partner_id, ActionPartner.role).where(
            ActionPartner.action_id == action_id
        )
    )
    return {row.partner_id: row.role for row in rows}


def parts_in_session(session_id: int) -> dict[int, str]:
    """The part of each partner at a session, by its number; one statement."""
    rows = db.session.execute(
        select(SessionPartner.partner_id, SessionPartner.role).where(
            SessionPartner.session_id == session_id
        )
    )
    return {row.partner_id: row.role for row in rows}


def _cards(rows: Sequence[Any]) -> list[PartnerCard]:
    ids = [row.id for row in rows]
    missions = _names(
        select(PartnerMission.partner_id, Mission.name)
        .join(Mission, Mission.id == PartnerMission.mission_id)
        .where(PartnerMission.partner_id.in_(ids))
        .order_by(Mission.position, Mission.name)
    )
    quartiers = _names(
        select(PartnerQuartier.partner_id, Quartier.name)
        .join(Quartier, Quartier.id == PartnerQuartier.quartier_id)
        .where(PartnerQuartier.partner_id.in_(ids))
        .order_by(Quartier.position, Quartier.name)
    )
    publics = _names(
        select(PartnerPublic.partner_id, PartnerPublic.public).where(
            PartnerPublic.partner_id.in_(ids)
        )
    )
    return [
        PartnerCard(
            row.id,
            row.name,
            row.slug,
            str(PARTNER_KINDS[row.kind]),
            row.purpose,
            missions.get(row.id, ()),
            tuple(str(words) for code, words in PUBLICS.items() if code in publics.get(row.id, ())),
            quartiers.get(row.id, ()),
        )
        for row in rows
    ]


def _names(query: Any) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for partner_id, name in db.session.execute(query):
        found[partner_id] += (name,)
    return found
