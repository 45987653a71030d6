"""Naming people to the roles that the direction gives."""

from datetime import date

from app.accounts import role_services
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.associations.models import Association
from app.bodies.models import COMITE, Body
from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.rights import Role

GIVEN_HERE = (
    Role.REFERENT,
    Role.ASSOCIATION,
    Role.DESK,
    Role.DIRECTOR,
    Role.ADMINISTRATOR,
)
"""The role of the conseil comes with a seat, and goes with it."""


@atomic
def name(
    giver: Resident,
    resident: Resident,
    role: Role,
    *,
    reason: str,
    body_id: int | None = None,
    association_id: int | None = None,
    ends_on: date | None = None,
) -> Grant:
    """Give a role: a référent's holds for one comité, a representative's for one association.

    Raises:
        Forbidden: the giver is not of the direction, or is the person.
        Invalid: a child, a scope that is missing, not open or another role's, no reason, or an
            end in the past.
        Conflict: the person has it already, or the role is not given here.
    """
    if resident.is_under_15_on(today()):
        raise Invalid(_("Un rôle se donne à partir de 15 ans."), field="role")
    if role not in GIVEN_HERE:
        raise Conflict(_("Un siège au conseil se donne depuis la page du conseil."))
    if role is not Role.REFERENT and body_id:
        raise Invalid(_("Le comité ne va qu’avec le rôle de référent."), field="body_id")
    if role is not Role.ASSOCIATION and association_id:
        said = _("L’association ne va qu’avec le rôle de représentant.")
        raise Invalid(said, field="association_id")
    if role is Role.REFERENT and not _is_open_comite(body_id):
        raise Invalid(_("Choisissez un comité ouvert."), field="body_id")
    if role is Role.ASSOCIATION and not _is_approved(association_id):
        raise Invalid(_("Choisissez une association de l’annuaire."), field="association_id")
    return role_services.give_role(
        giver,
        resident,
        role,
        body_id=body_id,
        association_id=association_id,
        reason=reason,
        ends_on=ends_on,
    )


@atomic
def take_back(giver: Resident, grant: Grant, *, reason: str) -> None:
    """End a role given here.

    Raises:
        Forbidden: the giver is not of the direction.
        Invalid: no reason.
        Conflict: a role of one's own, one that ends in another room, the last administrator's.
    """
    if grant.role not in GIVEN_HERE:
        raise Conflict(_("Ce rôle finit avec le siège, depuis la page du conseil."))
    role_services.end_role(giver, grant, reason=reason)


def _is_open_comite(body_id: int | None) -> bool:
    body = db.session.get(Body, body_id) if body_id else None
    return body is not None and body.kind == COMITE and body.closed_on is None


def _is_approved(association_id: int | None) -> bool:
    association = db.session.get(Association, association_id) if association_id else None
    return association is not None and association.status == "approved"
