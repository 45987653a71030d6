"""Calling for candidates, standing, and standing no more."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import CONSEIL, Body
from app.bodies.policies import can_create_body
from app.bodies.telling import path
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.moderated import HIDDEN, SHOWN, WAITING
from app.core.typography import datetime_fr
from app.mandates import telling
from app.mandates.electorate import CALLED, represented_by
from app.mandates.models import Call, Candidacy
from app.mandates.policies import can_stand
from app.proposals.holding import cause_to_wait, count_admitted
from app.proposals.signals import held, taken_back

MOST_SEATS = 60
LONGEST = 1500


@atomic
def open_call(
    by: Resident, body: Body, *, college: str, seats: int, text: str, closes_at: datetime
) -> Call:
    """Call for candidates; those whom the collège sits for are told.

    Raises:
        Forbidden: only the director may.
        Invalid: a collège that names its own people, or a closing that is past.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction appelle à candidatures."))
    if body.kind != CONSEIL or body.closed_on is not None:
        raise Invalid(_("On appelle des candidats pour un conseil ouvert."))
    if college not in CALLED:
        raise Invalid(_("Ce collège désigne lui-même ses membres."), field="college")
    if not 1 <= seats <= MOST_SEATS:
        raise Invalid(_("De 1 à 60 sièges."), field="seats")
    if closes_at <= now():
        raise Invalid(_("Cette date est passée."), field="closes_at")
    call = Call(
        body_id=body.id, college=college, seats=seats, text=text.strip(), closes_at=closes_at
    )
    db.session.add(call)
    db.session.flush()
    note(AuditAct.CALL_OPENED, by, call, after={"college": college, "seats": seats})
    words = _("Le conseil de maison cherche des candidats : %(college)s.", college=CALLED[college])
    until = _("Vous pouvez vous présenter jusqu’au %(moment)s.", moment=_moment(closes_at))
    telling.tell(represented_by(college), words, path("mandates.call", call_id=call.id), until)
    return call


@atomic
def close_call(by: Resident, call: Call) -> None:
    """Close a call before its time: nobody stands from now on.

    Raises:
        Forbidden: only the director may.
        Conflict: it is closed already.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction ferme un appel."))
    lock(call)
    if not call.is_open(now()):
        raise Conflict(_("Cet appel est déjà fermé."))
    call.closes_at = now()


@atomic
def stand(person: Resident, call: Call, text: str, *, agrees: bool) -> Candidacy:
    """Stand, or say anew why; coming back after standing down is standing.

    Raises:
        Forbidden: not of this collège, seated already, or kept from writing.
        Conflict: the call is closed.
        Invalid: nothing said, or no agreement to be named in public.
    """
    lock(call)
    if not call.is_open(now()):
        raise Conflict(_("Cet appel est fermé."))
    if not can_stand(person, call, now()):
        raise Forbidden(_("Cet appel s’adresse à un autre collège que le vôtre."))
    check_may_write(person)
    if not text.strip():
        raise Invalid(_("Dites en quelques mots pourquoi vous vous présentez."), field="text")
    if not agrees:
        raise Invalid(_("Sans votre accord, votre nom ne peut pas paraître."), field="agrees")
    mine = select(Candidacy).where(Candidacy.call_id == call.id, Candidacy.resident_id == person.id)
    standing = db.session.scalar(mine)
    if standing is None:
        standing = Candidacy(call_id=call.id, resident_id=person.id, text="", visibility=SHOWN)
        db.session.add(standing)
    if standing.visibility == HIDDEN:
        raise Conflict(_("La modération a masqué votre candidature : répondez-lui d’abord."))
    changed = standing.text != text.strip()
    standing.text, standing.withdrawn_at, standing.stood_at = text.strip(), None, now()
    if changed:
        _show_or_hold(standing, person, call)
    return standing


@atomic
def stand_down(person: Resident, call: Call) -> None:
    """Stand no more, until the call closes.

    Raises:
        Conflict: not standing, or the call is closed.
    """
    lock(call)
    standing = db.session.scalar(
        select(Candidacy).where(Candidacy.call_id == call.id, Candidacy.resident_id == person.id)
    )
    if standing is None or standing.withdrawn_at is not None:
        raise Conflict(_("Vous n’êtes pas candidat."))
    if not call.is_open(now()):
        raise Conflict(_("Cet appel est fermé : dites-le à la direction."))
    standing.withdrawn_at, standing.text = now(), ""
    if not standing.is_shown:
        taken_back.send(standing)


def standing_in(call: Call) -> list[Candidacy]:
    """Those who stand and whose words show, in the order they stood."""
    rows = db.session.scalars(
        select(Candidacy)
        .where(
            Candidacy.call_id == call.id,
            Candidacy.withdrawn_at.is_(None),
            Candidacy.visibility == SHOWN,
        )
        .order_by(Candidacy.stood_at, Candidacy.id)
    )
    return [one for one in rows if one.resident.is_active]


def _show_or_hold(standing: Candidacy, person: Resident, call: Call) -> None:
    cause = cause_to_wait(person, call.body_id, call.body.theme)
    standing.visibility = WAITING if cause else SHOWN
    standing.hidden_rule = standing.moderation_note = None
    db.session.flush()
    if cause:
        held.send(standing, cause=cause, body_id=call.body_id)
    else:
        count_admitted(person)


def _moment(at: datetime) -> str:
    return datetime_fr(at, today())
