"""Closing an instance, and with it what it gave."""

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.role_services import end_roles_in
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.mandate_services import end_seat
from app.bodies.models import Body, Mandate, Meeting
from app.bodies.policies import can_create_body
from app.core.clock import today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _


@atomic
def close_body(by: Resident, body: Body) -> None:
    """Close an instance: its seats and the roles held in it end, its past stays readable.

    Raises:
        Forbidden: only the director may.
        Conflict: it is closed, or a meeting is still planned.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction ferme une instance."))
    lock(body)
    if body.closed_on is not None:
        raise Conflict(_("Cette instance est déjà fermée."))
    planned = select(func.count(Meeting.id)).where(
        Meeting.body_id == body.id, Meeting.status == "planned"
    )
    if db.session.scalar(planned):
        raise Conflict(_("Une réunion est encore prévue. Tenez-la ou annulez-la d’abord."))
    body.closed_on = today()
    note(AuditAct.BODY_CLOSED, by, body)
    seats = select(Mandate).where(Mandate.body_id == body.id, Mandate.ended_on.is_(None))
    for mandate in db.session.scalars(seats.order_by(Mandate.id)).all():
        end_seat(by, mandate, cause="closed")
    reason = _("L’instance « %(name)s » est fermée.", name=body.name)
    end_roles_in(by, body_id=body.id, reason=reason)
