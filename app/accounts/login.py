"""Who is signed in: a random token in the session, its hash in the database."""

import secrets
from datetime import timedelta

from flask import Request, current_app, g, request, session
from flask_login import LoginManager
from sqlalchemy import func, select

from app.accounts import services
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Participation, Resident
from app.accounts.signals import signed_in
from app.core.clock import now
from app.core.db import db
from app.core.security import digest
from app.ledger.acts import Channel

login_manager = LoginManager()
login_manager.session_protection = None
TOKEN = "sign_in"


@login_manager.request_loader
def _from_request(_request: Request) -> Resident | None:
    """Whose session it is, or whom it acts for; one statement, and none signed out."""
    token = session.get(TOKEN)
    if not token:
        return None
    whose = func.coalesce(SignIn.acting_for_id, SignIn.resident_id)
    found = db.session.execute(
        select(Resident, SignIn)
        .join(SignIn, whose == Resident.id)
        .where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
    ).first()
    if found is None or not found.Resident.is_active:
        return None
    resident, sign_in = found
    if sign_in.is_kiosk and not services.stay_signed_in(sign_in, kiosk_idle()):
        return None
    if sign_in.acting_until is not None and sign_in.acting_until <= now():
        # What this request was about to do would be done in the wrong name: see the desk's guard.
        g.acting_lapsed = sign_in.acting_for_id
        services.stop_acting(sign_in)
        renew_forms()
        resident = db.session.get_one(Resident, sign_in.resident_id)
    g.sign_in = sign_in
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


def current_sign_in() -> SignIn | None:
    """The sign-in of the request being served; `current_user` must have been asked for."""
    found: SignIn | None = g.get("sign_in")
    return found


def start(resident: Resident, method: str, *, is_kiosk: bool = False) -> None:
    """Sign in on this device, in a session of its own (no fixation)."""
    token = secrets.token_urlsafe(32)
    device = request.user_agent.string
    services.open_sign_in(resident, digest(token), method, device, is_kiosk=is_kiosk)
    session.clear()
    session[TOKEN] = token
    session.permanent = method != "card" and not is_kiosk
    signed_in.send(resident)


def stop() -> None:
    """Sign out on this device."""
    token = session.pop(TOKEN, None)
    session.clear()
    if token:
        services.end_sign_in(digest(token))
