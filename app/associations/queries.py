"""The directory, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select

from app.accounts.models import Resident
from app.associations.families import FAMILIES
from app.associations.models import Association, AssociationPublic, Connection
from app.associations.policies import represented_ids
from app.associations.publics import PUBLICS
from app.centre.models import Quartier
from app.core.db import db
from app.core.moderated import SHOWN
from app.core.pagination import Page, paginate
from app.core.search import subject_ids

LISTED = (Association.status == "approved", Association.visibility == SHOWN)


@dataclass(frozen=True)
class Card:
    """An association in a list."""

    name: str
    slug: str
    purpose: str
    family: str
    quartier: str | None
    publics: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """An association the team has to answer for."""

    name: str
    slug: str
    purpose: str
    family: str
    listed_at: datetime
    lister: str | None


@dataclass(frozen=True)
class Mine:
    """An association for which someone speaks, or which they put forward."""

    id: int
    name: str
    slug: str
    status: str


@dataclass(frozen=True)
class AssociationPage:
    """All its page shows; never who belongs to it."""

    id: int
    name: str
    slug: str
    purpose: str
    activities: str
    family: str
    quartier: str | None
    publics: tuple[str, ...]
    rna: str | None
    siren: str | None
    siret: str | None
    email: str | None
    phone: str | None
    website: str | None
    address: str
    status: str
    refusal_reason: str | None
    listed_by_id: int | None
    visibility: str
    hidden_rule: str | None
    moderation_note: str | None
    connected: tuple[tuple[str, str], ...]
    """(name, slug) of those it is connected with."""

    @property
    def is_shown(self) -> bool:
        return self.visibility == SHOWN


def directory(
    number: int, *, words: str = "", family: str = "", quartier_id: int = 0, public: str = ""
) -> Page[Card]:
    """Approved associations by name; three statements."""
    query = (
        select(
            Association.id,
            Association.name,
            Association.slug,
            Association.purpose,
            Association.family,
            Quartier.name.label("quartier"),
        )
        .join(Quartier, isouter=True)
        .where(*LISTED)
        .order_by(Association.folded_name)
    )
    if family:
        query = query.where(Association.family == family)
    if quartier_id:
        query = query.where(Association.quartier_id == quartier_id)
    if public:
        # Whoever serves everybody serves this public too.
        serves = select(AssociationPublic.association_id).where(
            AssociationPublic.public.in_((public, "tous"))
        )
        query = query.where(Association.id.in_(serves))
    found = subject_ids("associations", words)
    if found is not None:
        query = query.where(Association.id.in_(found))
    page = paginate(query, number)
    publics = _publics([row.id for row in page.items])
    cards = [
        Card(
            row.name,
            row.slug,
            row.purpose,
            str(FAMILIES[row.family]),
            row.quartier,
            publics.get(row.id, ()),
        )
        for row in page.items
    ]
    return Page(cards, page.number, page.size, page.total)


def association_page(slug: str) -> AssociationPage | None:
    """What the page of an association shows, whatever its status; three statements."""
    row = db.session.execute(
        select(Association.__table__, Quartier.name.label("quartier"))
        .select_from(Association)
        .join(Quartier, isouter=True)
        .where(Association.slug == slug)
    ).first()
    if row is None:
        return None
    return AssociationPage(
        id=row.id,
        name=row.name,
        slug=row.slug,
        purpose=row.purpose,
        activities=row.activities,
        family=str(FAMILIES[row.family]),
        quartier=row.quartier,
        publics=_publics([row.id]).get(row.id, ()),
        rna=row.rna,
        siren=row.siren,
        siret=row.siret,
        email=row.email,
        phone=row.phone,
        website=row.website,
        address=row.address,
        status=row.status,
        refusal_reason=row.refusal_reason,
        listed_by_id=row.listed_by_id,
        visibility=row.visibility,
        hidden_rule=row.hidden_rule,
        moderation_note=row.moderation_note,
        connected=_connected(row.id),
    )


def association_by_slug(slug: str) -> Association | None:
    """The row, to act upon."""
    return db.session.scalar(select(Association).where(Association.slug == slug))


def waiting(number: int) -> Page[Waiting]:
    """Associations to approve, the oldest first; two statements."""
    query = (
        select(
            Association.name,
            Association.slug,
            Association.purpose,
            Association.family,
            Association.listed_at,
            Resident.full_name.label("lister"),
        )
        .join(Resident, Resident.id == Association.listed_by_id, isouter=True)
        .where(Association.status == "pending")
        .order_by(Association.listed_at, Association.id)
    )
    page = paginate(query, number)
    rows = [
        Waiting(
            row.name,
            row.slug,
            row.purpose,
            str(FAMILIES[row.family]),
            row.listed_at,
            row.lister,
        )
        for row in page.items
    ]
    return Page(rows, page.number, page.size, page.total)


def association_choices() -> list[tuple[int, str]]:
    """(id, name) of approved associations, by name; one statement."""
    rows = db.session.execute(
        select(Association.id, Association.name).where(*LISTED).order_by(Association.folded_name)
    )
    return [(row.id, row.name) for row in rows]


def my_associations(resident: Resident) -> list[Mine]:
    """Those for which the person speaks, and those put forward and not yet approved;
    one statement."""
    spoken_for = Association.id.in_(represented_ids(resident))
    put_forward = (Association.listed_by_id == resident.id) & (Association.status != "approved")
    rows = db.session.execute(
        select(Association.id, Association.name, Association.slug, Association.status)
        .where(or_(spoken_for, put_forward))
        .order_by(Association.folded_name)
    )
    return [Mine(row.id, row.name, row.slug, row.status) for row in rows]


def _publics(association_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = db.session.execute(
        select(AssociationPublic.association_id, AssociationPublic.public).where(
            AssociationPublic.association_id.in_(association_ids)
        )
    ).all()
    return {
        wanted: tuple(
            str(label)
            for code, label in PUBLICS.items()
            if any(row.association_id == wanted and row.public == code for row in rows)
        )
        for wanted in association_ids
    }


def _connected(association_id: int) -> tuple[tuple[str, str], ...]:
    def others(mine: str, other: str) -> Select[tuple[int]]:
        return select(getattr(Connection, other)).where(
            getattr(Connection, mine) == association_id, Connection.status == "accepted"
        )

    rows = db.session.execute(
        select(Association.name, Association.slug)
        .where(
            or_(
                Association.id.in_(others("from_id", "to_id")),
                Association.id.in_(others("to_id", "from_id")),
            ),
            Association.visibility == SHOWN,
        )
        .order_by(Association.folded_name)
    )
    return tuple((row.name, row.slug) for row in rows)
