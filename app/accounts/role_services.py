"""Roles: given, ended, and never left behind by what they were for."""

from datetime import date

from sqlalchemy import ColumnElement, select

from app.accounts.models import Resident
from app.accounts.policies import can_give_roles
from app.accounts.role_models import Grant
from app.accounts.roles import in_words
from app.accounts.services import end_sign_ins, leave_profile_of
from app.accounts.signals import person_told
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now, today
from app.core.db import ChangeStamp, atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import SECOND_FACTOR_REQUIRED, Role

SPACE = "/moi"
LONGEST = 200


@atomic
def give_role(
    giver: Resident | None,
    resident: Resident,
    role: Role,
    *,
    body_id: int | None = None,
    association_id: int | None = None,
    reason: str | None = None,
    ends_on: date | None = None,
) -> Grant:
    """Give a role, until the end of `ends_on` when it is said; the person is told.

    `giver` is nobody for the command line and where a rule of the house gives it.

    Raises:
        Forbidden: the giver may not, or is the person.
        Invalid: no reason, an end in the past, or an account that is no longer one.
        Conflict: the person has it already.
    """
    if giver is not None:
        if not can_give_roles(giver):
            raise Forbidden(_("Seule la direction donne un rôle."))
        if giver.id == resident.id:
            raise Forbidden(_("On ne se donne pas un rôle : demandez à une autre personne."))
        _check_reason(reason)
    return give_by_rule(
        giver,
        resident,
        role,
        body_id=body_id,
        association_id=association_id,
        reason=reason,
        ends_on=ends_on,
    )


@atomic
def give_by_rule(
    by: Resident | None,
    resident: Resident,
    role: Role,
    *,
    body_id: int | None = None,
    association_id: int | None = None,
    reason: str | None = None,
    ends_on: date | None = None,
    tell: bool = True,
) -> Grant:
    """Give the role that goes with something else (a seat, an association): the caller checked.

    Not to `tell` is for a caller that does it in its own words.

    Raises as `give_role`, the giver's right apart.
    """
    if not resident.is_active:
        raise Invalid(_("Ce compte n’existe plus."))
    if ends_on is not None and ends_on < today():
        raise Invalid(_("La date de fin est passée."), field="ends_on")
    _end_lapsed(Grant.resident_id == resident.id)
    grant = Grant(
        resident_id=resident.id,
        role=role.value,
        body_id=body_id,
        association_id=association_id,
        given_by_id=by.id if by else None,
        reason=reason,
        ends_on=ends_on,
    )
    with unique_or(Conflict(_("Cette personne a déjà ce rôle."))):
        db.session.add(grant)
    db.session.expire(resident, ["grants"])
    note(AuditAct.ROLE_GIVEN, by, resident, after=_facts(grant), reason=reason)
    if tell:
        text = _("Un rôle vous est donné : %(role)s.", role=in_words(role))
        person_told.send(resident, text=text, url=SPACE)
    # Nobody acts with whoever decides for others, nor gets what they were just given.
    leave_profile_of(resident)
    if role in SECOND_FACTOR_REQUIRED:
        # They come back with a second factor.
        end_sign_ins(resident)
    return grant


@atomic
def end_role(by: Resident | None, grant: Grant, *, reason: str) -> None:
    """Take a role back; the grant is kept, with its end, and the person is told.

    Raises:
        Forbidden: not of the direction.
        Invalid: no reason.
        Conflict: ended already, a role of one's own, or the last administrator's.
    """
    if by is not None and not can_give_roles(by):
        raise Forbidden(_("Seule la direction retire un rôle."))
    if by is not None and by.id == grant.resident_id:
        raise Conflict(_("On ne retire pas son propre rôle : demandez à une autre personne."))
    _check_reason(reason)
    _hold_administrators()
    lock(grant)
    if grant.ended_at is not None:
        raise Conflict(_("Ce rôle est déjà retiré."))
    _end(by, grant, reason)


@atomic
def end_roles_of(by: Resident | None, resident: Resident, *, reason: str) -> int:
    """End every role of someone whose account is erased or made one with another; how many.

    Raises:
        Conflict: the last administrator: the whole act is refused until another is named.
    """
    _hold_administrators()
    return _end_all(by, Grant.resident_id == resident.id, reason=reason)


