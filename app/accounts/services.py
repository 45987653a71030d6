"""Getting an account, and proving who one is."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.accounts import devices
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Participation, Resident
from app.accounts.policies import can_give_code, can_register_people
from app.accounts.signals import acting_stopped
from app.accounts.taking_part import check_may_have_address
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now, today
from app.core.db import atomic, atomic_unseen, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.mail import address_of, send_mail
from app.core.search_text import fold
from app.core.security import (
    hash_secret,
    new_card_number,
    new_pin,
    sign,
    unsign,
)
from app.ledger.acts import Act, Channel
from app.ledger.services import record

NEW_SIGN_IN = insert(SignIn)
SEEN = update(Resident).where(Resident.id == bindparam("of")).values(last_seen_on=bindparam("day"))
USED = select(SignIn.device).where(SignIn.resident_id == bindparam("of")).distinct()

CONFIRM, CONFIRM_SECONDS = "confirm-email", 48 * 3600


@atomic
def register_person(desk: Resident, **person: object) -> Resident:
    """Register someone the desk has seen; their card can be made later (`reset_pin`).

    Raises:
        Forbidden: not one of the team.
        Conflict: the address has an account.
        Invalid: an impossible year of birth, or an address for a child with nobody.
    """
    if not can_register_people(desk):
        raise Forbidden(_("Seule l’équipe d’accueil inscrit quelqu’un."))
    email = str(person.pop("email", None) or "").strip().lower() or None
    resident = new_resident(person)
    resident.registered_by_id = desk.id
    resident.email = email
    check_may_have_address(resident, email)
    with unique_or(Conflict(_("Une personne inscrite a déjà cette adresse."), field="email")):
        db.session.add(resident)
    record(Act.RESIDENT_REGISTERED, actor=resident, entered_by=desk, channel=Channel.DESK)
    note(AuditAct.PERSON_REGISTERED, desk, resident)
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
    # The desk has seen them: a child whom a parent had added becomes known to the house.
    resident.registered_by_id = resident.registered_by_id or desk.id
    end_sign_ins(resident)
    note(AuditAct.CODE_GIVEN, desk, resident)
    return pin


def open_sign_in(
    resident: Resident, token_hash: str, method: str, device: str | None, *, is_kiosk: bool = False
) -> None:
    """Remember a sign-in, so that it can be ended from elsewhere; tell of a new kind of device."""
    sign_in = {
        "token_hash": token_hash,
        "resident_id": resident.id,
        "method": method,
        "device": (device or "")[:200] or None,
        "is_kiosk": is_kiosk,
    }
    tells = resident.email_confirmed_at is not None and not is_kiosk
    first_today = resident.last_seen_on != today()
    # By number from here: within an act the person would be read anew, three statements long.
    _open(sign_in, tells=tells, first_today=first_today)


@atomic_unseen
def _open(sign_in: dict[str, Any], *, tells: bool, first_today: bool) -> None:
    if tells:
        _tell_of_new_device(sign_in["resident_id"], sign_in["device"])
    db.session.connection().execute(NEW_SIGN_IN, sign_in)
    if first_today:
        db.session.connection().execute(SEEN, {"of": sign_in["resident_id"], "day": today()})


def _tell_of_new_device(resident_id: int, device: str | None) -> None:
    """Mail whoever signs in on a kind of device they had never used; the first one is no news."""
    used = db.session.connection().scalars(USED, {"of": resident_id})
    kinds = {devices.words(one) for one in used}
    kind = devices.words(device)
    if not kinds or kind in kinds:
        return
    resident = db.session.get_one(Resident, resident_id)
    if resident.email:
        link = address_of("accounts.security")
        send_mail(resident.email, "new_device", resident=resident, device=kind, at=now(), link=link)


@atomic
def end_sign_in(token_hash: str) -> None:
    """Sign out on one device."""
    sign_in = db.session.get(SignIn, token_hash)
    if sign_in is not None and sign_in.ended_at is None:
        stop_acting(sign_in)
        sign_in.ended_at = now()


@atomic_unseen
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
    end_sign_ins(resident)


@atomic
def confirm_email(token: str) -> Resident:
    """The address is the person's own; the link, which signs in, serves once.

    Raises:
        Invalid: the link is too old, has served, or was for another address.
    """
    resident = confirming(token)
    own_address(resident)
    return resident


def confirming(token: str) -> Resident:
    """Whose address a link confirms, while it still does.

    Raises:
        Invalid: as `confirm_email`.
    """
    value = unsign(CONFIRM, token, CONFIRM_SECONDS)
    resident = db.session.get(Resident, value[0]) if value else None
    if resident is None or value is None or resident.email != value[1]:
        raise Invalid(_("Ce lien n’est plus valable. Connectez-vous pour en recevoir un autre."))
    if resident.email_confirmed_at is not None:
        raise Invalid(_("Votre adresse est déjà confirmée. Connectez-vous."))
    return resident


@atomic
def resend_confirmation(resident: Resident) -> None:
    """Mail the confirmation link again."""
    if resident.email and resident.email_confirmed_at is None:
        _send_confirmation(resident)


def new_resident(person: dict[str, object]) -> Resident:
    """A resident with a card number and a participation key, not yet in the database.

    Raises:
        Invalid: an impossible year of birth.
    """
    resident = Resident(**person, card_number=free_card_number(), participation=Participation())
    resident.folded_name = fold(f"{resident.family_name} {resident.given_name}")[:130]
    check_year(resident.year_of_birth)
    return resident


def check_year(year: int | None) -> None:
    """Refuse a year of birth in the future, or too long ago."""
    if year is not None and not 1900 <= year <= today().year:
        raise Invalid(_("Cette année de naissance n’est pas possible."), field="year_of_birth")


def free_card_number() -> str:
    """A card number that nobody has."""
    while True:
        number = new_card_number()
        if not db.session.scalar(select(Resident.id).where(Resident.card_number == number)):
            return number


def own_address(resident: Resident) -> None:
    """The address has just been shown to be the person's own.

    Whoever registered it before, without showing that, is out: their password and their devices.
    """
    if resident.email_confirmed_at is not None:
        return
    resident.email_confirmed_at = now()
    if resident.registered_by_id is None:
        resident.password_hash = None
        end_sign_ins(resident)


def end_sign_ins(resident: Resident) -> None:
    """Sign out on every device, inside the caller's act."""
    for sign_in in db.session.scalars(
        select(SignIn).filter_by(resident_id=resident.id, ended_at=None)
    ):
        stop_acting(sign_in)
        sign_in.ended_at = now()


def leave_profile_of(resident: Resident) -> None:
    """Whoever acts in their name, at the desk or as a guardian, is back to their own.

    Inside the caller's act.
    """
    acting = select(SignIn).where(SignIn.acting_for_id == resident.id, SignIn.ended_at.is_(None))
    for sign_in in db.session.scalars(acting).all():
        stop_acting(sign_in)


def _send_confirmation(resident: Resident) -> None:
    token = sign(CONFIRM, [resident.id, resident.email])
    link = address_of("accounts.confirm", token=token)
    send_mail(resident.email or "", "confirm_email", resident=resident, link=link)
