"""Links asked for an address: to register, to come in, to choose a new password.

Asking does the same work whoever has the address: one row. A job looks it up afterwards.
"""

import secrets
from datetime import timedelta
from typing import cast

from flask import current_app
from sqlalchemy import delete, func, select

from app.accounts.access_models import LinkKind, MailedLink
from app.accounts.models import Resident
from app.accounts.passwords import check_password
from app.accounts.services import check_year, end_sign_ins, new_resident, own_address
from app.accounts.taking_part import check_registers_alone
from app.core.clock import now
from app.core.db import after_commit, atomic, atomic_unseen, db, unique_or
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.jobs import job
from app.core.mail import address_of, send_mail
from app.core.security import digest, hash_secret
from app.ledger.acts import Act
from app.ledger.services import record

LASTS = {
    LinkKind.REGISTER: timedelta(hours=48),
    LinkKind.ENTER: timedelta(minutes=15),
    LinkKind.RESET: timedelta(hours=1),
}
MOST_AN_HOUR = 4
"""Mails of one kind to one address, whoever asks: nobody's box is flooded through us.

Kinds are counted apart: registering in someone's name must not use up what brings them in.
"""


@atomic_unseen
def ask_link(kind: LinkKind, email: str, details: dict[str, object] | None = None) -> None:
    """Note that a link is wanted for an address; says nothing of who has an account."""
    db.session.add(MailedLink(kind=kind.value, email=email.strip().lower(), details=details))
    after_commit(write_soon)


def ask_registration(email: str, **person: object) -> None:
    """Keep what someone typed until the address is confirmed by its owner.

    Raises:
        Invalid: an impossible year of birth, or a child's.
    """
    year = cast("int | None", person.get("year_of_birth"))
    check_year(year)
    check_registers_alone(year)
    ask_link(LinkKind.REGISTER, email, person)


def write_soon() -> None:
    """Ask the job consumer to write the mails now rather than at its next round."""
    write_links()


@job(every_minute=True)
def write_links() -> int:
    """Write the mails of the links just asked; how many links were looked at."""
    waiting = select(MailedLink.id).where(
        MailedLink.written_at.is_(None), MailedLink.asked_at > now() - timedelta(hours=1)
    )
    found = list(db.session.scalars(waiting.order_by(MailedLink.id)))
    return sum(_attempt(link_id) for link_id in found)


def _attempt(link_id: int) -> bool:
    """One mail that cannot be written keeps no other waiting."""
    try:
        return _write(link_id)
    except Exception:
        current_app.logger.exception("link %s", link_id)
        return False


@atomic_unseen
def _write(link_id: int) -> bool:
    link = db.session.scalar(
        select(MailedLink)
        .where(MailedLink.id == link_id, MailedLink.written_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    if link is None:
        return False
    resident = owner_of(link.email)
    known, registering = resident is not None, link.kind == LinkKind.REGISTER
    if _flooded(link) or not (known or registering):
        db.session.delete(link)
        return True
    link.written_at = now()
    if registering and known:
        link.details = None
        forgotten = address_of("accounts.forgotten")
        send_mail(link.email, "already_registered", resident=resident, link=forgotten)
        return True
    token = secrets.token_urlsafe(32)
    link.token_hash = digest(token)
    template, endpoint = MAILS[LinkKind(link.kind)]
    send_mail(link.email, template, resident=resident, link=address_of(endpoint, token=token))
    return True


MAILS = {
    LinkKind.REGISTER: ("register", "accounts.welcome"),
    LinkKind.ENTER: ("sign_in_link", "accounts.enter"),
    LinkKind.RESET: ("reset_password", "accounts.reset"),
}


def _flooded(link: MailedLink) -> bool:
    lately = (
        MailedLink.written_at > now() - timedelta(hours=1),
        MailedLink.email == link.email,
        MailedLink.kind == link.kind,
    )
    return (db.session.scalar(select(func.count()).where(*lately)) or 0) >= MOST_AN_HOUR


def owner_of(email: str) -> Resident | None:
    """Who has this address."""
    return db.session.scalar(select(Resident).where(Resident.email == email))


def link_of(token: str, kind: LinkKind) -> MailedLink | None:
    """The link of this token, while it is good."""
    return db.session.scalar(
        select(MailedLink).where(
            MailedLink.token_hash == digest(token),
            MailedLink.kind == kind.value,
            MailedLink.asked_at > now() - LASTS[kind],
        )
    )


def _serve_once(token: str, kind: LinkKind) -> MailedLink:
    """The link, which no longer is; of two people at once, one has it.

    Raises:
        Invalid: it is too old, or has served.
    """
    link = link_of(token, kind)
    gone = delete(MailedLink).where(MailedLink.token_hash == digest(token))
    if link is None or not db.session.execute(gone.returning(MailedLink.id)).all():
        raise Invalid(_("Ce lien n’est plus valable. Demandez-en un autre."))
    return link


def register(token: str, password: str) -> Resident:
    """Open the account, now that the owner of the address says who they are and how they sign in.

    Raises:
        Invalid: a used or old link, or a weak password.
        Conflict: the address has had an account since.
    """
    link = link_of(token, LinkKind.REGISTER)
    said = (link.details or {}) if link else {}
    email = link.email if link else None
    check_password(password, said.get("given_name"), said.get("family_name"), email)
    # Hashed before the act begins: an act holds the database.
    return open_account(token, hash_secret(password))


@atomic
def open_account(token: str, password_hash: str) -> Resident:
    """The act of `register`."""
    link = _serve_once(token, LinkKind.REGISTER)
    resident = new_resident(dict(link.details or {}))
    resident.email, resident.password_hash = link.email, password_hash
    resident.email_confirmed_at = now()
    with unique_or(Conflict(_("Cette adresse a déjà un compte. Connectez-vous."))):
        db.session.add(resident)
    record(Act.RESIDENT_REGISTERED, actor=resident)
    _drop_links(link.email)
    return resident


@atomic
def enter(token: str) -> Resident:
    """Who comes in by a mailed link, which proves the address and serves once.

    Raises:
        Invalid: a used or old link.
    """
    link = _serve_once(token, LinkKind.ENTER)
    resident = owner_of(link.email)
    if resident is None or not resident.is_active:
        raise Invalid(_("Ce lien n’est plus valable. Demandez-en un autre."))
    own_address(resident)
    return resident


def reset_password(token: str, password: str) -> Resident:
    """Choose a new password by a mailed link; signs out everywhere and confirms the address.

    Raises:
        Invalid: a used or old link, or a weak password.
    """
    link = link_of(token, LinkKind.RESET)
    known = owner_of(link.email) if link else None
    words = (known.given_name, known.family_name, known.email) if known else ()
    check_password(password, *words)
    return replace_password(token, hash_secret(password))


@atomic
def replace_password(token: str, password_hash: str) -> Resident:
    """The act of `reset_password`."""
    link = _serve_once(token, LinkKind.RESET)
    resident = owner_of(link.email)
    if resident is None or not resident.is_active:
        raise Invalid(_("Ce lien n’est plus valable. Demandez-en un autre."))
    own_address(resident)
    resident.password_hash = password_hash
    end_sign_ins(resident)
    _drop_links(link.email)
    return resident


def _drop_links(email: str) -> None:
    """What was asked before, by whomever, no longer opens anything."""
    db.session.execute(delete(MailedLink).where(MailedLink.email == email))
