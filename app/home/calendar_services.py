"""Opening, changing and closing the secret address of one's own calendar."""

import secrets

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.security import digest, seal
from app.home.calendar_models import CalendarKey

PURPOSE = "calendar"
BYTES = 20
"""160 bits: nobody guesses it."""


@atomic
def make_key(person: Resident) -> str:
    """Give someone a new secret address; the one before opens nothing any more.

    Silent: reading one's calendar is not an act of participation.
    """
    lock(db.session.get_one(Resident, person.id))
    secret = secrets.token_urlsafe(BYTES)
    key = db.session.get(CalendarKey, person.id)
    if key is None:
        key = CalendarKey(resident_id=person.id)
        db.session.add(key)
    key.digest, key.made_at = digest(secret), now()
    key.sealed = seal(f"{PURPOSE}|{person.id}", secret)
    return secret


@atomic
def revoke_key(person: Resident) -> None:
    """Close the address; nothing happens if there is none. Silent, as above."""
    lock(db.session.get_one(Resident, person.id))
    key = db.session.get(CalendarKey, person.id)
    if key is not None:
        db.session.delete(key)
