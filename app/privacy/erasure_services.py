"""Asking to be erased, changing one's mind, and the erasure when its day has come."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import ColumnElement, select

from app.accounts import services as accounts
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import ChangeStamp, atomic, db, lock, unique_or
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.security import sign, unsign
from app.core.typography import date_fr, of_fr
from app.notifications.services import notify
from app.privacy.blockers import blockers
from app.privacy.erasing import erase
from app.privacy.models import ErasureRequest
from app.privacy.policies import can_call_people_back, can_erase, can_erase_people

GRACE = timedelta(days=7)
RETURN = "return-from-erasure"


class HandOverFirst(Conflict):
    """Something rests on this person alone."""


@atomic
def ask_erasure(by: Resident, person: Resident, *, keeps_writings: bool) -> ErasureRequest:
    """Close the account at once; it is erased in seven days, unless someone says otherwise.

    The caller has asked again for the secret of whoever asks.

    Raises:
        Forbidden: not one's own account, nor a child's one answers for.
        HandOverFirst: what must be handed over, in sentences.
        Conflict: asked already.
    """
    request = _request(by, person, keeps_writings)
    accounts.sign_out_everywhere(person)
    accounts.leave_profile_of(person)
    person.closed_at = now()
    if person.email and person.email_confirmed_at:
        token = sign(RETURN, [request.id, person.id])
        link = f"{current_app.config['PUBLIC_URL']}/vos-donnees/revenir/{token}"
        send_mail(person.email, "erasure_asked", resident=person, link=link, due_at=request.due_at)
    _tell_guardians(request)
    if by.id != person.id and can_erase_people(by):
        note(AuditAct.ERASURE_ASKED, by, person)
    return request


@atomic
def erase_at_once(by: Resident, person: Resident, *, keeps_writings: bool) -> None:
    """Erase someone who asks it at the desk and does not want to wait.

    Raises:
        Forbidden: not of the direction, or oneself.
        HandOverFirst: as `ask_erasure`.
    """
    if not can_erase_people(by) or by.id == person.id:
        raise Forbidden(_("Seule la direction efface quelqu’un d’autre."))
    request = waiting(person) or _request(by, person, keeps_writings)
    note(AuditAct.PERSON_ERASED, by, person)
    _finish(request, keeps_writings)


@atomic
def come_back(token: str) -> Resident:
    """Open the account again, by the mailed link.

    Raises:
        Invalid: the link has served, or it is too late.
    """
    request = _request_of(token)
    if request is None:
        raise Invalid(_("Ce lien n’est plus valable."))
    return _reopen(request)


def way_back(token: str) -> str:
    """What a mailed link is worth: "open", "used" once the account is open again, or "closed"."""
    request = _request_of(token)
    if request is not None and request.cancelled_at is not None:
        return "used"
    return "open" if request is not None and request.done_at is None else "closed"


def _request_of(token: str) -> ErasureRequest | None:
    value = unsign(RETURN, token, int(GRACE.total_seconds()) + 3600)
    return db.session.get(ErasureRequest, value[0]) if value else None


@atomic
def open_again(by: Resident, person: Resident) -> None:
    """Open the account again, for someone who came to the desk, or for one's own child.

    Raises:
        Forbidden: neither of the team nor a guardian.
        Conflict: nothing was asked, or it is done.
    """
    is_guardian = answers_for(by, person)
    if not can_call_people_back(by) and not is_guardian:
        raise Forbidden(_("Seule l’équipe d’accueil rouvre un compte."))
    request = waiting(person)
    if request is None:
        raise Conflict(_("Aucun effacement n’attend pour cette personne."))
    _reopen(request)
    if not is_guardian:
        note(AuditAct.ERASURE_CANCELLED, by, person)


def erase_due() -> tuple[int, int]:
    """Erase whoever's day has come, each in a transaction; (done, held back by something new)."""
    due = select(ErasureRequest.id).where(_live(), ErasureRequest.due_at <= now())
    done = held = 0
    for number in db.session.scalars(due.order_by(ErasureRequest.id)).all():
        try:
            _erase_one(number)
            done += 1
        except DomainError:
            held += 1
    return done, held


