"""Changing one's address: both the old one and the new one say yes, within two days.

Whether the new address already has an account is looked up after the answer, and told to that
address alone.
"""

from datetime import timedelta
from enum import StrEnum

from flask import current_app
from sqlalchemy import delete, select

from app.accounts.access_models import EmailChange, MailedLink, SignIn
from app.accounts.link_services import owner_of
from app.accounts.models import Resident
from app.accounts.proof import prove
from app.accounts.taking_part import check_may_have_address
from app.core.clock import now
from app.core.db import after_commit, atomic, atomic_unseen, db, lock, unique_or
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.jobs import job
from app.core.mail import address_of, send_mail
from app.core.security import fingerprint, sign, unsign

LASTS = timedelta(hours=48)
PURPOSE = "change-email"


class Side(StrEnum):
    """Which of the two addresses a link was sent to."""

    OLD = "old"
    NEW = "new"


def ask_change(resident: Resident, proof: str | None, email: str, sign_in: SignIn | None) -> None:
    """Ask for another address; mails leave for both.

    Raises:
        Invalid: a wrong proof, an address that is theirs already, or a child with nobody.
    """
    prove(resident, proof, sign_in)
    note_change(resident, email.strip().lower())


@atomic_unseen
def note_change(resident: Resident, email: str) -> None:
    """The act of `ask_change`; it takes the place of a change asked before."""
    if email == resident.email:
        raise Invalid(_("C’est déjà votre adresse."), field="email")
    check_may_have_address(resident, email)
    db.session.execute(delete(EmailChange).where(EmailChange.resident_id == resident.id))
    db.session.add(EmailChange(resident_id=resident.id, new_email=email))
    after_commit(write_soon)


def write_soon() -> None:
    """Ask the job consumer to write the mails now rather than at its next round."""
    write_changes()


@job(every_minute=True)
def write_changes() -> int:
    """Write the mails of the changes just asked; how many changes were looked at."""
    waiting = select(EmailChange.resident_id).where(
        EmailChange.told_at.is_(None), EmailChange.asked_at > now() - timedelta(hours=1)
    )
    return sum(_attempt(resident_id) for resident_id in list(db.session.scalars(waiting)))


def _attempt(resident_id: int) -> bool:
    try:
        return _write(resident_id)
    except Exception:
        current_app.logger.exception("change of address %s", resident_id)
        return False


@atomic_unseen
def _write(resident_id: int) -> bool:
    change = db.session.scalar(
        select(EmailChange)
        .where(EmailChange.resident_id == resident_id, EmailChange.told_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    if change is None:
        return False
    change.told_at = now()
    resident = db.session.get_one(Resident, resident_id)
    if _asks_old(resident):
        link = address_of("accounts.email_change", token=_token(change, Side.OLD))
        send_mail(resident.email or "", "email_change_old", resident=resident, link=link)
    other = owner_of(change.new_email)
    if other is not None:
        send_mail(change.new_email, "address_taken", resident=other)
    else:
        link = address_of("accounts.email_change", token=_token(change, Side.NEW))
        send_mail(change.new_email, "email_change_new", link=link)
    return True


def change_under_way(resident: Resident) -> EmailChange | None:
    """The change someone has asked for, while it may still be confirmed."""
    change = db.session.get(EmailChange, resident.id)
    return change if change is not None and change.asked_at > now() - LASTS else None


def change_of(token: str) -> tuple[EmailChange, Side] | None:
    """The change of this link, and which address it was sent to, while it is good."""
    value = unsign(PURPOSE, token, int(LASTS.total_seconds()))
    if not value:
        return None
    resident_id, side, state = value
    change = db.session.get(EmailChange, resident_id)
    if change is None or change.asked_at <= now() - LASTS or state != _state(change):
        return None
    return change, Side(str(side))


@atomic
def confirm(token: str) -> bool:
    """One of the two addresses says yes; True once the change is made.

    Raises:
        Invalid: a used or old link.
        Conflict: the new address has had an account since.
    """
    change, side = _good(token)
    lock(change)
    if side is Side.OLD:
        change.old_confirmed_at = change.old_confirmed_at or now()
    else:
        change.new_confirmed_at = change.new_confirmed_at or now()
    resident = db.session.get_one(Resident, change.resident_id)
    old_said_yes = change.old_confirmed_at is not None or not _asks_old(resident)
    if change.new_confirmed_at is None or not old_said_yes:
        return False
    old, new = resident.email, change.new_email
    with unique_or(Conflict(_("Cette adresse a déjà un compte."))):
        resident.email, resident.email_confirmed_at = new, now()
    db.session.delete(change)
    db.session.execute(delete(MailedLink).where(MailedLink.email.in_((old or new, new))))
    return True


@atomic_unseen
def cancel(token: str) -> None:
    """« Ce n’est pas moi »: nothing changes, from either address.

    Raises:
        Invalid: a used or old link.
    """
    change, _side = _good(token)
    db.session.delete(change)


@atomic_unseen
def give_up(resident: Resident) -> None:
    """The person keeps the address they have."""
    db.session.execute(delete(EmailChange).where(EmailChange.resident_id == resident.id))


def _good(token: str) -> tuple[EmailChange, Side]:
    found = change_of(token)
    if found is None:
        raise Invalid(_("Ce lien n’est plus valable."))
    return found


def _asks_old(resident: Resident) -> bool:
    return resident.email is not None and resident.email_confirmed_at is not None


def _token(change: EmailChange, side: Side) -> str:
    return sign(PURPOSE, [change.resident_id, side.value, _state(change)])


def _state(change: EmailChange) -> str:
    """Of this very request: a link of an older one opens nothing."""
    return fingerprint(PURPOSE, change.resident_id, change.new_email, change.asked_at)
