"""A shared tablet: opened and closed by the team, used with a card."""

import secrets

from sqlalchemy import select

from app.accounts.methods import identify
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, atomic_unseen, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.core.security import digest, sign, unsign
from app.desk.kiosk_policies import can_open_kiosk, can_use_kiosk
from app.desk.models import Kiosk

COOKIE = "borne"
PURPOSE = "kiosk"
LASTS = 400 * 24 * 3600
"""Seconds: as long as browsers keep a cookie."""


@atomic
def open_kiosk(agent: Resident, name: str) -> str:
    """Put a device at everyone's disposal; gives what its cookie holds.

    Raises:
        Forbidden: not one of the team.
    """
    if not can_open_kiosk(agent):
        raise Forbidden(_("Seule l’équipe ouvre une borne."))
    token = secrets.token_urlsafe(32)
    kiosk = Kiosk(name=name, token_hash=digest(token), opened_by_id=agent.id)
    db.session.add(kiosk)
    db.session.flush()
    note(AuditAct.KIOSK_OPENED, agent, kiosk, after={"name": name})
    return sign(PURPOSE, [token])


@atomic
def close_kiosk(agent: Resident, kiosk: Kiosk) -> None:
    """The device is like any other again, and whoever was signed in on it no longer is.

    Raises:
        Forbidden: not one of the team.
    """
    if not can_open_kiosk(agent):
        raise Forbidden(_("Seule l’équipe ferme une borne."))
    lock(kiosk)
    if kiosk.closed_at is None:
        kiosk.closed_at = now()
        note(AuditAct.KIOSK_CLOSED, agent, kiosk)


def close_from_device(kiosk: Kiosk, identifier: str, secret: str) -> None:
    """Close it from the tablet itself, proving that one is of the team, without signing in.

    Raises:
        Invalid: nobody of the team answers to this.
    """
    found = identify(identifier, secret)
    if found is None or not can_open_kiosk(found[0]):
        raise Invalid(_("Nous ne trouvons pas ce compte dans l’équipe, ou le code diffère."))
    close_kiosk(found[0], kiosk)


def card_holder(card: str, pin: str) -> Resident:
    """Whose card it is.

    Raises:
        Invalid: no such card, another code, or an account that a card alone does not open here.
    """
    found = identify("".join(filter(str.isdigit, card)), pin)
    if found is None:
        raise Invalid(_("Ce numéro et ce code ne vont pas ensemble. Essayez encore."))
    if not can_use_kiosk(found[0]):
        raise Invalid(_("Ce compte ne s’ouvre pas à la borne : prenez votre propre appareil."))
    return found[0]


@atomic_unseen
def note_use(kiosk: Kiosk) -> None:
    """Someone signed in on it."""
    kiosk.last_used_at = now()


def kiosk_of(cookie: str) -> Kiosk | None:
    """The open kiosk whose cookie this is."""
    value = unsign(PURPOSE, cookie, LASTS)
    if value is None:
        return None
    return db.session.scalar(
        select(Kiosk).where(Kiosk.token_hash == digest(str(value[0])), Kiosk.closed_at.is_(None))
    )
