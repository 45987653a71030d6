"""The means of signing in, as a table: another one is another entry."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.security import secret_matches


@dataclass(frozen=True)
class Method:
    """`recognises` an identifier as its own; `verify` gives the resident, or nobody."""

    name: str
    recognises: Callable[[str], bool]
    verify: Callable[[str, str], Resident | None]


def _by_password(identifier: str, secret: str) -> Resident | None:
    found = db.session.scalar(select(Resident).where(Resident.email == identifier.lower()))
    return found if secret_matches(found.password_hash if found else None, secret) else None


def _by_card(identifier: str, secret: str) -> Resident | None:
    number = "".join(filter(str.isdigit, identifier))
    found = db.session.scalar(select(Resident).where(Resident.card_number == number))
    code = "".join(secret.split())  # printed as « 722 088 », and typed as read
    return found if secret_matches(found.pin_hash if found else None, code) else None


METHODS = (
    Method("password", lambda identifier: "@" in identifier, _by_password),
    Method("card", lambda identifier: "@" not in identifier, _by_card),
)


def identify(identifier: str, secret: str) -> tuple[Resident, str] | None:
    """Who it is and by which method; None, as slowly, when it is nobody."""
    wanted = identifier.strip()[:254]
    method = next(method for method in METHODS if method.recognises(wanted))
    resident = method.verify(wanted, secret[:500])
    return (resident, method.name) if resident else None
