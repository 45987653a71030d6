"""Seats at the conseil: given, ended, and never more than there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.role_services import end_roles_in, give_by_rule
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.comite_services import body_facts
from app.bodies.labels import COLLEGES, ORIGINS
from app.bodies.models import CONSEIL, Body, Mandate
from app.bodies.policies import can_create_body
from app.bodies.queries import live_mandate
from app.bodies.seat_models import SeatCount
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
LONGEST_REASON = 500


@dataclass(frozen=True)
class SeatFacts:
    """What a seat is. `origin` is a key of labels.ORIGINS; `poll_id` the poll that elected.

    `draw_id`: the draw that chose.
    """

    college: str
    starts_on: date
    ends_on: date | None = None
    is_titulaire: bool = True
    is_voting: bool = True
    origin: str = "appointed"
    poll_id: int | None = None
    draw_id: int | None = None


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
    origin: str = "appointed",
    poll_id: int | None = None,
    draw_id: int | None = None,
) -> Mandate:
    """Give a seat at the conseil, and the role that goes with it.

    Raises:
        Forbidden: only the director may.
        Invalid: an unknown collège, dates in the wrong order, or a start still to come.
        Conflict: the person sits already, or the collège has no such seat left.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction donne un siège."))
    if body.kind != CONSEIL or body.closed_on is not None:
        raise Invalid(_("Un siège se donne au conseil de maison, quand il est ouvert."))
    facts = SeatFacts(
        college, starts_on, ends_on, is_titulaire, is_voting, origin, poll_id, draw_id
    )
    _check(facts)
    # Of two people given the last seat at once, the second finds it taken.
    lock(body)
    end_terms(body.id)
    _check_room(body, facts)
    return seat(by, body, resident, facts)


@atomic
def seat(by: Resident, body: Body, resident: Resident, facts: SeatFacts) -> Mandate:
    """Write a seat down and tell its holder. The caller checked, and holds the instance.

    Raises:
        Conflict: the person sits already.
    """
    mandate = Mandate(body_id=body.id, resident_id=resident.id, **vars(facts))
    with unique_or(Conflict(_("Cette personne a déjà un siège."))):
        db.session.add(mandate)
    if not resident.has_role(Role.CONSEIL, body_id=body.id):
        give_by_rule(
            by,
            resident,
            Role.CONSEIL,
            body_id=body.id,
            reason=_("Siège au conseil de maison."),
            ends_on=facts.ends_on,
            tell=False,
        )
    after = {"body_id": body.id, "college": facts.college, "origin": facts.origin}
    note(AuditAct.SEAT_GIVEN, by, resident, after=after)
    record(
        Act.MANDATE_STARTED,
        actor=resident,
        subject=body,
        when=facts.starts_on,
        entered_by=by,
        role=facts.college,
        **body_facts(body),
    )
    notify(resident, _("Vous avez un siège au conseil de maison."), path("bodies.conseil"))
    return mandate


@atomic
def end_seat(
    by: Resident,
    mandate: Mandate,
    *,
    cause: str = "ended",
    reason: str = "",
    on: date | None = None,
) -> None:
    """End a seat, and the role that went with it.

    Args:
        cause: a key of labels.END_CAUSES.
        on: the first day without the seat; today by default.

    Raises:
        Forbidden: only the director may; or the person themselves, who resigns.
        Invalid: a day before the start, or still to come.
        Conflict: it has ended already.
    """
    if not can_create_body(by) and not (cause == "resigned" and by.id == mandate.resident_id):
        raise Forbidden(_("Seule la direction met fin à un mandat."))
    lock(mandate)
    if mandate.ended_on is not None:
        raise Conflict(_("Ce mandat est déjà terminé."))
    day = on or today()
    if not mandate.starts_on <= day <= today():
        raise Invalid(_("Cette date n’est pas entre le début du mandat et ce jour."), field="on")
    _end(by, mandate, cause, day, reason.strip()[:LONGEST_REASON])
    if by.id != mandate.resident_id:
        words = _("Votre mandat au conseil se termine.")
        notify(mandate.resident, words, path("bodies.conseil"))


