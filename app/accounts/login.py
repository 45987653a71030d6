"""Who is signed in: a random token in the session, its hash in the database."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from flask import Request, current_app, g, request, session, url_for
from flask_login import LoginManager
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import lazyload

from app.accounts import devices, services
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Participation, Resident
from app.accounts.second_factor_services import is_required
from app.accounts.session_services import IDLE, SEEN_EVERY, seen
from app.accounts.signals import signed_in
from app.core.clock import now
from app.core.db import db
from app.core.security import digest, fingerprint, seal, unseal
from app.ledger.acts import Channel

login_manager = LoginManager()
login_manager.session_protection = None
TOKEN, PENDING, NEW_KEY = "sign_in", "second_factor", "new_key"
FOR = "acting_for"
"""As whom the pages this browser shows were made, when it is not the person signed in."""
PENDING_SECONDS = 15 * 60


# Written once: every page of someone signed in asks it. Roles are read by whoever asks for them.
_WHOSE = (
    select(Resident, SignIn)
    .join(SignIn, func.coalesce(SignIn.acting_for_id, SignIn.resident_id) == Resident.id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > bindparam("since"),
    )
    .options(lazyload(Resident.grants))
)


@dataclass(frozen=True)
class Pending:
    """Someone whose first factor is proved; `target` is where they were going."""

    resident: Resident
    method: str
    target: str | None
    is_kiosk: bool


@login_manager.request_loader
def _from_request(_request: Request) -> Resident | None:
    """Whose session it is, or whom it acts for; one statement, and none signed out."""
    token = session.get(TOKEN)
    if not token:
        return None
    known = {"token_hash": digest(token), "since": now() - IDLE}
    found = db.session.execute(_WHOSE, known).first()
    if found is None or not found.Resident.is_active:
        return None
    resident, sign_in = found
    if sign_in.is_kiosk and not services.stay_signed_in(sign_in, kiosk_idle()):
        return None
    if sign_in.acting_until is not None and sign_in.acting_until <= now():
        # The desk ends it before anything else (`assistance_listing`): to tell the person is to
        # write a mail, and the pages of a mail ask who is signed in.
        g.acting_lapsed = sign_in.acting_for_id
        resident = db.session.get_one(Resident, sign_in.resident_id)
    if sign_in.last_seen_at < now() - SEEN_EVERY:
        seen(sign_in)
    g.sign_in = sign_in
    if "acting_lapsed" not in g:
        _say_who_types(sign_in)
    return resident


def _say_who_types(sign_in: SignIn) -> None:
    """What the ledger writes of every act of this request (see `ledger.services.record`)."""
    if sign_in.is_kiosk:
        g.channel = Channel.KIOSK
    if sign_in.acting_as == ActingAs.ASSISTANCE:
        g.channel = Channel.DESK
    if sign_in.acting_for_id is not None:
        g.entered_by_key = db.session.scalar(
            select(Participation.key).where(Participation.resident_id == sign_in.resident_id)
        )


def kiosk_idle() -> timedelta:
    """How long a shared screen waits for someone who does nothing."""
    return timedelta(seconds=current_app.config["KIOSK_IDLE_SECONDS"])


def renew_forms() -> None:
    """Forms already open no longer go through as they are.

    To be called when the session changes person: one opened in another tab would be sent in the
    wrong name.
    """
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    sign_in = current_sign_in()
    session.pop(FOR, None)
    if sign_in is not None and sign_in.acting_for_id is not None:
        session[FOR] = sign_in.acting_for_id


def current_sign_in() -> SignIn | None:
    """The sign-in of the request being served; `current_user` must have been asked for."""
    found: SignIn | None = g.get("sign_in")
    return found


def begin(
    resident: Resident, method: str, target: str | None = None, *, is_kiosk: bool = False
) -> str:
    """Sign in someone who has proved who they are once; gives the address where they go now.

    Whoever has a second factor, or must have one, is not signed in yet: the session only says
    for a while that they wait for it, and opens no page but the one that asks for it.
    """
    if resident.totp_secret is None and not is_required(resident):
        start(resident, method, is_kiosk=is_kiosk)
        return target or url_for("home.mine")
    _end_present()
    session.clear()
    session[PENDING] = [resident.id, method, int(time.time()), _state(resident), target, is_kiosk]
    has_one = resident.totp_secret is not None
    return url_for("accounts.second_factor" if has_one else "accounts.first_second_factor")


def pending() -> Pending | None:
    """Who waits for their second factor in this session; nobody once it is too late.

    A change of any of their secrets meanwhile sends them back to the start.
    """
    said = session.get(PENDING)
    if not said:
        return None
    resident_id, method, since, state, target, is_kiosk = said
    resident = db.session.get(Resident, resident_id)
    late = time.time() - since > PENDING_SECONDS
    if late or resident is None or not resident.is_active or _state(resident) != state:
        return None
    return Pending(resident, method, target, is_kiosk)


def keep_key(key: str) -> None:
    """Hold, sealed, the key that a phone is about to add; the same one if the page is reloaded."""
    session[NEW_KEY] = seal(NEW_KEY, key)


def kept_key() -> str | None:
    """The key being added to a phone."""
    return unseal(NEW_KEY, session.get(NEW_KEY, ""))


def finish(waiting: Pending) -> str:
    """Sign in someone who has now given their second factor; gives where they were going."""
    start(waiting.resident, waiting.method, is_kiosk=waiting.is_kiosk)
    return waiting.target or url_for("home.mine")


def start(resident: Resident, method: str, *, is_kiosk: bool = False) -> None:
    """Sign in on this device, in a session of its own (no fixation).

    To be called by `begin` and `finish` alone: it asks for no second factor.
    """
    _end_present()
    token = secrets.token_urlsafe(32)
    if not is_kiosk:
        devices.remember(resident)
    session.clear()
    session[TOKEN] = token
    session.permanent = method != "card" and not is_kiosk
    signed_in.send(resident)
    agent = request.user_agent.string
    # Last: an act forgets what was read of the person, and nothing after needs it.
    services.open_sign_in(resident, digest(token), method, agent, is_kiosk=is_kiosk)


def _end_present() -> None:
    """Whoever was signed in here no longer is."""
    if token := session.get(TOKEN):
        services.end_sign_in(digest(token))


def _state(resident: Resident) -> str:
    return fingerprint(
        "pending",
        resident.email,
        resident.password_hash,
        resident.pin_hash,
        resident.totp_secret,
    )


def stop() -> None:
    """Sign out on this device."""
    token = session.pop(TOKEN, None)
    session.clear()
    if token:
        services.end_sign_in(digest(token))
