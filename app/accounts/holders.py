"""Who holds a right somewhere, for SQL: the same table as `Resident.may`."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from app.accounts.models import Resident
from app.accounts.role_models import Grant, live_grant
from app.core.rights import RULES, Right, Role, Scope


def holders(
    right: Right, *, body_id: int | None = None, association_id: int | None = None
) -> Select[int]:
    """The numbers of those who may do this here, for an `IN`."""
    places = {
        Scope.BODY: Grant.body_id == body_id,
        Scope.ASSOCIATION: Grant.association_id == (association_id),
    }
    known = {Scope.BODY: body_id is not None, Scope.ASSOCIATION: association_id is not None}

    def held(role: Role, scope: Scope) -> ColumnElement[bool]:
        mine = Grant.role == role.value
        if scope is Scope.ALL:
            return mine
        return mine & places[scope] if known[scope] else false()

    rules = (held(role, scope) for role, scope in RULES[right].holders.items())
    return (
        select(Grant.resident_id)
        .join(Resident, Resident.id == Grant.resident_id)
        .where(
            live_grant(),
            Resident.erased_at.is_(None),
            Resident.closed_at.is_(None),
            Resident.merged_into_id.is_(None),
            or_(false(), *rules),
        )
    )
