"""What is decided of two files that look like one person's."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.policies import can_join_people
from app.accounts.services import register_person
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.desk.models import ToldApart


@atomic
def tell_apart(by: Resident, one: Resident, other: Resident) -> None:
    """These are two people: they are not shown together again.

    Raises:
        Forbidden: not one of the team.
        Invalid: the same file twice.
    """
    if not can_join_people(by):
        raise Forbidden(_("Seule l’équipe d’accueil compare deux fiches."))
    if one.id == other.id:
        raise Invalid(_("Choisissez deux fiches différentes."))
    _keep_apart(by, one, other)


@atomic
def register_apart(by: Resident, others: set[int], **person: Any) -> Resident:
    """Register someone the desk says is none of these people, who looked like them.

    Raises:
        Forbidden, Conflict, Invalid: as `register_person`.
    """
    made = register_person(by, **person)
    shown = select(Resident).where(Resident.id.in_(others)).order_by(Resident.id)
    for other in db.session.scalars(shown).all() if others else ():
        _keep_apart(by, made, other)
    return made


def _keep_apart(by: Resident, one: Resident, other: Resident) -> None:
    first, second = sorted((one.id, other.id))
    if db.session.get(ToldApart, (first, second)) is None:
        db.session.add(ToldApart(first_id=first, second_id=second))
        note(AuditAct.PEOPLE_TOLD_APART, by, one, after={"other": other.id})
