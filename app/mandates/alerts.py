"""Saying that a term ends soon, early enough to prepare what follows."""

from datetime import timedelta

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.bodies.labels import COLLEGES
from app.bodies.models import Mandate
from app.bodies.queries import live_mandate
from app.bodies.telling import path
from app.core.clock import today
from app.core.db import atomic, db
from app.core.i18n import _n
from app.core.typography import of_fr
from app.mandates.seat_services import direction
from app.notifications.services import notify

AHEAD = (30, 90)
"""Days before the last one, the nearest first."""


@atomic
def warn_of_ends() -> int:
    """Tell each person, and the direction, 90 then 30 days before; once each. How many mandates."""
    day = today()
    soon = (
        select(Mandate)
        .where(live_mandate(day), Mandate.ends_on <= day + timedelta(days=max(AHEAD)))
        .where(or_(Mandate.told_days.is_(None), Mandate.told_days > min(AHEAD)))
        .order_by(Mandate.id)
        .with_for_update()
    )
    told = [mandate for mandate in db.session.scalars(soon).all() if _warn(mandate)]
    for director in direction() if told else ():
        for mandate in told:
            _tell_direction(director, mandate)
    return len(told)


def _warn(mandate: Mandate) -> bool:
    """Whether something new was to be said of this mandate."""
    assert mandate.ends_on is not None
    left = (mandate.ends_on - today()).days
    due = next(days for days in AHEAD if left <= days)
    if mandate.told_days is not None and mandate.told_days <= due:
        return False
    mandate.told_days = due
    words = _n(
        "Votre mandat au conseil se termine dans %(num)d jour.",
        "Votre mandat au conseil se termine dans %(num)d jours.",
        left,
    )
    notify(mandate.resident, words, path("mandates.seats"))
    return True


def _tell_direction(director: Resident, mandate: Mandate) -> None:
    assert mandate.ends_on is not None
    words = _n(
        "Le mandat %(of_name)s au conseil (%(college)s) se termine dans %(num)d jour.",
        "Le mandat %(of_name)s au conseil (%(college)s) se termine dans %(num)d jours.",
        (mandate.ends_on - today()).days,
        of_name=of_fr(mandate.resident.display_name),
        college=COLLEGES[mandate.college],
    )
    notify(director, words, path("mandates.members"))
