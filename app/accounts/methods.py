"""The means of signing in, as a table: another one is another entry (docs/decisions/0009)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, lazyload, load_only

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _, _l
from app.core.security import secret_matches

LONGEST_IDENTIFIER, LONGEST_SECRET = 254, 200


class AccountClosed(Invalid):
    """Whoever has the secret may know that the account is closed, and how it opens again."""


@dataclass(frozen=True)
class Method:
    """One way of proving who one is.

    Args:
        name: kept with each sign-in; never renamed.
        words: how the list of sessions calls it.
        recognises: whether a typed identifier is for this method; nothing for those that have
            a page of their own.
        normal: the identifier as the database has it: two spellings of one identifier are one
            for the rate limits too.
        verify: the number of the resident whom an identifier and a secret prove. It asks one
            statement and one hash of the machine, whether or not there is such a person.
        pace: tries from devices that have never signed in to this account, as flask-limiter
            writes it. A secret with few digits gets few.
    """

    name: str
    words: Any
    recognises: Callable[[str], bool] = lambda identifier: False
    normal: Callable[[str], str] = lambda identifier: identifier
    verify: Callable[[str, str], int | None] = lambda identifier, secret: None
    pace: str = "20/hour;100/day"


def _digits(identifier: str) -> str:
    return "".join(filter(str.isdigit, identifier))


def _secret_of(
    column: InstrumentedAttribute[Any], secret: InstrumentedAttribute[Any]
) -> Select[Any]:
    """Only what is compared is read: a whole resident would take longer to load than nobody."""
    return select(Resident.id, secret).where(column == bindparam("value"))


PASSWORDS = _secret_of(Resident.email, Resident.password_hash)
PINS = _secret_of(Resident.card_number, Resident.pin_hash)


def _matching(secrets: Select[Any], value: str, typed: str) -> int | None:
    found = db.session.execute(secrets, {"value": value}).first()
    hashed = found[1] if found else None
    return found[0] if secret_matches(hashed, typed) and found else None


def _by_password(email: str, secret: str) -> int | None:
    return _matching(PASSWORDS, email, secret)


def _by_card(number: str, secret: str) -> int | None:
    # Printed as « 722 088 », and typed as read.
    return _matching(PINS, number, "".join(secret.split()))


METHODS = (
    Method(
        "password",
        _l("Adresse e-mail et mot de passe"),
        recognises=lambda identifier: "@" in identifier,
        normal=str.lower,
        verify=_by_password,
    ),
    Method(
        "card",
        _l("Carte et code"),
        recognises=lambda identifier: "@" not in identifier,
        normal=_digits,
        verify=_by_card,
        pace="8/hour;15/day",
    ),
    Method("link", _l("Lien reçu par e-mail")),
)
WORDS = {method.name: method.words for method in METHODS}


SIGNING_IN = (
    select(Resident)
    .where(Resident.id == bindparam("of"))
    .options(
        load_only(
            Resident.given_name,
            Resident.email,
            Resident.email_confirmed_at,
            Resident.card_number,
            Resident.password_hash,
            Resident.pin_hash,
            Resident.totp_secret,
            Resident.last_seen_on,
            Resident.erased_at,
            Resident.closed_at,
            Resident.merged_into_id,
        ),
        lazyload(Resident.grants),
        lazyload(Resident.participation),
    )
)
"""What signing in reads of a person; the rest is read when a page asks for it."""


def method_of(identifier: str) -> tuple[Method, str]:
    """The method that a typed identifier is for, and the identifier as the database has it."""
    wanted = identifier.replace("\x00", "").strip()[:LONGEST_IDENTIFIER]
    method = next(method for method in METHODS if method.recognises(wanted))
    return method, method.normal(wanted)


def identify(identifier: str, secret: str) -> tuple[Resident, str] | None:
    """Who it is and by which method; None, as slowly, when it is nobody.

    Raises:
        AccountClosed: the secret is right, and the account waits to be erased.
    """
    method, wanted = method_of(identifier)
    resident_id = method.verify(wanted, secret[:LONGEST_SECRET])
    if resident_id is None:
        return None
    resident = db.session.scalar(SIGNING_IN, {"of": resident_id})
    if resident is not None and resident.closed_at and not resident.erased_at:
        raise AccountClosed(
            _(
                "Ce compte est fermé, et sera bientôt effacé. Pour le rouvrir, suivez le lien reçu "
                "par e-mail quand il a été fermé, ou passez à l’accueil du centre."
            )
        )
    return (resident, method.name) if resident is not None and resident.is_active else None
