"""A draw: the list is frozen and a seed promised, then told; those drawn answer."""

import secrets

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.mandate_services import give_seat
from app.centre.models import Quartier
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.security import seal, unseal
from app.mandates.call_services import standing_in
from app.mandates.drawing import Drawn, called, commitment_of, draw
from app.mandates.election_services import check_closed, end_of_term, sits
from app.mandates.models import Call, Draw, DrawAnswer, DrawEntry
from app.mandates.policies import can_answer_draw

SEED_BYTES = 32
STRATA = ("", "sex", "quartier")


@atomic
def commit_draw(by: Resident, call: Call, strata: str = "") -> Draw:
    """Freeze the list of candidates and promise a seed; nobody, not even we, changes them after.

    Raises:
        Forbidden: only the director may.
        Conflict: people may still stand, or a vote or a draw is prepared already.
        Invalid: unknown strata, or nobody stands.
    """
    check_closed(by, call)
    if strata not in STRATA:
        raise Invalid(_("Choisissez dans la liste."), field="strata")
    people = [one.resident for one in standing_in(call)]
    if not people:
        raise Invalid(_("Personne ne s’est présenté."))
    made = Draw(call_id=call.id, seats=call.seats, strata=strata, sealed_seed="")
    db.session.add(made)
    db.session.flush()
    names = {one.id: one.name for one in db.session.scalars(select(Quartier))}
    for number, person in enumerate(people, start=1):
        stratum = _stratum(person, strata, names)
        db.session.add(
            DrawEntry(draw_id=made.id, number=number, stratum=stratum, resident_id=person.id)
        )
    db.session.flush()
    # Last, so that the seed owes nothing to the list, which the database freezes from here on.
    seed = secrets.token_hex(SEED_BYTES)
    made.sealed_seed = seal(_purpose(made), seed)
    made.commitment = commitment_of(seed)
    db.session.flush()
    facts = {"commitment": made.commitment, "people": len(people)}
    note(AuditAct.DRAW_COMMITTED, by, made, after=facts)
    return made


@atomic
def do_draw(by: Resident, made: Draw) -> None:
    """Tell the seed: the order follows from it, for us as for anyone.

    Raises:
        Forbidden: only the director may.
        Conflict: it is drawn already.
    """
    if not can_answer_draw(by):
        raise Forbidden(_("Seule la direction lance le tirage."))
    lock(made)
    if made.drawn_at is not None:
        raise Conflict(_("Le tirage a déjà eu lieu."))
    seed = unseal(_purpose(made), made.sealed_seed)
    if seed is None or commitment_of(seed) != made.commitment:
        raise Conflict(_("La graine gardée n’est pas celle qui était promise."))
    made.seed, made.drawn_at = seed, now()
    note(AuditAct.DRAW_DONE, by, made)


@atomic
def answer(by: Resident, made: Draw, number: int, *, accepts: bool) -> None:
    """Write down what someone drawn answers: they get their seat, or the next one is called.

    Raises:
        Forbidden: only the director may.
        Conflict: not called, or answered already.
    """
    if not can_answer_draw(by):
        raise Forbidden(_("Seule la direction note les réponses."))
    lock(made)
    before = answers_of(made)
    if number not in called_now(made) or number in before:
        raise Conflict(_("Ce n’est pas à cette personne de répondre."))
    said, place = "accepted" if accepts else "refused", len(before) + 1
    db.session.add(DrawAnswer(draw_id=made.id, number=number, place=place, answer=said))
    if accepts:
        _seat(by, made, number)
    note(AuditAct.DRAW_ANSWERED, by, made, after={"number": number, "answer": said})


def drawn_of(made: Draw) -> Drawn:
    """What the seed gives; only once it is told."""
    assert made.seed is not None
    rows = db.session.execute(
        select(DrawEntry.number, DrawEntry.stratum).where(DrawEntry.draw_id == made.id)
    )
    return draw(made.seed, {number: stratum for number, stratum in rows}, made.seats)


def answers_of(made: Draw) -> dict[int, str]:
    """What was answered, by number, in order."""
    rows = db.session.execute(
        select(DrawAnswer.number, DrawAnswer.answer)
        .where(DrawAnswer.draw_id == made.id)
        .order_by(DrawAnswer.place)
    )
    return {number: said for number, said in rows}


def called_now(made: Draw) -> tuple[int, ...]:
    """The numbers that have, or may have, a seat; nobody before the draw."""
    if made.seed is None:
        return ()
    refused = [number for number, said in answers_of(made).items() if said == "refused"]
    return called(drawn_of(made), refused)


def _seat(by: Resident, made: Draw, number: int) -> None:
    entry = db.session.get_one(DrawEntry, (made.id, number))
    person = db.session.get(Resident, entry.resident_id) if entry.resident_id else None
    while person is not None and person.merged_into_id is not None:
        person = db.session.get_one(Resident, person.merged_into_id)
    if person is None or not person.is_active:
        raise Conflict(_("Cette personne n’a plus de compte : notez un refus."))
    if sits(made.call, person):
        raise Conflict(_("Cette personne a déjà un siège : notez un refus."))
    give_seat(
        by,
        made.call.body,
        person,
        college=made.call.college,
        starts_on=today(),
        ends_on=end_of_term(),
        origin="drawn",
        draw_id=made.id,
    )


def _stratum(person: Resident, strata: str, names: dict[int, str]) -> str:
    if strata == "sex":
        return person.sex or ""
    if strata == "quartier":
        return names.get(person.quartier_id or 0, "")[:60]
    return ""


def _purpose(made: Draw) -> str:
    return f"seed of draw {made.id}"
