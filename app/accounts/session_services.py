"""Sessions: seen, ended one by one, told of, and forgotten after a year."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from app.accounts.access_models import EmailChange, MailedLink, SignIn
from app.accounts.models import Resident
from app.accounts.services import end_sign_in
from app.core.clock import now, today
from app.core.db import atomic, atomic_unseen, db, rows_touched
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.jobs import job

SEEN_EVERY = timedelta(minutes=5)
IDLE = timedelta(days=30)
"""A device not seen for so long is signed out."""

KEPT = timedelta(days=365)
"""Of the history of sign-ins (CNIL, délibération 2021-122: six months to a year)."""

LINKS_KEPT = timedelta(hours=48)
PUBLIC_LENGTH = 16


def public_name(token_hash: str) -> str:
    """What a page calls a sign-in: too short to be looked up, long enough for one person's."""
    return token_hash[:PUBLIC_LENGTH]


@atomic_unseen
def seen(sign_in: SignIn) -> None:
    """Note that the device is in use; its person is too, once a day."""
    sign_in.last_seen_at = now()
    person = db.session.get_one(Resident, sign_in.resident_id)
    if person.last_seen_on != today():
        person.last_seen_on = today()


@atomic
def end_one(resident: Resident, name: str) -> None:
    """Sign out one device of one's own.

    Raises:
        Invalid: it is not one of theirs, or is signed out already.
    """
    found = [row for row in _live(resident) if public_name(row.token_hash) == name]
    if not found:
        raise Invalid(_("Cet appareil est déjà déconnecté."))
    for sign_in in found:
        end_sign_in(sign_in.token_hash)


@atomic
def end_others(resident: Resident, but: SignIn) -> int:
    """Sign out every other device; how many."""
    others = [row for row in _live(resident) if row.token_hash != but.token_hash]
    for sign_in in others:
        end_sign_in(sign_in.token_hash)
    return len(others)


@job(every_hour=True)
def forget_old() -> int:
    """Drop sign-ins of more than a year, links and changes of address that no longer serve."""
    moment = now()
    old = (
        (SignIn, func.coalesce(SignIn.ended_at, SignIn.last_seen_at) < moment - KEPT),
        (MailedLink, MailedLink.asked_at < moment - LINKS_KEPT),
        (EmailChange, EmailChange.asked_at < moment - LINKS_KEPT),
    )
    forget = atomic_unseen(rows_touched)
    return sum(forget(delete(model).where(condition)) for model, condition in old)


def _live(resident: Resident) -> list[SignIn]:
    live = select(SignIn).where(SignIn.resident_id == resident.id, SignIn.ended_at.is_(None))
    return list(db.session.scalars(live))
