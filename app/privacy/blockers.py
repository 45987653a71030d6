"""What someone must hand over before they go."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from app.accounts.family_models import Guardianship
from app.accounts.holders import holders
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.associations.models import Collectif, CollectifMember
from app.core.db import db
from app.core.i18n import _
from app.core.rights import Right, Role
from app.core.typography import of_fr
from app.voting.models import Poll, Teller


def blockers(person: Resident) -> list[str]:
    """Sentences: what rests on this person alone, and what to do of it; five statements."""
    found = []
    if _is_last(person):
        found.append(_("Plus personne n’administrerait le site : donner d’abord ce rôle."))
    for name in db.session.scalars(_collectifs_led(person)):
        found.append(
            _(
                "Le collectif « %(name)s » n’aurait plus de référent : en nommer d’abord un autre.",
                name=name,
            )
        )
    for _id, name in children_alone(person):
        found.append(
            _(
                "Plus personne ne répondrait %(of_name)s : relier d’abord un autre adulte, à "
                "l’accueil, ou effacer la fiche de l’enfant.",
                of_name=of_fr(name),
            )
        )
    for title in db.session.scalars(_boxes_kept(person)):
        found.append(
            _(
                "L’urne du vote « %(title)s » ne s’ouvre qu’avec les mots de son bureau : "
                "attendre le résultat de ce vote, ou le faire annuler.",
                title=title,
            )
        )
    return found


def children_alone(person: Resident) -> list[tuple[int, str]]:
    """The children for whom nobody else answers: number and name; one statement."""
    return [(row.id, row.called) for row in db.session.execute(_children_alone(person))]


def _stays(who: Any) -> ColumnElement[bool]:
    """Neither gone nor about to go."""
    return and_(who.erased_at.is_(None), who.closed_at.is_(None), who.merged_into_id.is_(None))


def _is_last(person: Resident) -> bool:
    """Whoever administers with nobody else to do so for good, or is the only one to give roles."""
    others = (
        select(Grant.id)
        .join(Resident, Resident.id == Grant.resident_id)
        .where(
            Grant.role == Role.ADMINISTRATOR.value,
            Grant.resident_id != person.id,
            Grant.ended_at.is_(None),
            Grant.ends_on.is_(None),
            _stays(Resident),
        )
    )
    if person.has_role(Role.ADMINISTRATOR) and db.session.scalar(others.limit(1)) is None:
        return True
    return set(db.session.scalars(holders(Right.GIVE_ROLES))) == {person.id}


def _collectifs_led(person: Resident) -> Select[Any]:
    """Those with someone else to lead them: a collectif of one goes with its one."""
    others = (
        select(CollectifMember.resident_id)
        .join(Resident, Resident.id == CollectifMember.resident_id)
        .where(
            CollectifMember.collectif_id == Collectif.id,
            CollectifMember.resident_id != person.id,
            CollectifMember.accepted_at.is_not(None),
            _stays(Resident),
        )
    )
    return select(Collectif.name).where(
        Collectif.referent_id == person.id, Collectif.status != "dropped", others.exists()
    )


def _children_alone(person: Resident) -> Select[int, str]:
    other = aliased(Guardianship)
    adult = aliased(Resident)
    someone_else = (
        select(other.id)
        .join(adult, adult.id == other.guardian_id)
        .where(
            other.child_id == Guardianship.child_id,
            other.ended_at.is_(None),
            other.guardian_id != person.id,
            _stays(adult),
        )
    )
    return (
        select(Resident.id, Resident.called.label("called"))
        .join(Guardianship, Guardianship.child_id == Resident.id)
        .where(
            Guardianship.guardian_id == person.id,
            Guardianship.ended_at.is_(None),
            _stays(Resident),
            ~someone_else.exists(),
        )
        .order_by(Resident.id)
    )


def _boxes_kept(person: Resident) -> Select[Any]:
    """Votes whose opening key this person holds a part of: it leaves with their account."""
    return (
        select(Poll.title)
        .join(Teller, Teller.poll_id == Poll.id)
        .where(
            Teller.resident_id == person.id,
            Teller.ready_at.is_not(None),
            Poll.status.in_(("scheduled", "open")),
        )
        .order_by(Poll.id)
    )
