"""Seats at the conseil: given, and ended."""

from datetime import date

from app.accounts.models import Resident
from app.accounts.role_services import end_roles_in, give_by_rule
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.comite_services import body_facts
from app.bodies.labels import COLLEGES
from app.bodies.models import CONSEIL, Body, Mandate
from app.bodies.policies import can_create_body
from app.bodies.telling import path
from app.core.clock import today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Role
from app.ledger.acts import Act
from app.ledger.services import record
from app.notifications.services import notify

EARLIEST = 2000


@atomic
def give_seat(
    by: Resident,
    body: Body,
    resident: Resident,
    *,
    college: str,
    starts_on: date,
    ends_on: date | None = None,
    is_titulaire: bool = True,
    is_voting: bool = True,
) -> Mandate:
    """Give a seat at the conseil, and the role that goes with it.

    Raises:
        Forbidden: only the director may.
        Invalid: an unknown collège, dates in the wrong order, or a start still to come.
        Conflict: the person sits already.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction donne un siège."))
    if body.kind != CONSEIL or body.closed_on is not None:
        raise Invalid(_("Un siège se donne au conseil de maison, quand il est ouvert."))
    if college not in COLLEGES:
        raise Invalid(_("Choisissez un collège de la liste."), field="college")
    if starts_on > today() or starts_on.year < EARLIEST:
        raise Invalid(_("Le mandat commence aujourd’hui au plus tard."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("La fin vient après le début."), field="ends_on")
    mandate = Mandate(
        body_id=body.id,
        resident_id=resident.id,
        college=college,
        is_titulaire=is_titulaire,
        is_voting=is_voting,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with unique_or(Conflict(_("Cette personne a déjà un siège."))):
        db.session.add(mandate)
    if not resident.has_role(Role.CONSEIL, body_id=body.id):
        give_by_rule(
            by,
            resident,
            Role.CONSEIL,
            body_id=body.id,
            reason=_("Siège au conseil de maison."),
            ends_on=ends_on,
            tell=False,
        )
    note(AuditAct.SEAT_GIVEN, by, resident, after={"body_id": body.id, "college": college})
    record(
        Act.MANDATE_STARTED,
        actor=resident,
        subject=body,
        when=starts_on,
        entered_by=by,
        role=college,
        **body_facts(body),
    )
    notify(resident, _("Vous avez un siège au conseil de maison."), path("bodies.conseil"))
    return mandate


@atomic
def end_seat(by: Resident, mandate: Mandate) -> None:
    """End a seat today, and the role that went with it.

    Raises:
        Forbidden: only the director may.
        Conflict: it has ended already.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction met fin à un mandat."))
    lock(mandate)
    if mandate.ended_on is not None:
        raise Conflict(_("Ce mandat est déjà terminé."))
    mandate.ended_on = today()
    body = db.session.get_one(Body, mandate.body_id)
    end_roles_in(
        by,
        body_id=body.id,
        resident_id=mandate.resident_id,
        role=Role.CONSEIL,
        reason=_("Le mandat au conseil est terminé."),
        tell=False,
    )
    note(
        AuditAct.SEAT_ENDED,
        by,
        mandate.resident,
        before={"body_id": body.id, "college": mandate.college},
    )
    record(
        Act.MANDATE_ENDED,
        actor=mandate.resident,
        subject=body,
        entered_by=by,
        role=mandate.college,
        **body_facts(body),
    )
    notify(mandate.resident, _("Votre mandat au conseil se termine."), path("bodies.conseil"))