@atomic
def erase_inactive(person: Resident) -> None:
    """Erase someone nobody has heard of, after two warnings; what they published stays.

    The caller has checked that it is so.

    Raises:
        HandOverFirst: something rests on them alone.
    """
    _refuse_if_blocked(person)
    request = _new_request(None, person, keeps_writings=True)
    _finish(request, keeps_writings=True)


def waiting(person: Resident) -> ErasureRequest | None:
    """The erasure that waits for its day."""
    mine = ErasureRequest.resident_id == person.id
    return db.session.scalar(select(ErasureRequest).where(_live(), mine))


def answers_for(by: Resident, person: Resident) -> bool:
    """Whether one is a guardian of the other."""
    link = select(Guardianship.id).where(
        Guardianship.guardian_id == by.id,
        Guardianship.child_id == person.id,
        Guardianship.ended_at.is_(None),
    )
    return db.session.scalar(link) is not None


@atomic
def _erase_one(number: int) -> None:
    request = db.session.get_one(ErasureRequest, number)
    lock(request)
    if request.cancelled_at is None and request.done_at is None:
        _refuse_if_blocked(request.resident)
        _finish(request, request.keeps_writings)


def _request(by: Resident, person: Resident, keeps_writings: bool) -> ErasureRequest:
    # Of two last administrators who leave together, the second must see the first gone.
    db.session.execute(select(ChangeStamp.value).with_for_update())
    lock(person)
    if not can_erase(by, person, is_guardian=answers_for(by, person)):
        raise Forbidden(_("Vous ne pouvez pas effacer ce compte."))
    _refuse_if_blocked(person)
    return _new_request(by, person, keeps_writings)


def _new_request(by: Resident | None, person: Resident, keeps_writings: bool) -> ErasureRequest:
    request = ErasureRequest(
        resident_id=person.id,
        asked_by_id=by.id if by else None,
        keeps_writings=keeps_writings,
        asked_at=now(),
        due_at=now() + GRACE,
    )
    with unique_or(Conflict(_("L’effacement de ce compte est déjà demandé."))):
        db.session.add(request)
    return request


def _refuse_if_blocked(person: Resident) -> None:
    if found := blockers(person):
        raise HandOverFirst(" ".join(found))


def _finish(request: ErasureRequest, keeps_writings: bool) -> None:
    request.done_at = now()
    request.keeps_writings = keeps_writings
    erase(request.resident, keeps_writings=keeps_writings)


def _reopen(request: ErasureRequest) -> Resident:
    lock(request)
    if request.cancelled_at is not None or request.done_at is not None:
        raise Invalid(_("Ce lien n’est plus valable."))
    request.cancelled_at = now()
    request.resident.closed_at = None
    return request.resident


def _tell_guardians(request: ErasureRequest) -> None:
    """A child has no address: whoever answers for them, the other parent too, has the way back."""
    child = request.resident
    links = select(Guardianship.guardian_id).where(
        Guardianship.child_id == child.id, Guardianship.ended_at.is_(None)
    )
    guardians = select(Resident).where(Resident.id.in_(links)).order_by(Resident.id)
    for guardian in db.session.scalars(guardians).unique().all():
        notify(
            guardian,
            _(
                "Le profil %(of_name)s est fermé, et sera effacé le %(day)s.",
                of_name=of_fr(child.called),
                day=date_fr(request.due_at),
            ),
            f"/moi/effacer/enfant/{child.id}",
            body=_(
                "Vous avez changé d’avis, ou ce n’était pas vous ? Suivez le lien ci-dessous pour"
                " rouvrir ce profil, ou passez à l’accueil du centre. Après, ce ne sera"
                " plus possible."
            ),
        )


def _live() -> ColumnElement[bool]:
    return ErasureRequest.cancelled_at.is_(None) & ErasureRequest.done_at.is_(None)
