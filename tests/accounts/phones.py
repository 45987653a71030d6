"""Phones that give codes, and someone who has one."""

from datetime import timedelta

import pyotp
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts import second_factor_services
from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import db
from tests.support import Visitor

SECRET = "soleil-pont-carotte"


def enrolled(resident: Resident) -> tuple[str, list[str]]:
    """Give someone a second factor; their key and spare codes. The code of the moment is free."""
    key = second_factor_services.new_key()
    with at(now() - timedelta(minutes=5)):
        codes = second_factor_services.enrol(resident, key, pyotp.TOTP(key).at(now()))
    return key, codes


def code_of(key: str, ago: int = 0) -> str:
    return pyotp.TOTP(key).at(now() - timedelta(seconds=ago))


def knock(client: Visitor, resident: Resident, target: str = "") -> TestResponse:
    """Give the right password."""
    typed = {"identifier": resident.email, "secret": SECRET, "next": target}
    return client.send("/connexion", typed)


def sign_ins() -> int:
    return db.session.scalar(select(func.count()).select_from(SignIn)) or 0