@atomic
def end_roles_in(
    by: Resident | None,
    *,
    reason: str,
    body_id: int | None = None,
    association_id: int | None = None,
    resident_id: int | None = None,
    role: Role | None = None,
    tell: bool = True,
) -> int:
    """End the roles held in an instance or an association; how many. The caller checked.

    Args:
        resident_id, role: that person's alone, that role alone.
    """
    where: list[ColumnElement[bool]] = [
        Grant.body_id == body_id if body_id is not None else Grant.association_id == association_id
    ]
    if body_id is None and association_id is None:
        raise ValueError("an instance or an association is needed")
    if resident_id is not None:
        where.append(Grant.resident_id == resident_id)
    if role is not None:
        where.append(Grant.role == role.value)
    return _end_all(by, *where, reason=reason, tell=tell)


@atomic
def end_lapsed_roles() -> int:
    """Write the end of the roles whose last day is over; they gave no right since. How many."""
    return _end_lapsed()


def _end_lapsed(*where: ColumnElement[bool]) -> int:
    over = (Grant.ended_at.is_(None), Grant.ends_on < today())
    lapsed = db.session.scalars(select(Grant).where(*over, *where).with_for_update()).all()
    for grant in lapsed:
        _end(None, grant, _("La fin prévue est passée."))
    return len(lapsed)


def _end_all(
    by: Resident | None, *where: ColumnElement[bool], reason: str, tell: bool = True
) -> int:
    mine = select(Grant).where(Grant.ended_at.is_(None), *where).order_by(Grant.id)
    grants = db.session.scalars(mine.with_for_update()).all()
    for grant in grants:
        _end(by, grant, reason, tell=tell)
    return len(grants)


def _end(by: Resident | None, grant: Grant, reason: str, *, tell: bool = True) -> None:
    if grant.role == Role.ADMINISTRATOR and grant.is_live and not _another_administrator(grant):
        raise Conflict(
            _("C’est la dernière personne de l’administration : nommez-en une autre d’abord.")
        )
    before = _facts(grant)
    grant.ended_at = now()
    grant.end_reason, grant.ended_by_id = reason.strip()[:LONGEST], by.id if by else None
    db.session.flush()
    resident = db.session.get_one(Resident, grant.resident_id)
    db.session.expire(resident, ["grants"])
    note(AuditAct.ROLE_ENDED, by, resident, before=before, reason=grant.end_reason)
    if tell and resident.is_active:
        words = in_words(Role(grant.role))
        text = _("Votre rôle prend fin : %(role)s.", role=words)
        person_told.send(resident, text=text, url=SPACE, body=grant.end_reason)


def _hold_administrators() -> None:
    """Of two people who end an administrator's role at once, the second sees what the first did.

    The row is that which closing an account holds (`privacy.erasure_services`).
    """
    db.session.execute(select(ChangeStamp.value).with_for_update())


def _another_administrator(grant: Grant) -> bool:
    """Whether someone else administers with no end foreseen."""
    others = (
        select(Grant.id)
        .join(Resident, Resident.id == Grant.resident_id)
        .where(
            Grant.id != grant.id,
            Grant.role == Role.ADMINISTRATOR.value,
            Grant.ended_at.is_(None),
            Grant.ends_on.is_(None),
            Resident.erased_at.is_(None),
            Resident.closed_at.is_(None),
            Resident.merged_into_id.is_(None),
        )
    )
    return db.session.scalar(others.limit(1)) is not None


def _facts(grant: Grant) -> dict[str, object]:
    """What the audit log keeps of a grant."""
    facts: dict[str, object] = {"role": grant.role}
    for name in ("body_id", "association_id"):
        if getattr(grant, name) is not None:
            facts[name] = getattr(grant, name)
    return facts | ({"ends_on": grant.ends_on.isoformat()} if grant.ends_on else {})


def _check_reason(reason: str | None) -> None:
    if not (reason or "").strip():
        raise Invalid(_("Dites pourquoi : c’est écrit au journal."), field="reason")
