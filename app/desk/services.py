"""Roles given and taken back at the desk."""

from app.accounts import services as accounts
from app.accounts.models import Grant, Resident
from app.core.db import atomic
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.rights import Role
from app.desk.forms import GIVEN_HERE


@atomic
def name(
    giver: Resident, resident: Resident, role: Role, body_id: int | None, reason: str | None
) -> Grant:
    """Give a role; a référent's holds for one comité, the others for the whole centre.

    Raises:
        Forbidden: the giver is not of the direction.
        Invalid: a référent of nothing.
        Conflict: the person has it already.
    """
    if role == Role.REFERENT and body_id is None:
        raise Invalid(_("Choisissez le comité."), field="body_id")
    scope = body_id if role == Role.REFERENT else None
    return accounts.give_role(giver, resident, role, body_id=scope, reason=reason)


@atomic
def take_back(giver: Resident, grant: Grant) -> None:
    """End a role; the direction cannot lock itself out by ending its own.

    Raises:
        Forbidden: the giver is not of the direction.
        Conflict: a role of one's own, or one that ends in another room.
    """
    if grant.resident_id == giver.id:
        raise Conflict(_("On ne retire pas son propre rôle : demandez à une autre personne."))
    if grant.role not in GIVEN_HERE:
        raise Conflict(_("Ce rôle se retire depuis la page du conseil ou de l’association."))
    accounts.end_role(giver, grant)
