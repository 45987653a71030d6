"""Being told of an instance's minutes without being of it."""

from sqlalchemy import delete

from app.accounts.models import Resident
from app.bodies.models import Body, Subscription
from app.bodies.policies import can_subscribe
from app.core.db import atomic_unseen, db, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _


@atomic_unseen
def subscribe(body: Body, resident: Resident) -> None:
    """Tell someone of the minutes to come.

    Raises:
        Forbidden: the instance is closed.
        Conflict: they are told already, even by a simultaneous click.
    """
    if not can_subscribe(resident, body):
        raise Forbidden(_("Cette instance est fermée : elle n’écrit plus de compte rendu."))
    with unique_or(Conflict(_("C’est déjà fait : vous serez prévenu des comptes rendus."))):
        db.session.add(Subscription(body_id=body.id, resident_id=resident.id))


@atomic_unseen
def unsubscribe(body: Body, resident: Resident) -> None:
    """Tell them no longer."""
    mine = Subscription.body_id == body.id, Subscription.resident_id == resident.id
    db.session.execute(delete(Subscription).where(*mine))
