"""Getting an account, proving who one is, and being given roles."""

from datetime import datetime, timedelta

from flask import current_app, url_for
from sqlalchemy import select

from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Grant, Participation, Resident
from app.accounts.policies import can_give_code, can_give_roles, can_register_people
from app.accounts.signals import acting_stopped
from app.core.clock import now, today
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.rights import Role
from app.core.search_text import fold
from app.core.security import (
    COMMON,
    SHORTEST_PASSWORD,
    TOO_COMMON,
    fingerprint,
    hash_secret,
    new_card_number,
    new_pin,
    sign,
    unsign,
)
from app.ledger.acts import Act, Channel
from app.ledger.services import record

CONFIRM, RESET = "confirm-email", "reset-password"
CONFIRM_SECONDS, RESET_SECONDS = 7 * 24 * 3600, 3600


@atomic
def register(email: str, password: str, **person: object) -> Resident | None:
    """Open an account and mail the confirmation link.

    An address that has an account already gets a mail that says so, and None is returned:
    the page shown is the same, so that nobody learns who has an account.

    Raises:
        Invalid: a weak password, or an impossible year of birth.
    """
    address = email.strip().lower()
    check_password(password, address)
    hashed = hash_secret(password)
    known = db.session.scalar(select(Resident).where(Resident.email == address))
    if known is not None:
        send_mail(address, "already_registered", resident=known, link=_link("accounts.forgotten"))
        return None
    resident = _new_resident(person)
    resident.email = address
    resident.password_hash = hashed
    with unique_or(Conflict(_("Cette adresse vient d’être inscrite."), field="email")):
        db.session.add(resident)
    record(Act.RESIDENT_REGISTERED, actor=resident)
    _send_confirmation(resident)
    return resident


@atomic
def register_at_desk(desk: Resident, **person: object) -> tuple[Resident, str]:
    """Register someone who stands at the desk; gives the PIN, which is kept nowhere."""
    resident = register_person(desk, **person)
    pin = new_pin()
    resident.pin_hash = hash_secret(pin)
    return resident, pin


@atomic
def register_person(desk: Resident, **person: object) -> Resident:
    """Register someone the desk has seen; their card can be made later (`reset_pin`).

    Raises:
        Forbidden: not one of the team.
        Conflict: the address has an account.
        Invalid: an impossible year of birth.
    """
    if not can_register_people(desk):
        raise Forbidden(_("Seule l’équipe d’accueil inscrit quelqu’un."))
    email = str(person.pop("email", None) or "").strip().lower() or None
    resident = _new_resident(person)
    resident.registered_by_id = desk.id
    resident.email = email
    with unique_or(Conflict(_("Une personne inscrite a déjà cette adresse."), field="email")):
        db.session.add(resident)
    record(Act.RESIDENT_REGISTERED, actor=resident, entered_by=desk, channel=Channel.DESK)
    if email:
        _send_confirmation(resident)
    return resident


@atomic
def reset_pin(desk: Resident, resident: Resident) -> str:
    """A new PIN for someone who stands at the desk; the old one no longer works."""
    if not can_give_code(desk, resident):
        raise Forbidden(_("Vous ne pouvez pas changer ce code."))
    pin = new_pin()
    resident.pin_hash = hash_secret(pin)
    _end_sign_ins(resident)
    return pin


@atomic
def open_sign_in(
    resident: Resident, token_hash: str, method: str, device: str | None, *, is_kiosk: bool = False
) -> None:
    """Remember a sign-in, so that it can be ended from elsewhere."""
    resident.last_seen_on = today()
    db.session.add(
        SignIn(
            token_hash=token_hash,
            resident_id=resident.id,
            method=method,
            device=(device or "")[:200] or None,
            is_kiosk=is_kiosk,
        )
    )


@atomic
def end_sign_in(token_hash: str) -> None:
    """Sign out on one device."""
    sign_in = db.session.get(SignIn, token_hash)
    if sign_in is not None and sign_in.ended_at is None:
        stop_acting(sign_in)
        sign_in.ended_at = now()


@atomic
def stay_signed_in(sign_in: SignIn, idle: timedelta) -> bool:
    """Note that someone is still at a shared screen; False, and signed out, after `idle`."""
    if sign_in.last_seen_at < now() - idle:
        end_sign_in(sign_in.token_hash)
        return False
    sign_in.last_seen_at = now()
    return True


@atomic
def act_for(sign_in: SignIn, resident: Resident, why: ActingAs, until: datetime | None) -> None:
    """From now on this session is that person's; its own person's again after `stop_acting`.

    The caller has checked the right to do so.
    """
    sign_in.acting_for_id, sign_in.acting_as, sign_in.acting_until = resident.id, why.value, until


@atomic
def stop_acting(sign_in: SignIn) -> None:
    """The session is its own person's again."""
    if sign_in.acting_for_id is None:
        return
    acting_stopped.send(sign_in)
    sign_in.acting_for_id = sign_in.acting_as = sign_in.acting_until = None


@atomic
def sign_out_everywhere(resident: Resident) -> None:
    """Sign out on every device."""
    _end_sign_ins(resident)


