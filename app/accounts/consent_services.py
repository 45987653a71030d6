"""Agreeing to a purpose, and taking one's agreement back as easily."""

from sqlalchemy import select

from app.accounts.consents import SENTENCES
from app.accounts.family_models import Consent, Purpose
from app.accounts.family_queries import live_link
from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _


@atomic
def agree(by: Resident, resident: Resident, purpose: Purpose, version: str) -> Consent:
    """Agree for oneself, or for a child one answers for, to the sentence that was read.

    Raises:
        Forbidden: for someone else.
        Conflict: the sentence has changed meanwhile, or it was agreed already.
    """
    _check(by, resident)
    if version != SENTENCES[purpose].version:
        raise Conflict(_("Ce texte vient de changer. Relisez-le, puis décidez."))
    live = _live(by, resident, purpose)
    if live is not None and live.text_version == version:
        raise Conflict(_("C’est déjà noté."))
    if live is not None:
        live.withdrawn_at = now()
        db.session.flush()
    given = Consent(
        resident_id=resident.id, purpose=purpose.value, text_version=version, given_by_id=by.id
    )
    with unique_or(Conflict(_("C’est déjà noté."))):
        db.session.add(given)
    return given


@atomic
def withdraw(by: Resident, resident: Resident, purpose: Purpose) -> None:
    """Say no: take one's agreement back, or refuse what was never agreed to.

    A refusal is a row that ends as it begins (see `Consent.is_refusal`); saying it twice adds
    nothing.

    Raises:
        Forbidden: for someone else.
    """
    _check(by, resident)
    mine = (
        Consent.resident_id == resident.id,
        Consent.purpose == purpose.value,
        Consent.given_by_id == by.id,
    )
    last = db.session.scalars(select(Consent).where(*mine).order_by(Consent.id.desc())).first()
    if last is None:
        moment = now()
        db.session.add(
            Consent(
                resident_id=resident.id,
                purpose=purpose.value,
                text_version=SENTENCES[purpose].version,
                given_by_id=by.id,
                given_at=moment,
                withdrawn_at=moment,
            )
        )
    elif last.withdrawn_at is None:
        last.withdrawn_at = now()


def end_consents(resident: Resident, by: Resident | None = None) -> None:
    """End what was agreed for someone, by one person or by all, inside the caller's act."""
    live = select(Consent).where(Consent.resident_id == resident.id, Consent.withdrawn_at.is_(None))
    for given in db.session.scalars(live.where(Consent.given_by_id == by.id) if by else live):
        given.withdrawn_at = now()


def _check(by: Resident, resident: Resident) -> None:
    if by.id == resident.id:
        return
    link = live_link(by.id, resident.id)
    if link is not None:
        # Whoever undoes the link ends the agreements that rest on it: one after the other.
        lock(link)
    if link is None or link.ended_at is not None or not resident.is_under_15_on(today()):
        raise Forbidden(_("On donne son accord pour soi, ou pour l’enfant dont on répond."))


def _live(by: Resident, resident: Resident, purpose: Purpose) -> Consent | None:
    return db.session.scalar(
        select(Consent).where(
            Consent.resident_id == resident.id,
            Consent.purpose == purpose.value,
            Consent.given_by_id == by.id,
            Consent.withdrawn_at.is_(None),
        )
    )
