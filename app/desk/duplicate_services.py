"""What is decided of two files that look like one person's."""

from app.accounts.models import Resident
from app.accounts.policies import can_join_people
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
    first, second = sorted((one.id, other.id))
    if db.session.get(ToldApart, (first, second)) is None:
        db.session.add(ToldApart(first_id=first, second_id=second))
        note(AuditAct.PEOPLE_TOLD_APART, by, one, after={"other": other.id})
