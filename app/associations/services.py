"""Listing an association in the directory, and the team's answer."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import Resident
from app.accounts.role_services import end_roles_in, give_by_rule
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_is_grown
from app.associations.details import Details
from app.associations.indexing import index_association
from app.associations.models import Association, AssociationPublic
from app.associations.policies import can_edit, can_review
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core import slugs
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Role
from app.core.search_text import fold
from app.ledger.acts import Act
from app.ledger.services import record
from app.notifications.services import notify

LONGEST_REASON = 1000
NOT_SLUGS = frozenset({"inscrire", "a-valider", "mes-mises-en-lien", "mises-en-lien"})


@atomic
def list_association(lister: Resident, details: Details) -> Association:
    """Put an association forward; the team approves it before anyone else sees it.

    Raises:
        Forbidden: someone who may be under 15, or may not write for a time.
        Invalid: a number, an address or a choice that cannot be.
        Conflict: another association has this name, RNA or SIRET.
    """
    check_is_grown(lister)
    check_may_write(lister)
    association = Association(listed_by_id=lister.id, slug=free_slug(details.name))
    _describe(association, details)
    record(
        Act.ASSOCIATION_LISTED,
        actor=None if association.is_sensitive else lister,
        subject=association,
        association_id=association.id,
        quartier_id=association.quartier_id,
    )
    return association


@atomic
def edit(person: Resident, association: Association, details: Details) -> None:
    """Change what is said of it; a refused one goes back to the team.

    Silent: words in a directory are not an act of participation.

    Raises:
        Forbidden: neither its representative, nor its lister, nor the team.
        Invalid, Conflict: as `list_association`.
    """
    lock(association)
    if not can_edit(person, association):
        raise Forbidden(_("Vous ne pouvez pas modifier cette association."))
    _describe(association, details)
    if association.status == "refused":
        association.status, association.refusal_reason = "pending", None
    index_association(association)


@atomic
def approve(person: Resident, association: Association) -> None:
    """Open the page to all; whoever listed it now speaks for it.

    Raises:
        Forbidden: not of the team.
        Conflict: someone answered before.
    """
    _answerable(person, association)
    association.status, association.refusal_reason = "approved", None
    note(AuditAct.ASSOCIATION_APPROVED, person, association)
    lister = _lister(association)
    if lister is not None:
        if not lister.represents(association.id):
            give_by_rule(
                person,
                lister,
                Role.ASSOCIATION,
                association_id=association.id,
                reason=_("a inscrit l’association à l’annuaire"),
                tell=False,
            )
        text = _("L’association « %(name)s » est dans l’annuaire.", name=association.name)
        notify(lister, text, association.path)
    index_association(association)
    record(
        Act.ASSOCIATION_APPROVED,
        subject=association,
        entered_by=person,
        association_id=association.id,
        quartier_id=association.quartier_id,
    )


@atomic
def refuse(person: Resident, association: Association, reason: str) -> None:
    """Send it back to whoever listed it, with the reason.

    Raises:
        Forbidden: not of the team.
        Invalid: no reason.
        Conflict: someone answered before.
    """
    _answerable(person, association)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi, pour que la personne puisse corriger."), field="reason")
    association.status, association.refusal_reason = "refused", reason.strip()[:LONGEST_REASON]
    end_roles_in(person, association_id=association.id, reason=_("L’association est refusée."))
    note(AuditAct.ASSOCIATION_REFUSED, person, association, reason=association.refusal_reason)
    lister = _lister(association)
    if lister is not None:
        text = _("L’association « %(name)s » est à corriger.", name=association.name)
        notify(lister, text, association.path, body=association.refusal_reason)
    record(
        Act.ASSOCIATION_REFUSED,
        subject=association,
        entered_by=person,
        association_id=association.id,
        quartier_id=association.quartier_id,
    )


def _answerable(person: Resident, association: Association) -> None:
    if not can_review(person):
        raise Forbidden(_("Seule l’équipe valide les associations."))
    lock(association)
    if association.status != "pending":
        raise Conflict(_("Cette association a déjà reçu une réponse."))


def _lister(association: Association) -> Resident | None:
    return db.session.get(Resident, association.listed_by_id) if association.listed_by_id else None


def _describe(association: Association, details: Details) -> None:
    given = details.checked()
    folded = fold(given.name)[:160]
    taken = _("Une association de l’annuaire porte déjà ce nom.")
    _refuse_taken(association, Association.folded_name, folded, taken, "name")
    taken = _("Une association de l’annuaire a déjà ce numéro.")
    _refuse_taken(association, Association.rna, given.rna, taken, "rna")
    _refuse_taken(association, Association.siret, given.siret, taken, "siret")
    for name, value in asdict(given).items():
        if name != "publics":
            setattr(association, name, value)
    association.folded_name = folded
    kept = {row.public: row for row in association.publics}
    association.publics = [
        kept.get(public) or AssociationPublic(public=public) for public in given.publics
    ]
    # Someone may take the name between the look above and here: the database has the last word.
    with unique_or(Conflict(_("Une autre association vient de prendre ce nom."), field="name")):
        db.session.add(association)


def _refuse_taken(
    association: Association,
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    value: str | None,
    message: str,
    field: str,
) -> None:
    if value is None:
        return
    with db.session.no_autoflush:
        holder = db.session.scalar(select(Association.id).where(column == value))
    if holder not in (None, association.id):
        raise Conflict(message, field=field)


def free_slug(name: str) -> str:
    """An address of its own for an association of this name."""
    return slugs.free_slug(Association.slug, name, otherwise="association", kept=NOT_SLUGS)
