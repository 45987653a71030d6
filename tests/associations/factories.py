"""Associations and collectifs, made with only the fields that matter; each call commits."""

from itertools import count
from typing import Any

from app.accounts.models import Resident
from app.associations import collectif_services, services
from app.associations.details import Details
from app.associations.models import Association, Collectif
from app.core.rights import Role
from tests.factories import make_grant, make_resident, make_with_role

_numbers = count(1)


def details(**fields: Any) -> Details:
    fields.setdefault("name", f"Association {next(_numbers)}")
    return Details(**{"purpose": "Faire vivre le quartier.", "family": "014", **fields})


def make_pending(lister: Resident | None = None, **fields: Any) -> Association:
    """An association that waits for the team's answer."""
    return services.list_association(lister or make_resident(), details(**fields))


def make_association(representative: Resident | None = None, **fields: Any) -> Association:
    """An approved one; `representative` speaks for it."""
    association = make_pending(representative, **fields)
    services.approve(make_with_role(Role.DESK), association)
    return association


def make_representative(association: Association) -> Resident:
    resident = make_resident()
    make_grant(resident, Role.ASSOCIATION, association_id=association.id)
    return resident


def make_collectif(founder: Resident | None = None, **fields: Any) -> Collectif:
    """One in formation."""
    fields.setdefault("name", f"Collectif {next(_numbers)}")
    fields.setdefault("purpose", "Planter des arbres.")
    return collectif_services.start(founder or make_resident(), **fields)


def make_formed(founder: Resident | None = None, **fields: Any) -> Collectif:
    """One that three residents formed."""
    founder = founder or make_resident()
    collectif = make_collectif(founder, **fields)
    for other in (make_resident(), make_resident()):
        collectif_services.invite(founder, collectif, other.card_number)
        collectif_services.accept(other, collectif)
    return collectif
