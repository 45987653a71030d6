"""Collectifs, as pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.associations.models import Collectif, CollectifMember
from app.centre.models import Quartier
from app.core.db import db
from app.core.moderated import HIDDEN, SHOWN
from app.core.pagination import Page, paginate
from app.core.rights import Right


@dataclass(frozen=True)
class CollectifCard:
    """A formed collectif in the list: no names."""

    id: int
    name: str
    purpose: str
    quartier: str | None
    members: int
    formed_on: date | None


@dataclass(frozen=True)
class MyCollectif:
    """One that a person is in or is invited to; `answered` when they joined."""

    id: int
    name: str
    status: str
    answered: bool


@dataclass(frozen=True)
class CollectifPage:
    """What a page shows; `others` names members to members only."""

    id: int
    name: str
    purpose: str
    quartier: str | None
    status: str
    formed_on: date | None
    referent_id: int | None
    referent: str | None
    members: tuple[tuple[int, str], ...]
    visibility: str
    hidden_rule: str | None
    moderation_note: str | None
    standing: str
    """Of whoever looks: « member », « invited », « declined » or empty."""


def hidden_by(collectif_id: int) -> str | None:
    """The rule by which a moderator has hidden a collectif; None when it is not hidden."""
    hidden = Collectif.visibility == HIDDEN
    return db.session.scalar(
        select(Collectif.hidden_rule).where(Collectif.id == collectif_id, hidden)
    )


def formed(number: int, quartier_id: int = 0) -> Page[CollectifCard]:
    """Formed collectifs, the newest first; two statements."""
    members = (
        select(func.count())
        .where(
            CollectifMember.collectif_id == Collectif.id, CollectifMember.accepted_at.is_not(None)
        )
        .scalar_subquery()
    )
    query = (
        select(
            Collectif.id,
            Collectif.name,
            Collectif.purpose,
            Quartier.name.label("quartier"),
            members.label("members"),
            Collectif.formed_on,
        )
        .join(Quartier, isouter=True)
        .where(Collectif.status == "formed", Collectif.visibility == SHOWN)
        .order_by(Collectif.formed_on.desc(), Collectif.id.desc())
    )
    if quartier_id:
        query = query.where(Collectif.quartier_id == quartier_id)
    page = paginate(query, number)
    return Page([CollectifCard(*row) for row in page.items], page.number, page.size, page.total)


def my_collectifs(resident: Resident) -> list[MyCollectif]:
    """Those the person is in, or may answer to; one statement."""
    rows = db.session.execute(
        select(Collectif.id, Collectif.name, Collectif.status, CollectifMember.accepted_at)
        .join(CollectifMember)
        .where(
            CollectifMember.resident_id == resident.id,
            CollectifMember.declined_at.is_(None),
            Collectif.status != "dropped",
        )
        .order_by(Collectif.id.desc())
    )
    return [MyCollectif(row.id, row.name, row.status, row.accepted_at is not None) for row in rows]


def collectif_page(collectif_id: int, viewer: Resident | None) -> CollectifPage | None:
    """A collectif for this viewer, or nothing when it is not theirs to see; two statements."""
    row = db.session.execute(
        select(Collectif.__table__, Quartier.name.label("quartier"))
        .select_from(Collectif)
        .join(Quartier, isouter=True)
        .where(Collectif.id == collectif_id)
    ).first()
    if row is None:
        return None
    people = db.session.execute(
        select(
            CollectifMember.resident_id,
            CollectifMember.accepted_at,
            CollectifMember.declined_at,
            Resident.display_name.label("name"),
        )
        .join(Resident, Resident.id == CollectifMember.resident_id)
        .where(CollectifMember.collectif_id == collectif_id)
        .order_by(CollectifMember.accepted_at, Resident.id)
    ).all()
    standing = ""
    for person in people:
        if viewer is not None and person.resident_id == viewer.id:
            standing = "member" if person.accepted_at else "invited"
            standing = "declined" if person.declined_at else standing
    is_open = (row.status == "formed" and row.visibility == SHOWN) or (
        viewer is not None and viewer.may(Right.OVERSEE_COLLECTIFS)
    )
    belongs = standing == "member" if row.visibility == HIDDEN else bool(standing)
    if not is_open and not belongs:
        return None
    members = tuple((person.resident_id, person.name) for person in people if person.accepted_at)
    return CollectifPage(
        id=row.id,
        name=row.name,
        purpose=row.purpose,
        quartier=row.quartier,
        status=row.status,
        formed_on=row.formed_on,
        referent_id=row.referent_id,
        referent=dict(members).get(row.referent_id) if viewer is not None else None,
        members=members,
        visibility=row.visibility,
        hidden_rule=row.hidden_rule,
        moderation_note=row.moderation_note,
        standing=standing,
    )
