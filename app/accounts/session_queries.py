"""The devices someone is signed in on, and when they came."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.accounts import devices
from app.accounts.access_models import SignIn
from app.accounts.methods import WORDS
from app.accounts.models import Resident
from app.accounts.session_services import IDLE, KEPT, public_name
from app.core.clock import now
from app.core.db import db
from app.core.pagination import Page, paginate


@dataclass(frozen=True)
class Session:
    """One sign-in, in words."""

    name: str
    device: str
    method: str
    since: datetime
    last_seen: datetime
    ended: datetime | None
    is_kiosk: bool
    is_this_one: bool


def live_sessions(resident: Resident, here: SignIn | None) -> list[Session]:
    """The devices signed in now: this one first, then the last seen."""
    rows = db.session.scalars(
        select(SignIn)
        .where(
            SignIn.resident_id == resident.id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at > now() - IDLE,
        )
        .order_by(SignIn.last_seen_at.desc())
    )
    found = [_in_words(row, here) for row in rows]
    return sorted(found, key=lambda one: not one.is_this_one)


def history(resident: Resident, here: SignIn | None, number: int) -> Page[Session]:
    """The sign-ins of the last twelve months, the newest first."""
    query = (
        select(SignIn)
        .where(SignIn.resident_id == resident.id, SignIn.signed_in_at > now() - KEPT)
        .order_by(SignIn.signed_in_at.desc(), SignIn.token_hash)
    )
    page = paginate(query, number, scalars=True)
    return replace(page, items=[_in_words(row, here) for row in page.items])


def _in_words(row: SignIn, here: SignIn | None) -> Session:
    return Session(
        public_name(row.token_hash),
        devices.words(row.device),
        str(WORDS.get(row.method, row.method)),
        row.signed_in_at,
        row.last_seen_at,
        row.ended_at,
        row.is_kiosk,
        here is not None and here.token_hash == row.token_hash,
    )
