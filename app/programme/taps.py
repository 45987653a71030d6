"""A phone gives its queue of taps: each is taken once, in the order of the fingers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic_unseen, db, lock, rows_touched
from app.core.i18n import _
from app.core.sheet_opening import opens_at, too_early
from app.programme.models import Session, SessionAttendance
from app.programme.registration_models import VolunteerSignup
from app.programme.services import refuse_outsiders
from app.programme.tap_models import AttendanceTap
from app.programme.tap_reading import Tap


@dataclass(frozen=True)
class Answers:
    """The taps that the phone may forget; by client id, why others changed nothing, and whose each
    card was.
    """

    taken: list[str]
    refused: dict[str, str]
    names: dict[str, str]


@atomic_unseen
def take_taps(person: Resident, session: Session, taps: Sequence[Tap]) -> Answers:
    """Write down what a phone kept while it had no network; nine statements, however many.

    A tap known already changes nothing and is taken; so is one older than what was done to the
    same person since. A moment to come counts as the present, one before the session's day as
    its first moment. Nobody is refused for the others: each tap has its own answer.

    Silent until the session is closed, as `sign`. Raises Forbidden: not of the team.
    """
    refuse_outsiders(person)
    lock(session)
    known = _known(taps)
    fresh = [tap for tap in taps if tap.client_id not in known]
    closed = _why_closed(session)
    if closed:
        refused = {tap.client_id: closed for tap in fresh}
        return Answers([tap.client_id for tap in taps if tap.client_id in known], refused, {})
    people = _people(fresh)
    unknown = _("Aucune carte ne porte ce numéro. Cherchez par le nom.")
    gone = _("Cette personne n’a plus de compte au centre.")
    refused = {
        tap.client_id: unknown if tap.card else gone for tap in fresh if _key(tap) not in people
    }
    sure = [tap for tap in fresh if _key(tap) in people]
    _apply(session, [(tap, people[_key(tap)][0]) for tap in sure])
    taken = [tap.client_id for tap in taps if tap.client_id not in refused]
    names = {tap.client_id: people[tap.card][1] for tap in sure if tap.card}
    return Answers(taken, refused, names)


def _known(taps: Sequence[Tap]) -> set[str]:
    sent = [tap.client_id for tap in taps]
    query = select(AttendanceTap.client_id).where(AttendanceTap.client_id.in_(sent))
    return set(db.session.scalars(query))


def _why_closed(session: Session) -> str:
    if session.status == "held":
        return _("La séance est close. Donnez ce nom à l’accueil, qui la rouvrira.")
    if session.status == "cancelled":
        return _("Cette séance a été annulée.")
    return too_early(session.starts_at)


def _key(tap: Tap) -> str | int | None:
    return tap.card or tap.resident_id


def _people(taps: Sequence[Tap]) -> dict[str | int | None, tuple[int, str]]:
    """File and name that each tap is about; of two files joined since, the one that stays."""
    numbers = {tap.resident_id for tap in taps if tap.resident_id}
    cards = {tap.card for tap in taps if tap.card}
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.card_number,
            func.coalesce(Resident.merged_into_id, Resident.id),
            Resident.full_name,
        ).where(
            Resident.id.in_(numbers) | Resident.card_number.in_(cards),
            Resident.erased_at.is_(None),
        )
    )
    found: dict[str | int | None, tuple[int, str]] = {}
    for number, card, stays, name in rows:
        found[number] = (stays, name)
        if card in cards:
            found[card] = (stays, name)
    return found


def _apply(session: Session, taps: Sequence[tuple[Tap, int]]) -> None:
    """Write each tap, and for each person what their last one says."""
    if not taps:
        return
    ids = {resident_id for _tap, resident_id in taps}
    last = _last_moments(session.id, ids)
    written: dict[str, dict[str, Any]] = {}
    says: dict[int, tuple[Tap, datetime]] = {}
    for tap, resident_id in taps:
        if tap.client_id in written:
            continue
        moment = _bounded(tap.tapped_at, session)
        written[tap.client_id] = {
            "client_id": tap.client_id,
            "session_id": session.id,
            "resident_id": resident_id,
            "adds": tap.adds,
            "tapped_at": moment,
        }
        if resident_id in last and moment < last[resident_id]:
            continue
        last[resident_id] = moment
        if resident_id not in says or says[resident_id][0].adds is not tap.adds:
            says[resident_id] = (tap, moment)
    db.session.execute(insert(AttendanceTap), list(written.values()))
    _put_and_take_off(session.id, says)


def _put_and_take_off(session_id: int, says: dict[int, tuple[Tap, datetime]]) -> None:
    """In rows, not objects: a queue of a hundred would take ten times as long."""
    mine = (SessionAttendance.session_id == session_id, SessionAttendance.resident_id.in_(says))
    there = set(db.session.scalars(select(SessionAttendance.resident_id).where(*mine)))
    off = [one for one, (tap, _moment) in says.items() if not tap.adds and one in there]
    new = {one: said for one, said in says.items() if said[0].adds and one not in there}
    asked = {one for one, (tap, _moment) in new.items() if not tap.role}
    hands = _hands(session_id, asked) if asked else set()
    if off:
        gone = SessionAttendance.resident_id.in_(off)
        rows_touched(delete(SessionAttendance).where(mine[0], gone))
    if new:
        rows = [
            {
                "session_id": session_id,
                "resident_id": one,
                "role": tap.role or ("volunteer" if one in hands else "public"),
                "signed_at": moment,
            }
            for one, (tap, moment) in new.items()
        ]
        db.session.execute(insert(SessionAttendance), rows)


def _last_moments(session_id: int, ids: set[int]) -> dict[int, datetime]:
    taps = select(AttendanceTap.resident_id, func.max(AttendanceTap.tapped_at)).where(
        AttendanceTap.session_id == session_id, AttendanceTap.resident_id.in_(ids)
    )
    rows = db.session.execute(taps.group_by(AttendanceTap.resident_id))
    return {resident_id: moment for resident_id, moment in rows}


def _hands(session_id: int, ids: set[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(VolunteerSignup.resident_id).where(
                VolunteerSignup.session_id == session_id, VolunteerSignup.resident_id.in_(ids)
            )
        )
    )


def _bounded(moment: datetime, session: Session) -> datetime:
    return min(max(moment, opens_at(session.starts_at)), now())
