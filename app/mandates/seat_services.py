"""How many seats each collège has, and leaving one's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.holders import holders
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.labels import COLLEGES
from app.bodies.mandate_services import end_seat, taken
from app.bodies.models import CONSEIL, Body, Mandate
from app.bodies.policies import can_create_body
from app.bodies.seat_models import SeatCount
from app.bodies.telling import path
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Right
from app.mandates.policies import can_resign
from app.notifications.services import notify

MOST = 60


@dataclass(frozen=True)
class Seats:
    """The seats of one collège."""

    titulaires: int
    suppleants: int


@atomic
def set_seats(by: Resident, body: Body, wanted: Mapping[str, Seats]) -> None:
    """Say how many seats each collège has; a collège that is not named keeps its own.

    Raises:
        Forbidden: only the director may.
        Invalid: an unknown collège, or a number that cannot be.
        Conflict: more people sit there today.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction fixe le nombre de sièges."))
    if body.kind != CONSEIL or body.closed_on is not None:
        raise Invalid(_("Seul un conseil ouvert a des sièges."))
    # The row that giving a seat holds: of both at once, the second sees what the first did.
    lock(body)
    before, after = {}, {}
    for college, seats in wanted.items():
        _check(body, college, seats)
        count = db.session.get(SeatCount, (body.id, college))
        if count is None:
            count = SeatCount(body_id=body.id, college=college, titulaires=0, suppleants=0)
            db.session.add(count)
        elif (count.titulaires, count.suppleants) == (seats.titulaires, seats.suppleants):
            continue
        else:
            before[college] = [count.titulaires, count.suppleants]
        count.titulaires, count.suppleants = seats.titulaires, seats.suppleants
        after[college] = [seats.titulaires, seats.suppleants]
    if after:
        note(AuditAct.SEATS_SET, by, body, before=before, after=after)


@atomic
def resign(person: Resident, mandate: Mandate, reason: str = "") -> None:
    """Leave one's own seat today; the direction is told.

    Raises:
        Forbidden: someone else's seat.
        Conflict: it has ended already.
    """
    lock(mandate)
    if mandate.resident_id == person.id and mandate.ended_on is not None:
        raise Conflict(_("Ce mandat est déjà terminé."))
    if not can_resign(person, mandate):
        raise Forbidden(_("Vous ne siégez pas au conseil."))
    end_seat(person, mandate, cause="resigned", reason=reason)
    words = _("%(name)s quitte son siège au conseil.", name=person.display_name)
    for director in direction():
        notify(director, words, path("mandates.members"))


def direction() -> list[Resident]:
    """Everyone who gives seats."""
    may = Resident.id.in_(holders(Right.CREATE_BODIES))
    return list(db.session.scalars(select(Resident).where(may).order_by(Resident.id)))


def _check(body: Body, college: str, seats: Seats) -> None:
    if college not in COLLEGES:
        raise Invalid(_("Choisissez un collège de la liste."))
    for is_titulaire, number, field in (
        (True, seats.titulaires, f"{college}_titulaires"),
        (False, seats.suppleants, f"{college}_suppleants"),
    ):
        if not 0 <= number <= MOST:
            raise Invalid(_("Entre 0 et 60 sièges."), field=field)
        held = taken(body.id, college, is_titulaire=is_titulaire)
        if number < held:
            words = _("%(count)d personnes y siègent déjà : c’est le moins possible.", count=held)
            raise Conflict(words, field=field)