@atomic
def step_up(by: Resident, mandate: Mandate) -> Mandate:
    """A suppléant takes the vacant titulaire's seat of their collège, until their own term ends.

    Raises:
        Forbidden: only the director may.
        Conflict: no longer a suppléant, or no seat is vacant there.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction donne un siège."))
    body = db.session.get_one(Body, mandate.body_id)
    lock(body)
    end_terms(body.id)
    lock(mandate)
    if mandate.ended_on is not None or mandate.is_titulaire:
        raise Conflict(_("Cette personne n’est plus suppléante."))
    facts = SeatFacts(
        mandate.college,
        today(),
        mandate.ends_on,
        is_voting=mandate.is_voting,
        origin=mandate.origin,
        poll_id=mandate.poll_id,
        draw_id=mandate.draw_id,
    )
    _check_room(body, facts)
    _end(by, mandate, "stepped_up", today(), "")
    return seat(by, body, mandate.resident, facts)


@atomic
def end_terms(body_id: int | None = None) -> int:
    """Write the end of the mandates whose last day is over; they gave no seat since. How many."""
    over = select(Mandate).where(Mandate.ended_on.is_(None), Mandate.ends_on < today())
    if body_id is not None:
        over = over.where(Mandate.body_id == body_id)
    mandates = db.session.scalars(over.order_by(Mandate.id).with_for_update()).all()
    for mandate in mandates:
        assert mandate.ends_on is not None
        _end(None, mandate, "term", mandate.ends_on + timedelta(days=1), "")
        words = _("Votre mandat au conseil est arrivé à son terme. Merci pour ces années.")
        notify(mandate.resident, words, path("bodies.conseil"))
    return len(mandates)


def taken(body_id: int, college: str, *, is_titulaire: bool) -> int:
    """How many seats of a collège are held today."""
    held = select(func.count(Mandate.id)).where(
        Mandate.body_id == body_id,
        Mandate.college == college,
        Mandate.is_titulaire == is_titulaire,
        live_mandate(today()),
    )
    return db.session.scalar(held) or 0


def _check(facts: SeatFacts) -> None:
    if facts.college not in COLLEGES:
        raise Invalid(_("Choisissez un collège de la liste."), field="college")
    if facts.origin not in ORIGINS:
        raise Invalid(_("Dites comment la personne arrive."), field="origin")
    if facts.starts_on > today() or facts.starts_on.year < EARLIEST:
        raise Invalid(_("Le mandat commence aujourd’hui au plus tard."), field="starts_on")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise Invalid(_("La fin doit venir après le début."), field="ends_on")


def _check_room(body: Body, facts: SeatFacts) -> None:
    """Refuse one seat too many. The caller holds the instance."""
    count = db.session.get(SeatCount, (body.id, facts.college))
    if count is None:
        return
    seats = count.titulaires if facts.is_titulaire else count.suppleants
    if taken(body.id, facts.college, is_titulaire=facts.is_titulaire) < seats:
        return
    if facts.is_titulaire:
        words = _("Tous les sièges de titulaire de ce collège sont pris.")
    else:
        words = _("Tous les sièges de suppléant de ce collège sont pris.")
    raise Conflict(words, field="college")


def _end(by: Resident | None, mandate: Mandate, cause: str, day: date, reason: str) -> None:
    mandate.ended_on, mandate.end_cause, mandate.end_reason = day, cause, reason or None
    db.session.flush()
    body = db.session.get_one(Body, mandate.body_id)
    if cause != "stepped_up":
        end_roles_in(
            by,
            body_id=body.id,
            resident_id=mandate.resident_id,
            role=Role.CONSEIL,
            reason=_("Le mandat au conseil est terminé."),
            tell=False,
        )
    before = {"body_id": body.id, "college": mandate.college, "cause": cause}
    note(AuditAct.SEAT_ENDED, by, mandate.resident, before=before)
    record(
        Act.MANDATE_ENDED,
        actor=mandate.resident,
        subject=body,
        when=day,
        entered_by=by,
        role=mandate.college,
        **body_facts(body),
    )
