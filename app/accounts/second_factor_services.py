"""The second factor: a code that changes every 30 seconds (TOTP, RFC 6238), and spare codes."""

import hmac
import secrets
from dataclasses import dataclass

import pyotp
import segno
from flask import current_app
from markupsafe import Markup
from sqlalchemy import bindparam, delete, func, or_, select, update

from app.accounts.access_models import RecoveryCode
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.accounts.services import end_sign_ins
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic, atomic_unseen, db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.rights import SECOND_FACTOR_REQUIRED, Role
from app.core.security import keyed_digest, seal, unseal

SECONDS = 30
AROUND = (0, -1, 1)
"""Steps also taken: a phone's clock may be half a minute off."""

HOW_MANY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Neither 0 nor o, neither 1 nor l nor i: they are read off a sheet of paper."""


ROLES = select(Grant.role).where(Grant.resident_id == bindparam("of"), Grant.ended_at.is_(None))


@dataclass(frozen=True)
class Enrolment:
    """What adds the account to a phone: a key, and an address that says it, drawn too."""

    key: str
    address: str
    qr: Markup

    @property
    def spaced_key(self) -> str:
        """By four, to be typed."""
        return " ".join(self.key[at : at + 4] for at in range(0, len(self.key), 4))


def is_required(resident: Resident) -> bool:
    """Whether a role of the person's asks for it."""
    found = db.session.execute(ROLES, {"of": resident.id}).scalars()
    return not SECOND_FACTOR_REQUIRED.isdisjoint(Role(role) for role in found)


def new_key() -> str:
    """A secret that nobody has (160 bits, base 32)."""
    return pyotp.random_base32()


def enrolment(resident: Resident, key: str) -> Enrolment:
    """The key, and its drawing, for this person's phone."""
    address = pyotp.TOTP(key).provisioning_uri(
        name=resident.email or resident.card_number, issuer_name=str(rule("centre_name"))
    )
    drawn: str = segno.make(address, micro=False, error="m").svg_inline(
        border=4, dark="#20313a", light="#ffffff", omitsize=True
    )
    return Enrolment(key, address, Markup(drawn))


def key_of(resident: Resident) -> str | None:
    """The person's key; None without one, or when SECRET_KEY has changed since."""
    return unseal(_purpose(resident), resident.totp_secret) if resident.totp_secret else None


@atomic
def enrol(resident: Resident, key: str, code: str, *, replacing: bool = False) -> list[str]:
    """Add the second factor, once the phone has shown that it has the key; gives the spare codes.

    Raises:
        Invalid: there is one that is not to be replaced, or the code is not the phone's.
    """
    if resident.totp_secret is not None and not replacing:
        raise Invalid(_("La vérification en deux étapes est déjà en place."))
    step = _step_of(key, code)
    if step is None:
        raise Invalid(
            _("Ce code n’est pas celui du moment. Attendez le suivant sur votre téléphone."),
            field="code",
        )
    resident.totp_secret = seal(_purpose(resident), key)
    resident.totp_last_step = step
    _tell(resident, _("La vérification en deux étapes est en place sur votre compte."))
    return _new_codes(resident)


@atomic_unseen
def check_code(resident: Resident, typed: str) -> bool:
    """Whether it is the phone's code of the moment, or a spare code; either serves once."""
    code = "".join(typed.lower().split()).replace("-", "")
    return _use_step(resident, code) or _use_spare(resident, code)


@atomic
def renew_codes(resident: Resident) -> list[str]:
    """Ten new spare codes; the old ones no longer serve.

    Raises:
        Invalid: there is no second factor.
    """
    if resident.totp_secret is None:
        raise Invalid(_("La vérification en deux étapes n’est pas en place."))
    return _new_codes(resident)


@atomic
def remove(resident: Resident) -> None:
    """Take the second factor away.

    Raises:
        Forbidden: a role of theirs asks for it.
    """
    if is_required(resident):
        raise Forbidden(_("Votre rôle demande la vérification en deux étapes."))
    _forget(resident)
    _tell(resident, _("La vérification en deux étapes est retirée de votre compte."))


@atomic
def reset_by_command(resident: Resident) -> None:
    """Someone has lost phone and spare codes, and whoever runs the server has seen them."""
    _forget(resident)
    end_sign_ins(resident)
    note(AuditAct.SECOND_FACTOR_RESET, None, resident, reason="ligne de commande")
    _tell(resident, _("La vérification en deux étapes de votre compte a été remise à zéro."))


def codes_left(resident: Resident) -> int:
    """How many spare codes have not served."""
    unused = (RecoveryCode.resident_id == resident.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count()).where(*unused)) or 0


def demonstration_code(resident: Resident) -> str | None:
    """The next code of an identity of the demonstration, in development alone."""
    shown = current_app.config["DEMO"] and current_app.config["DEMO_SECOND_FACTOR"]
    if not shown or key_of(resident) != shown:
        return None
    # Not the one before, though it may be free: there must be time to type it.
    free = max(_step(), (resident.totp_last_step or 0) + 1)
    return pyotp.TOTP(shown).generate_otp(free)


def set_demonstration_key(resident: Resident) -> None:
    """Give an identity of the demonstration the key that everyone knows, if this place has one."""
    if key := current_app.config["DEMO_SECOND_FACTOR"]:
        resident.totp_secret = seal(_purpose(resident), key)


def _purpose(resident: Resident) -> str:
    """A sealed key copied to another row opens nothing."""
    return f"totp-{resident.id}"


def _step() -> int:
    return int(now().timestamp()) // SECONDS


def _step_of(key: str, code: str) -> int | None:
    """The step of which it is the code; None when it is of none of those taken."""
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp, found = pyotp.TOTP(key), None
    for around in AROUND:
        if hmac.compare_digest(totp.generate_otp(_step() + around), digits):
            found = _step() + around
    return found


def _use_step(resident: Resident, code: str) -> bool:
    key = key_of(resident)
    step = _step_of(key, code) if key else None
    if step is None:
        return False
    not_yet = or_(Resident.totp_last_step.is_(None), Resident.totp_last_step < step)
    # The condition travels with the write: of two devices with one code, one comes in.
    used = db.session.execute(
        update(Resident)
        .where(Resident.id == resident.id, not_yet)
        .values(totp_last_step=step)
        .returning(Resident.id)
    )
    return used.first() is not None


def _use_spare(resident: Resident, code: str) -> bool:
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.resident_id == resident.id,
            RecoveryCode.code_hash == _digest(resident, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.id)
    )
    if used.first() is None:
        return False
    _tell(resident, _("Un code de secours vient de servir pour entrer dans votre compte."))
    return True


def _new_codes(resident: Resident) -> list[str]:
    """Ten codes of ten letters, 49 bits each; only their keyed digests are kept."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.resident_id == resident.id))
    codes = ["".join(secrets.choice(LETTERS) for _n in range(10)) for _c in range(HOW_MANY_CODES)]
    db.session.add_all(
        RecoveryCode(resident_id=resident.id, code_hash=_digest(resident, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(resident: Resident, code: str) -> str:
    return keyed_digest(f"recovery-code-{resident.id}", code)


def _forget(resident: Resident) -> None:
    resident.totp_secret = resident.totp_last_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.resident_id == resident.id))


def _tell(resident: Resident, text: str) -> None:
    if resident.email and resident.email_confirmed_at:
        body = _("Si ce n’était pas vous, changez votre mot de passe et prévenez l’accueil.")
        send_mail(
            resident.email, "notice", resident=resident, text=text, body=body, url="/moi/securite"
        )
