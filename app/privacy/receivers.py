"""Whose profile was used is not a person nobody hears of."""

from typing import Any

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.accounts.signals import acting_stopped
from app.core.clock import today
from app.core.db import db


@acting_stopped.connect
def hear_of(sign_in: SignIn, **_more: Any) -> None:
    """A guardian or the desk has just used this profile."""
    person = db.session.get(Resident, sign_in.acting_for_id)
    if person is not None:
        person.last_seen_on = today()
