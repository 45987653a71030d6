"""Places of a session: the lowest free number first, and whoever waits longest gets it.

All of it happens while the action's row is held, so that two people never read the same free place.
"""

from collections.abc import Iterable

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.programme.models import MOST_PLACES, Session
from app.programme.registration_models import Registration
from app.programme.telling import tell_place


def free_place(taken: Iterable[int], capacity: int | None) -> int | None:
    """The place that the next person gets, or None when they must wait.

    A capacity that was lowered leaves everybody their place, and gives no other.
    """
    held = set(taken)
    if len(held) >= (capacity or MOST_PLACES):
        return None
    return next(number for number in range(1, len(held) + 2) if number not in held)


def fill_places(session: Session) -> None:
    """Give the free places of a session to come to those who wait, in order, and tell them.

    Inside the caller's act, which holds the action.
    """
    if session.status != "planned" or session.starts_at <= now():
        return
    mine = select(Registration).where(Registration.session_id == session.id)
    waiting = db.session.scalars(
        mine.where(Registration.place.is_(None)).order_by(Registration.id)
    ).all()
    if not waiting:
        return
    held = select(Registration.place).where(
        Registration.session_id == session.id, Registration.place.is_not(None)
    )
    taken = {place for place in db.session.scalars(held) if place is not None}
    for one in waiting:
        place = free_place(taken, session.action.capacity)
        if place is None:
            return
        one.place = place
        taken.add(place)
        db.session.flush()
        tell_place(one.resident, session, place, freed=True)
