"""Residents who form a collectif: start, invite, answer, form."""

import re

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_is_grown
from app.associations.models import Collectif, CollectifMember
from app.associations.policies import can_drop, can_lead, can_leave
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record
from app.notifications.services import notify

_CARD = re.compile(r"[0-9]{8}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@atomic
def start(founder: Resident, name: str, purpose: str, quartier_id: int | None = None) -> Collectif:
    """Begin to form a collectif; the founder is its first member and its référent.

    Raises:
        Forbidden: someone who may be under 15, or may not write for a time.
        Invalid: no name or no purpose.
        Conflict: another collectif has this name.
    """
    check_is_grown(founder)
    check_may_write(founder)
    if not name.strip() or not purpose.strip():
        raise Invalid(_("Donnez un nom et dites ce que vous voulez faire."), field="name")
    collectif = Collectif(
        name=" ".join(name.split()),
        purpose=purpose.strip(),
        quartier_id=quartier_id,
        referent_id=founder.id,
    )
    with unique_or(Conflict(_("Un collectif porte déjà ce nom."), field="name")):
        db.session.add(collectif)
    db.session.add(
        CollectifMember(collectif_id=collectif.id, resident_id=founder.id, accepted_at=now())
    )
    record(Act.COLLECTIF_STARTED, actor=founder, subject=collectif, quartier_id=quartier_id)
    return collectif


@atomic
def invite(person: Resident, collectif: Collectif, who: str) -> None:
    """Invite a resident by card number or e-mail; says nothing of whether they exist.

    A child is not told: nobody writes to children through the site.

    Someone who has been invited before, even if they declined, is not told again.
    Silent: an invitation is not yet participation.

    Raises:
        Forbidden: not the référent.
        Invalid: neither a card number nor an e-mail address.
        Conflict: the collectif was dropped.
    """
    if not can_lead(person, collectif):
        raise Forbidden(_("Seul le référent du collectif invite."))
    typed = "".join(who.split()).lower()
    if not _CARD.fullmatch(typed) and not _EMAIL.fullmatch(typed):
        raise Invalid(
            _("Écrivez les 8 chiffres d’une carte, ou une adresse e-mail complète."), field="who"
        )
    lock(collectif)
    _refuse_dropped(collectif)
    column = Resident.card_number if _CARD.fullmatch(typed) else Resident.email
    invited = db.session.scalar(select(Resident).where(column == typed))
    if invited is None or invited.is_under_15_on(today()):
        return
    if _member(collectif, invited) is not None:
        return
    db.session.add(CollectifMember(collectif_id=collectif.id, resident_id=invited.id))
    text = _(
        "%(who)s vous invite dans le collectif « %(name)s ».",
        who=person.display_name,
        name=collectif.name,
    )
    notify(invited, text, collectif.path)


@atomic
def accept(person: Resident, collectif: Collectif) -> None:
    """Join; the collectif is formed, once, when enough have.

    Raises:
        Forbidden: the person was not invited, or may be under 15.
        Conflict: a member already, or the collectif was dropped.
    """
    check_is_grown(person)
    lock(collectif)
    member = _invited(person, collectif)
    if member.accepted_at is not None:
        raise Conflict(_("Vous êtes déjà dans ce collectif."))
    member.accepted_at, member.declined_at = now(), None
    _form_if_ready(collectif)


@atomic
def decline(person: Resident, collectif: Collectif) -> None:
    """Answer no to an invitation.

    Silent: a refusal counts nowhere.

    Raises:
        Forbidden: the person was not invited.
        Conflict: a member already, or the collectif was dropped.
    """
    lock(collectif)
    member = _invited(person, collectif)
    if member.accepted_at is not None:
        raise Conflict(_("Vous êtes déjà dans ce collectif."))
    member.declined_at = now()


@atomic
def leave(person: Resident, collectif: Collectif) -> None:
    """Go, unless one is the référent: another must be named first.

    Silent: what was formed stays counted, and who left is nobody's business.

    Raises:
        Forbidden: not a member, or the référent.
        Conflict: the collectif was dropped.
    """
    lock(collectif)
    member = _invited(person, collectif)
    if not can_leave(person, collectif, member):
        raise Forbidden(_("Nommez d’abord un autre référent, puis quittez le collectif."))
    member.accepted_at, member.declined_at = None, now()


@atomic
def name_referent(person: Resident, collectif: Collectif, resident_id: int) -> None:
    """Hand the role of référent to another member.

    Silent: the role moves inside the group.

    Raises:
        Forbidden: not the référent.
        Invalid: the person named has not joined.
        Conflict: the collectif was dropped.
    """
    lock(collectif)
    if not can_lead(person, collectif):
        raise Forbidden(_("Seul le référent peut nommer un autre référent."))
    _refuse_dropped(collectif)
    member = db.session.get(CollectifMember, (collectif.id, resident_id))
    if member is None or member.accepted_at is None:
        raise Invalid(_("Choisissez quelqu’un qui a rejoint le collectif."), field="resident_id")
    collectif.referent_id = resident_id
    if resident_id != person.id:
        text = _("Vous êtes référent du collectif « %(name)s ».", name=collectif.name)
        notify(member.resident, text, collectif.path)
    _form_if_ready(collectif)


@atomic
def drop(person: Resident, collectif: Collectif) -> None:
    """Give up forming it; its name is free again.

    Silent: nothing was formed.

    Raises:
        Forbidden: neither the référent nor the team, or it is formed.
        Conflict: dropped before.
    """
    lock(collectif)
    _refuse_dropped(collectif)
    if not can_drop(person, collectif):
        raise Forbidden(_("Seul le référent peut abandonner un collectif en formation."))
    collectif.status = "dropped"


def _form_if_ready(collectif: Collectif) -> None:
    """The caller holds the collectif's row, so that it is formed once."""
    db.session.flush()
    accepted = (
        select(CollectifMember.resident_id)
        .where(CollectifMember.collectif_id == collectif.id)
        .where(CollectifMember.accepted_at.is_not(None))
    )
    count = db.session.scalar(select(func.count()).select_from(accepted.subquery())) or 0
    referent = db.session.scalar(
        select(Resident).where(Resident.id == collectif.referent_id, Resident.id.in_(accepted))
    )
    if collectif.status != "forming" or count < rule("collectif_members") or referent is None:
        return
    collectif.status, collectif.formed_on = "formed", today()
    for resident in db.session.scalars(select(Resident).where(Resident.id.in_(accepted))):
        text = _("Le collectif « %(name)s » est formé.", name=collectif.name)
        notify(resident, text, collectif.path)
    record(
        Act.COLLECTIF_FORMED,
        actor=referent,
        subject=collectif,
        quartier_id=collectif.quartier_id,
    )


def _member(collectif: Collectif, resident: Resident) -> CollectifMember | None:
    return db.session.get(CollectifMember, (collectif.id, resident.id))


def _invited(person: Resident, collectif: Collectif) -> CollectifMember:
    _refuse_dropped(collectif)
    member = _member(collectif, person)
    if member is None:
        raise Forbidden(_("Ce collectif ne vous a pas invité."))
    db.session.refresh(member)
    return member


def _refuse_dropped(collectif: Collectif) -> None:
    if collectif.status == "dropped":
        raise Conflict(_("Ce collectif a été abandonné."))
