"""Which partners take part in an action, and which were there at a session."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from app.accounts.models import Resident
from app.core.db import Model, atomic, db, lock
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.partners.meetings import settle_start
from app.partners.models import ActionPartner, Partner, SessionPartner
from app.partners.services import refuse_outsiders
from app.partners.words import PART_WORDS
from app.programme.models import Action, Session


@atomic
def set_action_partners(person: Resident, action: Action, parts: Mapping[int, str]) -> None:
    """Say which partners take part in an action: the code of each one's part, by number.

    Records that the action started, at its first session held, as `settle_start` says.

    Raises:
        Forbidden: not of the team.
        Invalid: an unknown partner or part.
    """
    refuse_outsiders(person)
    _refuse_unknown(parts)
    lock(action)
    db.session.execute(delete(ActionPartner).where(ActionPartner.action_id == action.id))
    _add(
        ActionPartner(action_id=action.id, partner_id=number, role=part)
        for number, part in parts.items()
    )
    settle_start(action, person, _("Les partenaires de l’action ont changé."))


@atomic
def set_session_partners(person: Resident, session: Session, parts: Mapping[int, str]) -> None:
    """Say which partners are there at a session: the code of each one's part, by number.

    Silent: recorded when the session is closed.

    Raises:
        Forbidden: not of the team.
        Invalid: an unknown partner or part.
        Conflict: the session is closed or cancelled.
    """
    refuse_outsiders(person)
    _refuse_unknown(parts)
    lock(session)
    if session.status == "held":
        raise Conflict(_("Cette séance est close. Rouvrez-la pour la corriger."))
    if session.status == "cancelled":
        raise Conflict(_("Cette séance a été annulée."))
    db.session.execute(delete(SessionPartner).where(SessionPartner.session_id == session.id))
    _add(
        SessionPartner(session_id=session.id, partner_id=number, role=part)
        for number, part in parts.items()
    )


def _refuse_unknown(parts: Mapping[int, str]) -> None:
    if not set(parts.values()) <= set(PART_WORDS):
        raise Invalid(_("Choisissez dans la liste."))
    known = db.session.scalars(select(Partner.id).where(Partner.id.in_(parts))).all()
    if len(known) != len(parts):
        raise Invalid(_("Ce partenaire n’est plus dans l’annuaire."))


def _add(rows: Iterable[Model]) -> None:
    db.session.add_all(rows)
    db.session.flush()
