"""The directory of partners and the list of missions: added to, changed, put away, taken back."""

from typing import TypeVar

from sqlalchemy import delete, func, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.models import Quartier
from app.core import search
from app.core.clock import today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.search_text import fold
from app.core.slugs import free_slug, slug_of
from app.core.typography import typo
from app.partners.details import ContactDetails, PartnerDetails
from app.partners.models import Contact, Mission, Partner, PartnerPublic
from app.partners.policies import can_keep_partners
from app.partners.words import PARTNER_KINDS

NOT_SLUGS = frozenset(
    {"nouveau", "qui-fait-quoi", "reseau", "missions", "contacts", "conventions", "orientations"}
)
Row = TypeVar("Row", Mission, Quartier)


@atomic
def add_partner(person: Resident, details: PartnerDetails) -> Partner:
    """Put a partner in the directory.

    Silent: what counts is what is done together.

    Raises:
        Forbidden: not of the team.
        Invalid: something that cannot be.
        Conflict: there is one of this name.
    """
    refuse_outsiders(person)
    partner = Partner(
        slug=free_slug(Partner.slug, details.name, otherwise="partenaire", kept=NOT_SLUGS)
    )
    _describe(partner, details)
    note(AuditAct.PARTNER_CHANGED, person, partner, after={"name": partner.name})
    return partner


@atomic
def edit_partner(person: Resident, partner: Partner, details: PartnerDetails) -> None:
    """Change what is said of a partner. Silent, and raises, as `add_partner`."""
    refuse_outsiders(person)
    lock(partner)
    _describe(partner, details)


@atomic
def archive_partner(person: Resident, partner: Partner) -> None:
    """Take a partner out of the directory; all that was done together stays.

    Silent, as `add_partner`.

    Raises:
        Forbidden: not of the team.
        Conflict: put away already.
    """
    refuse_outsiders(person)
    lock(partner)
    if partner.archived_on is not None:
        raise Conflict(_("Ce partenaire est déjà rangé."))
    partner.archived_on = today()
    search.unindex("partners", partner.id)
    note(AuditAct.PARTNER_CHANGED, person, partner, after={"archived": True})


@atomic
def restore_partner(person: Resident, partner: Partner) -> None:
    """Put a partner back in the directory. Silent, and raises, as `archive_partner`."""
    refuse_outsiders(person)
    lock(partner)
    if partner.archived_on is None:
        raise Conflict(_("Ce partenaire est déjà dans l’annuaire."))
    partner.archived_on = None
    _index(partner)
    note(AuditAct.PARTNER_CHANGED, person, partner, after={"archived": False})


@atomic
def save_contact(
    person: Resident, partner: Partner, details: ContactDetails, contact: Contact | None = None
) -> Contact:
    """Write down whom to ask for, or correct it.

    Silent: an address book is not participation.

    Raises:
        Forbidden: not of the team.
        Invalid: no name, or a telephone number that cannot be.
    """
    refuse_outsiders(person)
    given = details.checked()
    kept = contact or Contact(partner_id=partner.id)
    kept.name, kept.role, kept.phone, kept.email = given.name, given.role, given.phone, given.email
    db.session.add(kept)
    db.session.flush()
    return kept


@atomic
def remove_contact(person: Resident, contact_id: int) -> None:
    """Forget a contact for good; nothing happens if it is not there. Silent, as `save_contact`."""
    refuse_outsiders(person)
    db.session.execute(delete(Contact).where(Contact.id == contact_id))


@atomic
def add_mission(person: Resident, name: str) -> Mission:
    """Add a mission at the end of the list, or offer again a retired one of this name.

    Silent: a word for filing.

    Raises:
        Forbidden: not of the team.
        Invalid: a name without a letter.
        Conflict: it is in the list.
    """
    refuse_outsiders(person)
    folded = fold(name).strip()[:80]
    if not slug_of(folded):
        raise Invalid(_("Donnez un nom fait de lettres."), field="name")
    known = db.session.scalar(select(Mission).where(Mission.folded_name == folded))
    if known is not None and known.retired_on is not None:
        known.retired_on = None
        return known
    last = db.session.scalar(select(func.max(Mission.position))) or 0
    mission = Mission(name=typo(" ".join(name.split()))[:80], folded_name=folded, position=last + 1)
    with unique_or(Conflict(_("Cette mission est déjà dans la liste."), field="name")):
        db.session.add(mission)
    return mission


@atomic
def retire_mission(person: Resident, mission: Mission, *, retired: bool) -> None:
    """Offer a mission no more, or again; partners that have it keep it. Silent, as `add_mission`.

    Raises:
        Forbidden: not of the team.
        Conflict: it is so already.
    """
    refuse_outsiders(person)
    lock(mission)
    if (mission.retired_on is not None) == retired:
        raise Conflict(_("C’est déjà fait."))
    mission.retired_on = today() if retired else None


def refuse_outsiders(person: Resident) -> None:
    """Raises Forbidden unless the person keeps partners."""
    if not can_keep_partners(person):
        raise Forbidden(_("Seule l’équipe tient les partenaires."))


def _describe(partner: Partner, details: PartnerDetails) -> None:
    given = details.checked()
    # Nothing goes to the database half described: the name alone may be taken, said further on.
    with db.session.no_autoflush:
        missions = _all_of(Mission, given.mission_ids, "mission_ids")
        quartiers = _all_of(Quartier, given.quartier_ids, "quartier_ids")
        folded = fold(given.name)[:160]
        holder = db.session.scalar(select(Partner.id).where(Partner.folded_name == folded))
        if holder not in (None, partner.id):
            raise Conflict(_("Un partenaire porte déjà ce nom."), field="name")
        for name in ("name", "kind", "purpose", "address", "email", "phone", "website", "notes"):
            setattr(partner, name, getattr(given, name))
        partner.folded_name = folded
        partner.missions, partner.quartiers = missions, quartiers
        kept = {row.public: row for row in partner.publics}
        partner.publics = [kept.get(code) or PartnerPublic(public=code) for code in given.publics]
    with unique_or(Conflict(_("Un partenaire vient de prendre ce nom."), field="name")):
        db.session.add(partner)
    if partner.archived_on is None:
        _index(partner)


def _all_of(kind: type[Row], ids: tuple[int, ...], field: str) -> list[Row]:
    rows = list(db.session.scalars(select(kind).where(kind.id.in_(ids)).order_by(kind.position)))
    if len(rows) != len(set(ids)):
        raise Invalid(_("Choisissez dans la liste."), field=field)
    return rows


def _index(partner: Partner) -> None:
    search.index(
        "partners",
        partner.id,
        partner.name,
        partner.path,
        partner.purpose,
        str(PARTNER_KINDS[partner.kind]),
        *(mission.name for mission in partner.missions),
    )
