"""What the ledger keeps of partners when a session is held, and takes back when it is reopened."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import last_of, record, void, void_all
from app.partners.models import ActionPartner, Partner, SessionPartner
from app.programme.models import Action, Session


def record_met(session: Session, by: Resident, *, alone: bool = False) -> None:
    """Each outside partner present was met: one entry each, with the session's own facts.

    They are read from the entry that says the session was held: one truth, written once.

    Raises:
        Invalid: a meeting of partners where none is noted, and nobody said that none came
            (`alone`): its figure would stay at nothing without anybody knowing.
    """
    held = last_of(Act.SESSION_HELD, session)
    assert held is not None and held[1]
    facts = held[0]
    present = db.session.scalars(
        select(SessionPartner.partner_id)
        .where(SessionPartner.session_id == session.id)
        .order_by(SessionPartner.partner_id)
    ).all()
    if not present and not alone and facts.kind == "reunion_partenariale":
        raise Invalid(
            _("Notez au moins un partenaire venu, ou cochez « Aucun partenaire n’est venu »."),
            field="alone",
        )
    for partner_id in present:
        record(
            Act.PARTNER_MET,
            subject=session,
            when=session.starts_at,
            entered_by=by,
            partner_id=partner_id,
            action_id=facts.action_id,
            kind=facts.kind,
            nature=facts.nature,
            lead=facts.lead,
            offsite=facts.offsite,
            minutes=facts.minutes,
            quartier_id=facts.quartier_id,
            association_id=facts.association_id,
        )


def void_met(session: Session, by: Resident, reason: str) -> None:
    """Take back what `record_met` wrote of a session."""
    void_all(session, (Act.PARTNER_MET,), by=by, reason=reason)


def settle_start(action: Action, by: Resident, reason: str) -> None:
    """Make the ledger say when an action begun with a partner started: at its first session held.

    Nothing is said of a renewal, nor of an action that no partner takes part in. What it said
    before and no longer holds is voided with the reason.
    """
    first = _first_held(action) if _counts(action) else None
    said = last_of(Act.ACTION_STARTED, action)
    if said is not None and said[1]:
        if first is not None and said[0].happened_at == first.starts_at:
            return
        void(said[0], by=by, reason=reason)
    if first is not None:
        record(
            Act.ACTION_STARTED,
            subject=action,
            when=first.starts_at,
            entered_by=by,
            kind=action.kind,
            lead=action.lead,
            offsite=action.is_offsite,
            action_id=action.id,
            quartier_id=action.quartier_id,
            association_id=action.association_id,
        )


def _first_held(action: Action) -> Session | None:
    return db.session.scalars(
        select(Session)
        .where(Session.action_id == action.id, Session.status == "held")
        .order_by(Session.starts_at, Session.id)
        .limit(1)
    ).first()


def _counts(action: Action) -> bool:
    if action.renews_id is not None:
        return False
    joined = select(Partner.id).join(ActionPartner).where(ActionPartner.action_id == action.id)
    return db.session.scalar(joined.limit(1)) is not None
