"""Who is signed in: a random token in the session, its hash in the database."""

import secrets

from flask import Request, request, session
from flask_login import LoginManager
from sqlalchemy import select

from app.accounts import services
from app.accounts.models import Resident, SignIn
from app.core.db import db
from app.core.security import digest

login_manager = LoginManager()
login_manager.session_protection = None
TOKEN = "sign_in"


@login_manager.request_loader
def _from_request(_request: Request) -> Resident | None:
    """The resident whose live sign-in this session holds; one statement, and none signed out."""
    token = session.get(TOKEN)
    if not token:
        return None
    return db.session.scalar(
        select(Resident)
        .join(SignIn, SignIn.resident_id == Resident.id)
        .where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
    )


def start(resident: Resident, method: str) -> None:
    """Sign in on this device, in a session of its own (no fixation)."""
    token = secrets.token_urlsafe(32)
    services.open_sign_in(resident, digest(token), method, request.user_agent.string)
    session.clear()
    session[TOKEN] = token
    session.permanent = method != "card"


def stop() -> None:
    """Sign out on this device."""
    token = session.pop(TOKEN, None)
    session.clear()
    if token:
        services.end_sign_in(digest(token))