@atomic
def confirm_email(token: str) -> Resident:
    """The address is the person's own; the link, which signs in, serves once.

    Raises:
        Invalid: the link is too old, has served, or was for another address.
    """
    value = unsign(CONFIRM, token, CONFIRM_SECONDS)
    resident = db.session.get(Resident, value[0]) if value else None
    if resident is None or value is None or resident.email != value[1]:
        raise Invalid(_("Ce lien n’est plus valable. Connectez-vous pour en recevoir un autre."))
    if resident.email_confirmed_at is not None:
        raise Invalid(_("Votre adresse est déjà confirmée. Connectez-vous."))
    resident.email_confirmed_at = now()
    return resident


@atomic
def resend_confirmation(resident: Resident) -> None:
    """Mail the confirmation link again."""
    if resident.email and resident.email_confirmed_at is None:
        _send_confirmation(resident)


@atomic
def ask_reset(email: str) -> None:
    """Mail a link to choose a new password, if the address has an account; say nothing else."""
    resident = db.session.scalar(select(Resident).where(Resident.email == email.strip().lower()))
    if resident is None or resident.email is None:
        return
    state = fingerprint(resident.password_hash, resident.email)
    token = sign(RESET, [resident.id, state])
    link = _link("accounts.reset", token=token)
    send_mail(resident.email, "reset_password", resident=resident, link=link)


def resident_of_reset(token: str) -> Resident | None:
    """Whose reset link it is, while it is good: once, and for an hour."""
    value = unsign(RESET, token, RESET_SECONDS)
    resident = db.session.get(Resident, value[0]) if value else None
    if resident is None or value is None:
        return None
    good = value[1] == fingerprint(resident.password_hash, resident.email)
    return resident if good else None


@atomic
def reset_password(token: str, password: str) -> Resident:
    """Choose a new password by a mailed link; signs out everywhere and confirms the address.

    Raises:
        Invalid: a used or old link, or a weak password.
    """
    resident = resident_of_reset(token)
    if resident is None:
        raise Invalid(_("Ce lien n’est plus valable. Demandez-en un autre."))
    check_password(password, resident.email or "")
    resident.password_hash = hash_secret(password)
    resident.email_confirmed_at = resident.email_confirmed_at or now()
    _end_sign_ins(resident)
    return resident


@atomic
def give_role(
    giver: Resident | None,
    resident: Resident,
    role: Role,
    *,
    body_id: int | None = None,
    association_id: int | None = None,
    reason: str | None = None,
) -> Grant:
    """Give a role; `giver` is nobody when a rule of the house gives it.

    Raises:
        Forbidden: the giver may not.
        Conflict: the person has it already.
    """
    if giver is not None and not can_give_roles(giver):
        raise Forbidden(_("Seule la direction donne un rôle."))
    grant = Grant(
        resident_id=resident.id,
        role=role.value,
        body_id=body_id,
        association_id=association_id,
        given_by_id=giver.id if giver else None,
        reason=reason,
    )
    with unique_or(Conflict(_("Cette personne a déjà ce rôle."))):
        db.session.add(grant)
    db.session.expire(resident, ["grants"])
    return grant


@atomic
def end_role(giver: Resident | None, grant: Grant) -> None:
    """Take a role back; the grant is kept, with its end."""
    if giver is not None and not can_give_roles(giver):
        raise Forbidden(_("Seule la direction retire un rôle."))
    if grant.ended_at is None:
        grant.ended_at = now()


def check_password(password: str, email: str) -> None:
    """Refuse a password that is short, common, or the address itself.

    Raises:
        Invalid: with what to do about it.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            _("Prenez au moins %(count)d caractères.", count=SHORTEST_PASSWORD), field="password"
        )
    lowered = password.casefold()
    if lowered in COMMON or len(set(lowered)) < 4 or lowered == email.casefold():
        raise Invalid(str(TOO_COMMON), field="password")


def _new_resident(person: dict[str, object]) -> Resident:
    resident = Resident(**person, card_number=free_card_number(), participation=Participation())
    resident.folded_name = fold(f"{resident.family_name} {resident.given_name}")[:130]
    year = resident.year_of_birth
    if year is not None and not 1900 <= year <= today().year:
        raise Invalid(_("Cette année de naissance n’est pas possible."), field="year_of_birth")
    return resident


def free_card_number() -> str:
    """A card number that nobody has."""
    while True:
        number = new_card_number()
        if not db.session.scalar(select(Resident.id).where(Resident.card_number == number)):
            return number


def _end_sign_ins(resident: Resident) -> None:
    for sign_in in db.session.scalars(
        select(SignIn).filter_by(resident_id=resident.id, ended_at=None)
    ):
        stop_acting(sign_in)
        sign_in.ended_at = now()


def _send_confirmation(resident: Resident) -> None:
    token = sign(CONFIRM, [resident.id, resident.email])
    link = _link("accounts.confirm", token=token)
    send_mail(resident.email or "", "confirm_email", resident=resident, link=link)


def _link(endpoint: str, **values: object) -> str:
    path = url_for(endpoint, **values, _external=False)  # type: ignore[arg-type]
    return f"{current_app.config['PUBLIC_URL']}{path}"
